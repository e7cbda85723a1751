// A random graph as plain values, written to a store through the record codecs, and what readers
// should see of it, found by looking at everything. Deterministic for a seed.
#ifndef DOSSIER_SERVER_QUERY_GRAPH_MODEL_TESTING_H_
#define DOSSIER_SERVER_QUERY_GRAPH_MODEL_TESTING_H_

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <ostream>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "server/query/page.h"
#include "server/query/views.h"
#include "server/storage/keys.h"
#include "server/storage/records.h"
#include "server/storage/store.h"

namespace dossier {

class GraphModel {
 public:
  struct Size {
    uint64_t documents = 6;
    uint64_t entities = 8;
    uint64_t terms = 4;  // predicates, and as many literals
    uint64_t evidence = 120;
  };

  static GraphModel Random(uint64_t seed, Size size);
  static GraphModel Random(uint64_t seed) { return Random(seed, Size()); }

  // Some other evidence in some documents, some documents gone, some entities renamed.
  void Change(uint64_t seed);

  // Makes `store` hold this graph and nothing else. `name` is the namespace's.
  void WriteTo(Store* store, const std::string& name = "") const;

  // What is in it.
  NamespaceId ns{1};
  std::map<EntityId, Entity> entities;
  std::map<TermId, std::string> predicates;
  std::map<TermId, Literal> literals;
  std::map<RunId, Extractor> runs;
  std::map<DocumentNumber, Document> documents;
  std::map<Triple, TripleId> triple_ids;  // of all triples that ever were
  std::map<EvidenceKey, Evidence> evidence;

  // What readers should see.
  std::map<Triple, TripleRecord> Triples() const;  // that have evidence
  EntityView View(EntityId id) const;
  TripleView View(const TripleRecord& record) const;
  EvidenceView View(const EvidenceKey& key) const;
  const Triple& TripleOf(TripleId id) const;
  DocumentSketch SketchOf(DocumentNumber number) const;
  std::set<EntityId> Called(const std::string& name) const;

 private:
  void AddEvidence(DocumentNumber document, RunId run);
  void NameEntity(EntityId id);
  uint64_t Below(uint64_t end) { return random_() % end; }
  dossier::Span RandomSpan(const std::string& text);
  std::map<std::pair<Family, std::string>, std::string> Encode(const std::string& name) const;

  std::mt19937_64 random_;
};

// How failed comparisons show views.
inline void PrintTo(const TripleView& view, std::ostream* out) { *out << "t" << view.id.value(); }
inline void PrintTo(const EvidenceView& view, std::ostream* out) {
  *out << "t" << view.triple.id.value() << " in " << view.document_id;
}
inline void PrintTo(const EntityDetails& view, std::ostream* out) {
  *out << "e" << view.entity.id.value();
}

// All items of `read(PageRequest)`, asked page by page with the bounds of `page`. Fails the test
// when a page passes a bound, an error comes or the walk does not end.
template <class T, class Read>
std::vector<T> ReadAll(PageRequest page, Read read) {
  std::vector<T> all;
  for (std::size_t pages = 0;; ++pages) {
    auto answer = read(page);
    if (!answer.ok()) {
      ADD_FAILURE() << answer.status();
      return all;
    }
    EXPECT_LE(answer->items.size(), page.max_items);
    for (T& item : answer->items) {
      all.push_back(std::move(item));
    }
    page.token = answer->next_token;
    if (page.token.empty()) {
      return all;
    }
    if (pages == 100'000) {
      ADD_FAILURE() << "no end after " << pages << " pages";
      return all;
    }
  }
}

// Bounds that make every way of ending a page happen.
inline std::vector<PageRequest> AllKindsOfPages() {
  return {{.max_items = 1'000'000, .max_bytes = 1 << 30, .max_work = 1'000'000'000},
          {},
          {.max_items = 1},
          {.max_items = 3},
          {.max_bytes = 1},
          {.max_bytes = 700},
          {.max_work = 1},
          {.max_work = 7},
          {.max_items = 2, .max_bytes = 400, .max_work = 5}};
}

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_GRAPH_MODEL_TESTING_H_
