#ifndef DOSSIER_SERVER_QUERY_NAME_TABLE_H_
#define DOSSIER_SERVER_QUERY_NAME_TABLE_H_

#include <string>
#include <unordered_map>
#include <vector>

#include "absl/status/status.h"
#include "server/model/run.h"
#include "server/query/views.h"
#include "server/storage/graph_reader.h"

namespace dossier {

// The names behind the ids of a page: each is read once, many in one look-up. First say what is
// wanted, then Load(), then ask; the three may take turns. Borrows the reader.
class NameTable {
 public:
  explicit NameTable(const GraphReader& graph) : graph_(graph) {}

  void Want(EntityId entity);  // an invalid one is passed over
  void Want(RunId run);
  void Want(const Triple& triple);  // its subject, predicate and object

  // DATA_LOSS when the graph does not hold what is wanted: whoever refers to it is damaged.
  absl::Status Load();

  // REQUIRES: wanted and loaded. That of an invalid id is empty.
  const EntityView& entity(EntityId id) const { return entities_.at(id); }
  const Extractor& extractor(RunId id) const { return runs_.at(id); }
  // The triple under its names, but for what `record` does not say.
  TripleView View(TripleId id, const TripleRecord& record) const;

 private:
  // Reads the values under `keys` and passes each, with its place in `keys`, to `use`.
  template <class Use>
  absl::Status LoadAll(Family family, const std::vector<std::string>& keys, Use use);

  const GraphReader& graph_;
  // Wanted ids stand in these from the start, with an empty name until they are loaded.
  std::unordered_map<EntityId, EntityView> entities_ = {{EntityId(), EntityView()}};
  std::unordered_map<TermId, std::string> predicates_;
  std::unordered_map<TermId, Literal> literals_;
  std::unordered_map<RunId, Extractor> runs_;
  std::vector<EntityId> wanted_entities_;
  std::vector<TermKey> wanted_terms_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_NAME_TABLE_H_
