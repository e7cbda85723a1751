#include "server/query/list_conflicts.h"

#include <algorithm>
#include <utility>

#include "server/base/coding.h"
#include "server/base/status_macros.h"
#include "server/query/conflict_finder.h"
#include "server/query/evidence_viewer.h"
#include "server/query/page_walk.h"
#include "server/query/triple_walk.h"
#include "server/query/view_size.h"
#include "server/storage/keys.h"

namespace dossier {
namespace {

constexpr std::size_t kChunk = 256;  // rows read at a time

std::string Fields(const ConflictQuery& query) {
  std::string fields = "ListConflicts";
  PutVarint(&fields, query.entity.has_value());
  if (query.entity) {
    AppendSelector(&fields, *query.entity);
  }
  PutString(&fields, query.predicate);
  PutVarint(&fields, query.time.has_value());
  if (query.time) {
    PutString(&fields, query.time->from);
    PutString(&fields, query.time->to);
  }
  PutVarint(&fields, query.kinds.size());
  for (const ConflictKind kind : query.kinds) {
    PutVarint(&fields, static_cast<uint64_t>(kind));
  }
  PutDouble(&fields, query.min_confidence);
  return fields;
}

// The walks over triples that together pass every one that is asked for, the second only those that
// the first has not.
std::vector<TripleIds> WalksOf(const std::optional<std::vector<EntityId>>& entities) {
  if (!entities) {
    return {TripleIds()};
  }
  std::vector<TripleIds> walks(2);
  walks[0].subjects = entities;
  std::vector<ObjectId>& objects = walks[1].objects.emplace();
  for (const EntityId id : *entities) {
    objects.emplace_back(id);
  }
  return walks;
}

// Where a page begins: in a walk, at a triple, after some of its conflicts.
struct Position {
  uint64_t walk = 0;
  uint64_t skip = 0;
  std::string row;

  std::string Encode() const {
    std::string bytes;
    PutVarint(&bytes, walk);
    PutVarint(&bytes, skip);
    return bytes.append(row);
  }
  static Position Decode(std::string_view bytes) {
    Position position;
    if (!bytes.empty()) {
      Decoder in(bytes);
      position.walk = in.Varint();
      position.skip = in.Varint();
      position.row = in.Rest();
    }
    return position;
  }
};

class ConflictPage {
 public:
  ConflictPage(const ReadContext& context, const PredicateRules& rules, const ConflictQuery& query,
               std::optional<std::vector<EntityId>> entities, PageWalk* page)
      : graph_(context.graph),
        entities_(std::move(entities)),
        page_(page),
        viewer_(graph_),
        finder_(
            context, rules, query, [this](const Triple& triple) { return Walked(triple); }, page) {}

  absl::StatusOr<Page<ConflictView>> Run() {
    Position position = Position::Decode(page_->position());
    const std::vector<TripleIds> walks = WalksOf(entities_);
    for (uint64_t walk = position.walk; walk < walks.size(); ++walk) {
      ASSIGN_OR_RETURN(const std::optional<Position> stop, RunWalk(walks[walk], walk, position));
      if (stop) {
        result_.next_token = page_->TokenAt(stop->Encode());
        break;
      }
      position = {};
    }
    return std::move(result_);
  }

 private:
  bool IsAsked(EntityId id) const {
    return std::binary_search(entities_->begin(), entities_->end(), id);
  }
  bool Walked(const Triple& triple) const {
    return !entities_ || IsAsked(triple.subject) ||
           (!triple.object.is_literal() && IsAsked(triple.object.entity()));
  }

  // Where the page ends; nullopt: not in this walk.
  absl::StatusOr<std::optional<Position>> RunWalk(const TripleIds& ids, uint64_t number,
                                                  const Position& begin) {
    TripleWalk walk(graph_, ids, begin.row);
    std::vector<TripleWalk::Row> rows;
    while (!walk.done()) {
      rows.clear();
      RETURN_IF_ERROR(walk.Read(kChunk, page_, &rows));
      ASSIGN_OR_RETURN(const std::vector<TripleRecord> records, ReadRecords(rows));
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i > 0 && page_->tired()) {
          return Position{number, 0, rows[i].key};
        }
        if (number == 1 && IsAsked(records[i].triple.subject)) {
          continue;  // the first walk had it
        }
        const uint64_t skip = rows[i].key == begin.row ? begin.skip : 0;
        ASSIGN_OR_RETURN(const std::optional<uint64_t> taken,
                         TakeConflicts(rows[i].id, records[i], skip));
        if (taken) {
          return Position{number, *taken, rows[i].key};
        }
      }
      if (!walk.done() && (page_->full() || page_->tired())) {
        return Position{number, 0, walk.position()};
      }
    }
    return std::nullopt;
  }

  absl::StatusOr<std::vector<TripleRecord>> ReadRecords(const std::vector<TripleWalk::Row>& rows) {
    RETURN_IF_ERROR(page_->Work(rows.size()));
    std::vector<std::string> keys;
    for (const TripleWalk::Row& row : rows) {
      keys.push_back(TripleKey{graph_.ns(), row.id}.Encode());
    }
    ASSIGN_OR_RETURN(const auto values, graph_.snapshot()->MultiGet(Family::kTriple, keys));
    std::vector<TripleRecord> records;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (!values[i]) {
        return DamagedRecord(Family::kTriple, keys[i], "an index has it and it is missing");
      }
      ASSIGN_OR_RETURN(TripleRecord record, DecodeTriple(keys[i], *values[i]));
      records.push_back(record);
    }
    return records;
  }

  // How many of the triple's conflicts the page has taken, when it has no room for the next.
  absl::StatusOr<std::optional<uint64_t>> TakeConflicts(TripleId id, const TripleRecord& record,
                                                        uint64_t skip) {
    ASSIGN_OR_RETURN(const bool wanted, finder_.Wanted(record.triple));
    if (!wanted) {
      return std::nullopt;
    }
    ASSIGN_OR_RETURN(const std::vector<FoundConflict> found, finder_.FindAt(id, record));
    for (uint64_t i = skip; i < found.size(); ++i) {
      ASSIGN_OR_RETURN(ConflictView view, View(found[i]));
      if (!page_->Take(WireBytes(view))) {
        return i;
      }
      result_.items.push_back(std::move(view));
    }
    return std::nullopt;
  }

  absl::StatusOr<ConflictView> View(const FoundConflict& found) {
    ConflictView view;
    view.kind = found.kind;
    view.entity = found.entity;
    view.predicate = found.predicate;
    view.object = found.object;
    view.complete = found.complete;
    for (const FoundConflict::Side& side : found.sides) {
      std::set<DocumentNumber> documents;
      std::vector<EvidenceWalk::Row> quoted;
      for (const EvidenceWalk::Row& row : side.rows) {
        if (documents.insert(row.place.document).second && quoted.size() < kMaxSideStatements) {
          quoted.push_back(row);
        }
      }
      RETURN_IF_ERROR(viewer_.Load(quoted, page_));
      ConflictSide& shown = view.sides.emplace_back();
      shown.answer = side.answer;
      shown.documents = documents.size();
      shown.evidence = side.rows.size();
      for (const EvidenceWalk::Row& row : quoted) {
        ASSIGN_OR_RETURN(StatementView statement, viewer_.ViewStatement(row, page_));
        shown.statements.push_back(std::move(statement));
      }
    }
    return view;
  }

  const GraphReader& graph_;
  const std::optional<std::vector<EntityId>> entities_;
  PageWalk* page_;
  EvidenceViewer viewer_;
  ConflictFinder finder_;
  Page<ConflictView> result_;
};

}  // namespace

absl::StatusOr<Page<ConflictView>> ListConflicts(const ReadContext& context,
                                                 const PredicateRules& rules,
                                                 const ConflictQuery& query,
                                                 const PageRequest& page) {
  ASSIGN_OR_RETURN(PageWalk walk, PageWalk::Begin(context, page, Fields(query)));
  std::optional<std::vector<EntityId>> entities;
  if (query.entity) {
    ASSIGN_OR_RETURN(entities, SelectEntities(context, *query.entity));
  }
  return ConflictPage(context, rules, query, std::move(entities), &walk).Run();
}

}  // namespace dossier
