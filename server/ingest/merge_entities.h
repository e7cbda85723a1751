// Decisions about who is who: merges and splits of entities, and undoing them. A decision concerns
// keys, so it holds for documents that come later too; it is logged, and can be undone.
#ifndef DOSSIER_SERVER_INGEST_MERGE_ENTITIES_H_
#define DOSSIER_SERVER_INGEST_MERGE_ENTITIES_H_

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "server/model/ids.h"

namespace dossier {

class Store;

// What leads to `from` leads to `into`.
struct MergeOrder {
  std::string request;  // the client's id for it; may be empty
  std::string note;     // the client's words; may be empty
  EntityId into;
  std::vector<EntityId> from;
};

// The mentions of an entity that have one of the names and stand in one of the documents are an
// entity of their own. Either list may be empty, which means all; not both.
struct SplitOrder {
  std::string request;
  std::string note;
  EntityId entity;
  std::vector<std::string> names;      // in any case and spacing
  std::vector<std::string> documents;  // the client's ids
};

struct UndoOrder {
  MergeId merge;
};

using EntityOrder = std::variant<MergeOrder, SplitOrder, UndoOrder>;

struct EntityOrderResult {
  MergeId merge;
  EntityId entity;    // that was merged into, split off, or is there again; invalid: none is left
  Revision revision;  // the commit that did it
  bool unchanged = false;  // it had been done before
};

// No decision moves more documents than this: they go into one write.
inline constexpr std::size_t kMaxMovedDocuments = 20'000;
// Nor has one more sources: names times documents.
inline constexpr std::size_t kMaxLinkSources = 1'000;

// Carries out `order` in one write. The same request again, a merge of what is one entity by a
// merge, and undoing what is undone change nothing. Ids of entities that were merged stand for
// those that they were merged into. There is one writer of a store at a time.
//
//   NOT_FOUND            no such namespace, entity, decision
//   INVALID_ARGUMENT     an order that says nothing
//   FAILED_PRECONDITION  a merge into what was split off from it; a split of nothing or everything;
//                        undoing what a later decision, which the text names, rests on
//   RESOURCE_EXHAUSTED   it would move too much
//
// Cost: that of the documents that have mentions which move, and a scan of the mentions of the
// entities concerned.
absl::StatusOr<EntityOrderResult> CarryOut(Store& store, const std::string& name_space,
                                           const EntityOrder& order);

}  // namespace dossier

#endif  // DOSSIER_SERVER_INGEST_MERGE_ENTITIES_H_
