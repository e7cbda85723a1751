#include "server/query/list_conflicts.h"

#include <algorithm>
#include <utility>

#include "server/base/coding.h"
#include "server/base/status_macros.h"
#include "server/query/conflict_finder.h"
#include "server/query/conflict_walks.h"
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

// Where a page begins: on a walk, at a triple, after some of its conflicts.
struct Position {
  std::pair<uint64_t, uint64_t> walk;
  uint64_t skip = 0;
  std::string row;

  std::string Encode() const {
    std::string bytes;
    PutVarint(&bytes, walk.first);
    PutVarint(&bytes, walk.second);
    PutVarint(&bytes, skip);
    return bytes.append(row);
  }
  static Position Decode(std::string_view bytes) {
    Position position;
    if (!bytes.empty()) {
      Decoder in(bytes);
      position.walk.first = in.Varint();
      position.walk.second = in.Varint();
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
      : context_(context),
        graph_(context.graph),
        rules_(rules),
        query_(query),
        entities_(std::move(entities)),
        page_(page),
        viewer_(graph_) {}

  absl::StatusOr<Page<ConflictView>> Run() {
    const Position position = Position::Decode(page_->position());
    MatterReader matters(context_, rules_, page_);
    ASSIGN_OR_RETURN(plan_, PlanConflictWalks(query_, entities_, rules_, &matters));
    for (const ConflictWalk& walk : plan_.walks) {
      if (walk.place() < position.walk) {
        continue;
      }
      const bool goes_on = walk.place() == position.walk;
      ASSIGN_OR_RETURN(const std::optional<Position> stop,
                       RunWalk(walk, goes_on ? position : Position()));
      if (stop) {
        result_.next_token = page_->TokenAt(stop->Encode());
        break;
      }
    }
    return std::move(result_);
  }

 private:
  bool IsAsked(EntityId id) const {
    return std::binary_search(entities_->begin(), entities_->end(), id);
  }
  bool Walked(uint64_t phase, const Triple& triple) const {
    if (!entities_) {
      return plan_.Passes(phase, triple);
    }
    return IsAsked(triple.subject) ||
           (!triple.object.is_literal() && IsAsked(triple.object.entity()));
  }

  // Where the page ends; nullopt: not on this walk.
  absl::StatusOr<std::optional<Position>> RunWalk(const ConflictWalk& conflicts,
                                                  const Position& begin) {
    const auto place = conflicts.place();
    const auto walked = [this, phase = conflicts.phase](const Triple& triple) {
      return Walked(phase, triple);
    };
    ConflictFinder finder(context_, rules_, conflicts.query, walked, page_);
    TripleWalk walk(graph_, conflicts.ids, begin.row);
    std::vector<TripleWalk::Row> rows;
    while (!walk.done()) {
      rows.clear();
      RETURN_IF_ERROR(walk.Read(kChunk, page_, &rows));
      ASSIGN_OR_RETURN(const std::vector<TripleRecord> records, ReadRecords(rows));
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i > 0 && page_->tired()) {
          return Position{place, 0, rows[i].key};
        }
        if (entities_ && conflicts.phase == 1 && IsAsked(records[i].triple.subject)) {
          continue;  // the first walk had it
        }
        const uint64_t skip = rows[i].key == begin.row ? begin.skip : 0;
        ASSIGN_OR_RETURN(const std::optional<uint64_t> taken,
                         TakeConflicts(&finder, rows[i].id, records[i], skip));
        if (taken) {
          return Position{place, *taken, rows[i].key};
        }
      }
      if (!walk.done() && (page_->full() || page_->tired())) {
        return Position{place, 0, walk.position()};
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
  absl::StatusOr<std::optional<uint64_t>> TakeConflicts(ConflictFinder* finder, TripleId id,
                                                        const TripleRecord& record, uint64_t skip) {
    ASSIGN_OR_RETURN(const bool wanted, finder->Wanted(record.triple));
    if (!wanted) {
      return std::nullopt;
    }
    ASSIGN_OR_RETURN(const std::vector<FoundConflict> found, finder->FindAt(id, record));
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
      std::set<std::pair<DocumentNumber, EntityId>> voices;
      std::vector<EvidenceWalk::Row> quoted;
      for (const EvidenceWalk::Row& row : side.rows) {
        documents.insert(row.place.document);
        if (quoted.size() < kMaxSideStatements &&
            voices.emplace(row.place.document, SourceOf(row.evidence)).second) {
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

  const ReadContext& context_;
  const GraphReader& graph_;
  const PredicateRules& rules_;
  const ConflictQuery& query_;
  const std::optional<std::vector<EntityId>> entities_;
  PageWalk* page_;
  EvidenceViewer viewer_;
  ConflictWalks plan_;
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
