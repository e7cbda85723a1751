#ifndef DOSSIER_SERVER_QUERY_CORROBORATION_H_
#define DOSSIER_SERVER_QUERY_CORROBORATION_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/model/ids.h"
#include "server/query/evidence_filter.h"
#include "server/query/page.h"
#include "server/query/predicate_rules.h"
#include "server/query/read_context.h"
#include "server/query/views.h"

namespace dossier {

// Documents that go back to one origin (see origins.h).
struct OriginView {
  EntityView source;         // whom they all name; none: some speak for themselves
  bool same_source = false;  // why they are one
  bool copied_text = false;
  uint64_t documents = 0;
  uint64_t evidence = 0;
  std::vector<StatementView> statements;  // one of each document, at most kMaxOriginStatements

  friend bool operator==(const OriginView&, const OriginView&) = default;
};

struct Corroboration {
  TripleView triple;
  uint64_t origins = 0;
  uint64_t documents = 0;
  uint64_t evidence = 0;
  bool complete = true;   // false: there is more evidence than kMaxCorroborationEvidence
  Page<OriginView> page;  // in the order of their first statements
  // Statements in other documents that likely say the same in other words (alike.h), the likest
  // first; not counted. With the first page only.
  std::vector<StatementView> alike;
};

inline constexpr std::size_t kMaxOriginStatements = 20;
inline constexpr std::size_t kMaxCorroborationEvidence = 10'000;

// How many independent origins the evidence of a triple that matches `filter` has, and which.
// Reads that evidence and the sketches of its documents, and of the texts only those that it
// quotes; a page costs as much as the first one. Memory: some hundred bytes a statement. NOT_FOUND
// when there is no such triple.
absl::StatusOr<Corroboration> GetCorroboration(const ReadContext& context,
                                               const PredicateRules& rules, TripleId triple,
                                               const EvidenceFilter& filter,
                                               const PageRequest& page);

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_CORROBORATION_H_
