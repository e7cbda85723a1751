#ifndef DOSSIER_SERVER_QUERY_EVIDENCE_WALK_H_
#define DOSSIER_SERVER_QUERY_EVIDENCE_WALK_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "server/query/page_walk.h"
#include "server/storage/graph_reader.h"

namespace dossier {

// Who says so: the innermost of a chain of speakers; none: the document itself.
inline EntityId SourceOf(const Evidence& evidence) {
  return evidence.attributions.empty() ? EntityId() : evidence.attributions.back().entity;
}

// Walks over evidence: of a triple in the order of `evidence`, or of one document or all of them in
// the order of `by_doc`.
class EvidenceWalk {
 public:
  struct Row {
    std::string key;  // in the family that is walked
    EvidenceKey place;
    Evidence evidence;
  };

  // `prefix` of the keys of kEvidence or kByDoc to walk. Begins with the first key that is not
  // before `position`. Borrows the reader.
  EvidenceWalk(const GraphReader& graph, Family family, const std::string& prefix,
               std::string_view position);

  // Reads up to `count` further rows; fewer when `page` is tired. Gets on by one record at least.
  absl::Status Read(std::size_t count, PageWalk* page, std::vector<Row>* rows);

  // Whether all was read. If not, position() is where to go on.
  bool done() const { return done_; }
  const std::string& position() const { return position_; }

 private:
  void Open();
  absl::Status ReadEvidenceRow(std::vector<Row>* rows);
  absl::Status ReadByDocRow(std::vector<Row>* rows);
  // Fills in the evidence of rows that by_doc has named.
  absl::Status LoadEvidence(std::vector<Row>* rows);

  const GraphReader& graph_;
  const Family family_;
  const std::string end_;
  std::string position_;
  std::unique_ptr<Cursor> cursor_;
  bool done_ = false;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_EVIDENCE_WALK_H_
