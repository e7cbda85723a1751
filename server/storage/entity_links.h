#ifndef DOSSIER_SERVER_STORAGE_ENTITY_LINKS_H_
#define DOSSIER_SERVER_STORAGE_ENTITY_LINKS_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/storage/graph_reader.h"
#include "server/storage/merge_log.h"
#include "server/storage/store.h"

namespace dossier {

// Where the keys of mentions lead by the decisions that stand. At each key the most particular link
// counts: with the mention's name and document, then with its name, then with its document, then
// with neither. So each mention has one way, which ends at the key that has no link for it: the key
// of its entity. Not thread-safe; a key is read once.
class EntityLinks {
 public:
  struct Link {
    LinkSource source;
    LinkRecord record;
  };

  EntityLinks(std::shared_ptr<const Snapshot> snapshot, NamespaceId ns)
      : snapshot_(std::move(snapshot)), ns_(ns) {}

  // The key of the entity of a mention: `key` is where its own words lead, `name` what it calls
  // the entity, `document` the client's id of its document.
  absl::StatusOr<std::string> Follow(std::string key, std::string_view name,
                                     std::string_view document);

  // The links on the way of Follow(), in order.
  absl::StatusOr<std::vector<Link>> Way(std::string key, std::string_view name,
                                        std::string_view document);

  // All that begin at `key`.
  absl::StatusOr<const std::vector<Link>*> LinksFrom(const std::string& key);

  // As if the row stood there, or did not.
  absl::Status Set(Link link);
  absl::Status Clear(const LinkSource& source);

 private:
  absl::StatusOr<bool> Any();
  absl::StatusOr<std::vector<Link>*> Load(const std::string& key);

  const std::shared_ptr<const Snapshot> snapshot_;
  const NamespaceId ns_;
  std::optional<bool> any_;  // whether the namespace has links
  std::map<std::string, std::vector<Link>> links_;
};

// The entity that stands for one that merges took in; nullopt when no merge did.
absl::StatusOr<std::optional<EntityId>> FindMergedEntity(const GraphReader& graph, EntityId id,
                                                         EntityLinks* links);

}  // namespace dossier

#endif  // DOSSIER_SERVER_STORAGE_ENTITY_LINKS_H_
