#include "server/ingest/merge_entities.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "server/base/status_macros.h"
#include "server/base/utf8.h"
#include "server/ingest/pending_graph.h"
#include "server/ingest/relink.h"
#include "server/ingest/support.h"
#include "server/storage/entity_links.h"
#include "server/storage/graph_reader.h"
#include "server/storage/keys.h"
#include "server/storage/merge_log.h"
#include "server/storage/store.h"

namespace dossier {
namespace {

struct NamedEntity {
  EntityId id;
  std::string key;
};

std::string Name(EntityId id) { return fmt::format("e{}", id.value()); }
std::string Name(MergeId id) { return fmt::format("m{}", id.value()); }

// The sources that a split names: each name in each document.
std::vector<LinkSource> SourcesOf(const SplitOrder& order, const std::string& key) {
  const std::vector<std::string> all = {""};
  std::set<LinkSource> sources;
  for (const std::string& name : order.names.empty() ? all : order.names) {
    for (const std::string& document : order.documents.empty() ? all : order.documents) {
      sources.insert({key, FoldName(name), document});
    }
  }
  return {sources.begin(), sources.end()};
}

// One decision: looked into, then carried out in one batch.
class Decision {
 public:
  static absl::StatusOr<std::unique_ptr<Decision>> Open(Store& store,
                                                        const std::string& name_space) {
    auto snapshot = store.NewSnapshot();
    ASSIGN_OR_RETURN(const DatabaseState state, ReadDatabaseState(*snapshot));
    ASSIGN_OR_RETURN(const auto ns, FindNamespace(*snapshot, name_space));
    if (!ns) {
      return absl::NotFoundError(fmt::format("there is no namespace \"{}\"", name_space));
    }
    std::unique_ptr<Decision> decision(new Decision(store, state));
    ASSIGN_OR_RETURN(decision->graph_,
                     PendingGraph::Open(std::move(snapshot), *ns, &decision->batch_));
    return decision;
  }

  absl::StatusOr<EntityOrderResult> Run(const MergeOrder& order) {
    ASSIGN_OR_RETURN(const auto known, FindRequest(order.request));
    if (known) {
      return *known;
    }
    ASSIGN_OR_RETURN(const NamedEntity into, FindEntity(order.into));
    MergeRecord record = NewRecord(MergeKind::kMerge, order.request, order.note);
    record.target = into.key;
    for (const EntityId id : order.from) {
      ASSIGN_OR_RETURN(const NamedEntity from, FindEntity(id));
      const MergeRecord::Source source{{from.key, "", ""}, from.id};
      if (from.id != into.id &&
          std::find(record.sources.begin(), record.sources.end(), source) == record.sources.end()) {
        record.sources.push_back(source);
      }
    }
    if (record.sources.empty()) {
      return MergedBefore(order, into);
    }
    for (const auto& [source, entity] : record.sources) {
      RETURN_IF_ERROR(CheckNotSplitOff(into, source.key, entity));
    }
    RETURN_IF_ERROR(Make(record, ChangeKind::kMerged));
    return Finish(into.key);
  }

  absl::StatusOr<EntityOrderResult> Run(const SplitOrder& order) {
    ASSIGN_OR_RETURN(const auto known, FindRequest(order.request));
    if (known) {
      return *known;
    }
    ASSIGN_OR_RETURN(const NamedEntity entity, FindEntity(order.entity));
    const std::vector<LinkSource> sources = SourcesOf(order, entity.key);
    if (sources.front() == LinkSource{entity.key, "", ""}) {
      return absl::InvalidArgumentError("a split needs names or documents of the mentions to part");
    }
    if (sources.size() > kMaxLinkSources) {
      return absl::ResourceExhaustedError(
          fmt::format("a split takes at most {} names times documents, not {}", kMaxLinkSources,
                      sources.size()));
    }
    RETURN_IF_ERROR(CheckPartOf(entity, sources));
    MergeRecord record = NewRecord(MergeKind::kSplit, order.request, order.note);
    merge_ = graph_->NewMergeId();
    record.target = fmt::format(" split {}", merge_.value());
    ASSIGN_OR_RETURN(const auto* links, graph_->links().LinksFrom(entity.key));
    for (const LinkSource& source : sources) {
      if (std::none_of(links->begin(), links->end(),
                       [&](const EntityLinks::Link& link) { return link.source == source; })) {
        record.sources.push_back({source, EntityId()});
      }
    }
    RETURN_IF_ERROR(Make(record, ChangeKind::kSplit));
    return Finish(record.target);
  }

  absl::StatusOr<EntityOrderResult> Run(const UndoOrder& order) {
    merge_ = order.merge;
    ASSIGN_OR_RETURN(std::optional<MergeRecord> record, FindMerge(merge_));
    if (!record) {
      return absl::NotFoundError(fmt::format("there is no merge or split \"{}\"", Name(merge_)));
    }
    if (record->undone.valid()) {
      return Known(*record, record->undone);
    }
    RETURN_IF_ERROR(CheckNothingRestsOn(*record));
    RETURN_IF_ERROR(Unmake(&*record));
    ASSIGN_OR_RETURN(const std::string key,
                     graph_->links().Follow(record->sources.front().source.key, "", ""));
    return Finish(key);
  }

 private:
  Decision(Store& store, const DatabaseState& state) : store_(store), state_(state) {
    state_.last = Revision(state.last.value() + 1);
  }

  const GraphReader& before() const { return graph_->before(); }

  absl::StatusOr<std::optional<std::string>> Row(const MergeLogKey& key) const {
    return before().snapshot()->Get(Family::kMergeLog, key.Encode());
  }
  absl::StatusOr<std::optional<MergeId>> Pointer(const MergeLogKey& key) const {
    ASSIGN_OR_RETURN(const auto value, Row(key));
    if (!value) {
      return std::nullopt;
    }
    ASSIGN_OR_RETURN(const uint64_t id, DecodeNumber(Family::kMergeLog, key.Encode(), *value));
    return MergeId(id);
  }
  absl::StatusOr<std::optional<MergeRecord>> FindMerge(MergeId merge) const {
    const MergeLogKey key = MergeLogKey::Of(graph_->ns(), merge);
    ASSIGN_OR_RETURN(const auto value, Row(key));
    if (!value) {
      return std::nullopt;
    }
    ASSIGN_OR_RETURN(MergeRecord record, DecodeMerge(key.Encode(), *value));
    return record;
  }

  // A decision that was taken before.
  absl::StatusOr<EntityOrderResult> Known(const MergeRecord& record, Revision revision) {
    ASSIGN_OR_RETURN(const std::string key, graph_->links().Follow(record.target, "", ""));
    ASSIGN_OR_RETURN(const auto entity, before().FindEntity(key));
    return EntityOrderResult{merge_, entity.value_or(EntityId()), revision, true};
  }

  absl::StatusOr<std::optional<EntityOrderResult>> FindRequest(const std::string& request) {
    if (request.empty()) {
      return std::nullopt;
    }
    ASSIGN_OR_RETURN(const auto merge, Pointer(MergeLogKey::OfRequest(graph_->ns(), request)));
    if (!merge) {
      return std::nullopt;
    }
    merge_ = *merge;
    ASSIGN_OR_RETURN(const auto record, FindMerge(*merge));
    if (!record) {
      return absl::DataLossError(fmt::format("request {} leads to no decision", request));
    }
    ASSIGN_OR_RETURN(EntityOrderResult result, Known(*record, record->made));
    return result;
  }

  // The entity with an id, or the one that it was merged into.
  absl::StatusOr<NamedEntity> FindEntity(EntityId id) {
    const absl::StatusOr<Entity> entity = before().GetEntity(id);
    if (entity.ok()) {
      return NamedEntity{id, entity->key};
    }
    if (!absl::IsNotFound(entity.status())) {
      return entity.status();
    }
    ASSIGN_OR_RETURN(const auto end, FindMergedEntity(before(), id, &graph_->links()));
    if (!end) {
      return absl::NotFoundError(fmt::format("no entity has the id \"{}\"", Name(id)));
    }
    ASSIGN_OR_RETURN(const Entity merged, before().GetEntity(*end));
    return NamedEntity{*end, merged.key};
  }

  MergeRecord NewRecord(MergeKind kind, const std::string& request, const std::string& note) const {
    MergeRecord record;
    record.kind = kind;
    record.made = state_.last;
    record.request = request;
    record.note = note;
    return record;
  }

  // What an order to merge one entity with itself answers: the merge that made it one.
  absl::StatusOr<EntityOrderResult> MergedBefore(const MergeOrder& order, const NamedEntity& into) {
    std::vector<EntityId> ids = order.from;
    ids.push_back(order.into);
    for (const EntityId id : ids) {
      ASSIGN_OR_RETURN(const auto merge, Pointer(MergeLogKey::Of(graph_->ns(), id)));
      if (merge) {
        merge_ = *merge;
        ASSIGN_OR_RETURN(const auto record, FindMerge(*merge));
        return EntityOrderResult{*merge, into.id, record ? record->made : Revision(), true};
      }
    }
    return absl::InvalidArgumentError(
        fmt::format("{} cannot be merged with itself: name two entities", Name(into.id)));
  }

  // The keys that links lead to from `begin`, itself included.
  absl::StatusOr<std::set<std::string>> Reach(const std::set<std::string>& begin) {
    std::set<std::string> reached = begin;
    std::vector<std::string> open(begin.begin(), begin.end());
    while (!open.empty()) {
      const std::string key = std::move(open.back());
      open.pop_back();
      ASSIGN_OR_RETURN(const auto* links, graph_->links().LinksFrom(key));
      for (const EntityLinks::Link& link : *links) {
        if (reached.insert(link.record.target).second) {
          open.push_back(link.record.target);
        }
      }
    }
    return reached;
  }

  // What was split off would come back to where it is led away.
  absl::Status CheckNotSplitOff(const NamedEntity& into, const std::string& from_key,
                                EntityId from) {
    ASSIGN_OR_RETURN(const std::set<std::string> reached, Reach({into.key}));
    if (reached.count(from_key) == 0) {
      return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(const auto* links, graph_->links().LinksFrom(into.key));
    const MergeId split = links->empty() ? MergeId() : links->front().record.merge;
    return absl::FailedPreconditionError(
        fmt::format("{} was split off from {}: undo {}, or merge {} into {}", Name(from),
                    Name(into.id), Name(split), Name(into.id), Name(from)));
  }

  // Some mentions of the entity, not all, must be concerned.
  absl::Status CheckPartOf(const NamedEntity& entity, const std::vector<LinkSource>& sources) {
    std::set<std::string> names;
    std::set<std::string> documents;
    for (const LinkSource& source : sources) {
      names.insert(source.name);
      documents.insert(source.document);
    }
    uint64_t concerned = 0;
    uint64_t all = 0;
    DocumentNumber number;
    std::string document;
    auto rows = before().MentionsOf(entity.id);
    for (; rows.Valid(); rows.Next(), ++all) {
      if (rows->key.document != number) {
        number = rows->key.document;
        ASSIGN_OR_RETURN(DocumentRecord record, before().GetDocument(number));
        document = std::move(record.document.id);
      }
      const bool named = names.count("") > 0 || names.count(FoldName(rows->mention.name)) > 0;
      const bool inside = documents.count("") > 0 || documents.count(document) > 0;
      concerned += uint64_t{named && inside};
    }
    RETURN_IF_ERROR(rows.status());
    if (concerned == 0 || concerned == all) {
      return absl::FailedPreconditionError(
          fmt::format("{} of the {} mentions of {} have these names and stand in these documents: "
                      "a split parts some from others",
                      concerned == 0 ? "none" : "all", all, Name(entity.id)));
    }
    return absl::OkStatus();
  }

  // Nobody may have built on what is undone: split what a merge put together, or merged something
  // with what a split parted.
  absl::Status CheckNothingRestsOn(const MergeRecord& record) {
    ASSIGN_OR_RETURN(const std::set<std::string> reached, Reach({record.target}));
    const std::string prefix = MergeLogKey::Prefix(graph_->ns(), MergeRow::kDecision);
    const auto cursor = before().snapshot()->Scan(
        Family::kMergeLog, MergeLogKey::Of(graph_->ns(), MergeId(merge_.value() + 1)).Encode(),
        PrefixEnd(prefix));
    for (; cursor->Valid(); cursor->Next()) {
      ASSIGN_OR_RETURN(const MergeLogKey key, MergeLogKey::Decode(cursor->key()));
      ASSIGN_OR_RETURN(const MergeRecord later, DecodeMerge(cursor->key(), cursor->value()));
      const auto begins_at = [&](const std::set<std::string>& keys) {
        return std::any_of(later.sources.begin(), later.sources.end(),
                           [&](const auto& source) { return keys.count(source.source.key) > 0; });
      };
      const bool rests = record.kind == MergeKind::kMerge
                             ? later.kind == MergeKind::kSplit && begins_at(reached)
                             : later.target == record.target || begins_at({record.target});
      if (rests && !later.undone.valid()) {
        return absl::FailedPreconditionError(fmt::format(
            "{} rests on {}: undo {} first", Name(key.merge), Name(merge_), Name(key.merge)));
      }
    }
    return cursor->status();
  }

  void Put(const MergeLogKey& key, std::string value) {
    batch_.Put(Family::kMergeLog, key.Encode(), std::move(value));
  }

  // Makes the links of `record` stand.
  absl::Status Make(const MergeRecord& record, ChangeKind kind) {
    if (!merge_.valid()) {
      merge_ = graph_->NewMergeId();
    }
    const NamespaceId ns = graph_->ns();
    std::set<std::string> begin;
    Put(MergeLogKey::Of(ns, merge_), EncodeMerge(record));
    if (!record.request.empty()) {
      Put(MergeLogKey::OfRequest(ns, record.request), EncodeNumber(merge_.value()));
    }
    for (const auto& [source, entity] : record.sources) {
      Put(MergeLogKey::Of(ns, source), EncodeLink({merge_, record.target}));
      if (entity.valid()) {
        Put(MergeLogKey::Of(ns, entity), EncodeNumber(merge_.value()));
      }
      RETURN_IF_ERROR(graph_->links().Set({source, {merge_, record.target}}));
      begin.insert(source.key);
    }
    ASSIGN_OR_RETURN(const std::set<std::string> reached, Reach(begin));
    return Move(reached, kind);
  }

  // Makes them stand no more. What they took in gets its ids back.
  absl::Status Unmake(MergeRecord* record) {
    const NamespaceId ns = graph_->ns();
    std::set<std::string> begin;
    for (const auto& [source, entity] : record->sources) {
      begin.insert(source.key);
    }
    ASSIGN_OR_RETURN(const std::set<std::string> reached, Reach(begin));
    for (const auto& [source, entity] : record->sources) {
      batch_.Delete(Family::kMergeLog, MergeLogKey::Of(ns, source).Encode());
      RETURN_IF_ERROR(graph_->links().Clear(source));
      if (entity.valid()) {
        batch_.Delete(Family::kMergeLog, MergeLogKey::Of(ns, entity).Encode());
        graph_->RestoreEntityId(source.key, entity);
      }
    }
    record->undone = state_.last;
    Put(MergeLogKey::Of(ns, merge_), EncodeMerge(*record));
    return Move(reached, ChangeKind::kUndone);
  }

  // Moves what the links lead away from the entities of `keys`, and records the change.
  absl::Status Move(const std::set<std::string>& keys, ChangeKind kind) {
    std::set<DocumentNumber> documents;
    for (const std::string& key : keys) {
      RETURN_IF_ERROR(FindMisplaced(key, graph_.get(), &documents));
    }
    if (documents.size() > kMaxMovedDocuments) {
      return absl::ResourceExhaustedError(fmt::format(
          "{} documents would have to move, of at most {}: merge the smaller entity into the "
          "larger one, or split by documents",
          documents.size(), kMaxMovedDocuments));
    }
    ChangeEvent event;
    event.kind = kind;
    event.merge = merge_;
    TouchedTriples touched;
    for (const DocumentNumber number : documents) {
      RETURN_IF_ERROR(RelinkDocument(number, graph_.get(), &touched));
    }
    RETURN_IF_ERROR(CountTriples(touched, graph_.get(), &event));
    batch_.Put(Family::kChange, ChangeKey{graph_->ns(), state_.last}.Encode(), EncodeChange(event));
    return absl::OkStatus();
  }

  absl::StatusOr<EntityOrderResult> Finish(const std::string& key) {
    RETURN_IF_ERROR(graph_->Write());
    const NamespaceId ns = graph_->ns();
    graph_.reset();  // lets go of the snapshot
    batch_.Put(Family::kMeta, DatabaseStateKey(), EncodeDatabaseState(state_));
    RETURN_IF_ERROR(store_.Write(batch_));
    const GraphReader after(store_.NewSnapshot(), ns);
    ASSIGN_OR_RETURN(const auto entity, after.FindEntity(key));
    return EntityOrderResult{merge_, entity.value_or(EntityId()), state_.last, false};
  }

  Store& store_;
  DatabaseState state_;  // as it will be
  WriteBatch batch_;
  std::unique_ptr<PendingGraph> graph_;
  MergeId merge_;
};

}  // namespace

absl::StatusOr<EntityOrderResult> CarryOut(Store& store, const std::string& name_space,
                                           const EntityOrder& order) {
  ASSIGN_OR_RETURN(const std::unique_ptr<Decision> decision, Decision::Open(store, name_space));
  return std::visit([&](const auto& what) { return decision->Run(what); }, order);
}

}  // namespace dossier
