#include "server/query/corroboration.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <utility>

#include "server/base/coding.h"
#include "server/base/status_macros.h"
#include "server/query/alike.h"
#include "server/query/evidence_viewer.h"
#include "server/query/external_id.h"
#include "server/query/name_table.h"
#include "server/query/origins.h"
#include "server/query/page_walk.h"
#include "server/query/view_size.h"
#include "server/storage/keys.h"

namespace dossier {
namespace {

using Row = EvidenceWalk::Row;

constexpr std::size_t kChunk = 256;  // sketches read at a time

class CorroborationPage {
 public:
  CorroborationPage(const ReadContext& context, const PredicateRules& rules,
                    const EvidenceFilter& filter, PageWalk* page)
      : context_(context),
        graph_(context.graph),
        rules_(rules),
        filter_(filter),
        page_(page),
        viewer_(graph_) {}

  absl::StatusOr<Corroboration> Run(TripleId id, const TripleRecord& record) {
    NameTable names(graph_);
    names.Want(record.triple);
    RETURN_IF_ERROR(names.Load());
    result_.triple = names.View(id, record);
    RETURN_IF_ERROR(ReadEvidence(id));
    RETURN_IF_ERROR(ReadSketches());
    const std::vector<Origin> origins = FindOrigins(places_, sketches_);
    result_.origins = origins.size();
    result_.documents = sketches_.size();
    result_.evidence = rows_.size();
    RETURN_IF_ERROR(TakeOrigins(origins));
    if (page_->position().empty()) {
      RETURN_IF_ERROR(TakeAlike(record.triple));
    }
    return std::move(result_);
  }

 private:
  absl::Status ReadEvidence(TripleId id) {
    auto rows = graph_.EvidenceOf(id);
    for (; rows.Valid() && result_.complete; rows.Next()) {
      RETURN_IF_ERROR(page_->Work(1));
      if (rows_.size() == kMaxCorroborationEvidence) {
        result_.complete = false;
      } else if (filter_.Matches(rows->evidence)) {
        rows_.push_back({std::string(rows.key()), rows->key, rows->evidence});
        places_.push_back({rows->key.document, rows->evidence.sentence, SourceOf(rows->evidence)});
        sentences_.emplace(rows->key.document, rows->evidence.sentence);
        sketches_.try_emplace(rows->key.document);
      }
    }
    return result_.complete ? rows.status() : absl::OkStatus();
  }

  absl::Status ReadSketches() {
    for (auto next = sketches_.begin(); next != sketches_.end();) {
      const auto first = next;
      std::vector<std::string> keys;
      for (; next != sketches_.end() && keys.size() < kChunk; ++next) {
        keys.push_back(DocumentKey{graph_.ns(), next->first}.Encode());
      }
      RETURN_IF_ERROR(page_->Work(keys.size()));
      ASSIGN_OR_RETURN(const auto values, graph_.snapshot()->MultiGet(Family::kSketch, keys));
      auto sketch = first;
      for (std::size_t i = 0; i < keys.size(); ++i, ++sketch) {
        if (!values[i]) {
          return DamagedRecord(Family::kSketch, keys[i], "its document is there and it is missing");
        }
        ASSIGN_OR_RETURN(sketch->second, DecodeSketch(keys[i], *values[i]));
        std::erase_if(sketch->second.passages, [&](const Passage& passage) {
          return !sentences_.contains({sketch->first, passage.sentence});
        });
      }
    }
    return absl::OkStatus();
  }

  // Pages begin after the first statement of the origin that ended the one before.
  absl::Status TakeOrigins(std::span<const Origin> origins) {
    for (const Origin& origin : origins) {
      const std::string& key = rows_[origin.statements.front()].key;
      if (key <= page_->position()) {
        continue;
      }
      ASSIGN_OR_RETURN(OriginView view, View(origin));
      if (!page_->Take(WireBytes(view))) {
        result_.page.next_token = page_->TokenAt(last_);
        break;
      }
      last_ = key;
      result_.page.items.push_back(std::move(view));
    }
    return absl::OkStatus();
  }

  absl::Status TakeAlike(const Triple& triple) {
    ASSIGN_OR_RETURN(const std::vector<Row> rows,
                     FindAlike(context_, rules_, triple, rows_, filter_, page_));
    RETURN_IF_ERROR(viewer_.Load(rows, page_));
    for (const Row& row : rows) {
      ASSIGN_OR_RETURN(StatementView statement, viewer_.ViewStatement(row, page_));
      result_.alike.push_back(std::move(statement));
    }
    return absl::OkStatus();
  }

  absl::StatusOr<OriginView> View(const Origin& origin) {
    std::set<DocumentNumber> documents;
    std::set<EntityId> sources;
    std::vector<Row> quoted;
    for (const std::size_t i : origin.statements) {
      sources.insert(places_[i].source);
      if (documents.insert(places_[i].document).second && quoted.size() < kMaxOriginStatements) {
        quoted.push_back(rows_[i]);
      }
    }
    RETURN_IF_ERROR(viewer_.Load(quoted, page_));
    OriginView view;
    view.same_source = origin.same_source && documents.size() > 1;
    view.copied_text = origin.copied_text;
    view.documents = documents.size();
    view.evidence = origin.statements.size();
    for (const Row& row : quoted) {
      ASSIGN_OR_RETURN(StatementView statement, viewer_.ViewStatement(row, page_));
      view.statements.push_back(std::move(statement));
    }
    if (sources.size() == 1 && sources.begin()->valid()) {
      view.source = view.statements.front().evidence.attributions.back().entity;
    }
    return view;
  }

  const ReadContext& context_;
  const GraphReader& graph_;
  const PredicateRules& rules_;
  const EvidenceFilter& filter_;
  PageWalk* page_;
  EvidenceViewer viewer_;
  std::vector<Row> rows_;
  std::vector<StatementPlace> places_;                   // of rows_
  std::set<std::pair<DocumentNumber, Span>> sentences_;  // of places_
  std::map<DocumentNumber, DocumentSketch> sketches_;    // only with those
  std::string last_;                                     // where the page stands
  Corroboration result_;
};

}  // namespace

absl::StatusOr<Corroboration> GetCorroboration(const ReadContext& context,
                                               const PredicateRules& rules, TripleId triple,
                                               const EvidenceFilter& filter,
                                               const PageRequest& page) {
  std::string fields = "GetCorroboration";
  PutVarint(&fields, triple.value());
  filter.AppendTo(&fields);
  ASSIGN_OR_RETURN(PageWalk walk, PageWalk::Begin(context, page, fields));
  const absl::StatusOr<TripleRecord> record = context.graph.GetTriple(triple);
  if (absl::IsNotFound(record.status())) {
    return absl::NotFoundError(fmt::format("no triple has the id \"{}\"", ExternalId(triple)));
  }
  RETURN_IF_ERROR(record.status());
  return CorroborationPage(context, rules, filter, &walk).Run(triple, *record);
}

}  // namespace dossier
