#include "server/query/list_mentions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "server/base/coding.h"
#include "server/base/status_macros.h"
#include "server/query/get_entity.h"
#include "server/query/name_table.h"
#include "server/query/page_walk.h"
#include "server/query/quoter.h"
#include "server/query/view_size.h"
#include "server/storage/entity_links.h"
#include "server/storage/keys.h"

namespace dossier {
namespace {

constexpr std::size_t kChunk = 128;  // rows read at a time

// What to walk: `mention`, or `by_doc`, which names the mentions of a document.
struct Range {
  Family family = Family::kMention;
  std::string prefix;
};

absl::StatusOr<Range> RangeOf(const GraphReader& graph, const MentionScope& scope) {
  if (const auto* entity = std::get_if<EntityId>(&scope)) {
    ASSIGN_OR_RETURN(const EntityId current, CurrentEntity(graph, *entity));
    return Range{Family::kMention, KeyPrefix(graph.ns(), current)};
  }
  const auto& id = std::get<std::string>(scope);
  ASSIGN_OR_RETURN(const auto document, graph.FindDocument(id));
  if (!document) {
    return absl::NotFoundError(fmt::format("no document has the id \"{}\"", id));
  }
  return Range{Family::kByDoc, KeyPrefix(graph.ns(), *document)};
}

class MentionPage {
 public:
  MentionPage(const ReadContext& context, PageWalk* page)
      : graph_(context.graph),
        page_(page),
        names_(graph_),
        quoter_(graph_),
        links_(graph_.snapshot(), graph_.ns()) {}

  absl::StatusOr<Page<MentionView>> Run(const Range& range) {
    const std::string begin = std::max(range.prefix, page_->position());
    const auto cursor = graph_.snapshot()->Scan(range.family, begin, PrefixEnd(range.prefix));
    while (cursor->Valid()) {
      std::vector<Row> rows;
      RETURN_IF_ERROR(ReadRows(range.family, cursor.get(), &rows));
      RETURN_IF_ERROR(LoadMentions(&rows));
      ASSIGN_OR_RETURN(const std::string stop, TakeRows(&rows));
      if (!stop.empty()) {
        result_.next_token = page_->TokenAt(stop);
        return std::move(result_);
      }
      if (cursor->Valid() && (page_->full() || page_->tired())) {
        result_.next_token = page_->TokenAt(cursor->key());
        return std::move(result_);
      }
    }
    RETURN_IF_ERROR(cursor->status());
    return std::move(result_);
  }

 private:
  struct Row {
    std::string key;  // in the family that is walked
    MentionKey place;
    Mention mention;
  };

  absl::Status ReadRows(Family family, Cursor* cursor, std::vector<Row>* rows) {
    const std::size_t count = std::min(kChunk, page_->items_left());
    for (; cursor->Valid() && rows->size() < count && !page_->tired(); cursor->Next()) {
      RETURN_IF_ERROR(page_->Work(1));
      if (family == Family::kMention) {
        ASSIGN_OR_RETURN(const MentionKey place, MentionKey::Decode(cursor->key()));
        rows->push_back({std::string(cursor->key()), place, {}});
        continue;
      }
      ASSIGN_OR_RETURN(const ByDocKey part, ByDocKey::Decode(cursor->key()));
      if (part.part == Part::kMention) {
        rows->push_back({std::string(cursor->key()), part.mention(), {}});
      }
    }
    return absl::OkStatus();
  }

  absl::Status LoadMentions(std::vector<Row>* rows) {
    std::vector<std::string> keys;
    for (const Row& row : *rows) {
      keys.push_back(row.place.Encode());
      names_.Want(row.place.run);
      names_.Want(row.place.entity);
    }
    RETURN_IF_ERROR(page_->Work(keys.size()));
    ASSIGN_OR_RETURN(const auto values, graph_.snapshot()->MultiGet(Family::kMention, keys));
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (!values[i]) {
        return DamagedRecord(Family::kMention, keys[i], "an index has it and it is missing");
      }
      ASSIGN_OR_RETURN((*rows)[i].mention, DecodeMention(keys[i], *values[i]));
    }
    return names_.Load();
  }

  // The key of the first row that the page has no more room or strength for; empty: it took all.
  absl::StatusOr<std::string> TakeRows(std::vector<Row>* rows) {
    for (std::size_t i = 0; i < rows->size(); ++i) {
      auto& [key, place, mention] = (*rows)[i];
      if (i > 0 && page_->tired()) {
        return key;
      }
      RETURN_IF_ERROR(quoter_.Open(place.document, page_));
      if (!quoter_.Has(mention.span)) {
        return DamagedRecord(Family::kMention, key, "its span lies outside the document's text");
      }
      MentionView view{names_.entity(place.entity),
                       quoter_.id(),
                       std::move(mention),
                       {},
                       {},
                       names_.extractor(place.run),
                       {}};
      if (!view.mention.key.empty()) {
        ASSIGN_OR_RETURN(const auto way,
                         links_.Way(view.mention.key, view.mention.name, view.document_id));
        for (const EntityLinks::Link& link : way) {
          view.merges.push_back(link.record.merge);
        }
      }
      view.text = quoter_.Quote(view.mention.span, kMaxQuoteBytes);
      view.context = quoter_.QuoteAround(view.mention.span, kContextBytes);
      if (!page_->Take(WireBytes(view))) {
        return key;
      }
      result_.items.push_back(std::move(view));
    }
    return std::string();
  }

  const GraphReader& graph_;
  PageWalk* page_;
  NameTable names_;
  Quoter quoter_;
  EntityLinks links_;
  Page<MentionView> result_;
};

}  // namespace

absl::StatusOr<Page<MentionView>> ListMentions(const ReadContext& context,
                                               const MentionScope& scope, const PageRequest& page) {
  std::string fields = "ListMentions";
  PutVarint(&fields, scope.index());
  if (const auto* entity = std::get_if<EntityId>(&scope)) {
    PutVarint(&fields, entity->value());
  } else {
    PutString(&fields, std::get<std::string>(scope));
  }
  ASSIGN_OR_RETURN(PageWalk walk, PageWalk::Begin(context, page, fields));
  ASSIGN_OR_RETURN(const Range range, RangeOf(context.graph, scope));
  return MentionPage(context, &walk).Run(range);
}

}  // namespace dossier
