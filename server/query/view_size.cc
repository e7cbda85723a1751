#include "server/query/view_size.h"

#include <optional>

namespace dossier {
namespace {

constexpr std::size_t kNumberBytes = 8;  // with its tag, most take less
constexpr std::size_t kFrameBytes = 4;   // tag and length of a message or string

std::size_t OfTime(const std::optional<TimeInterval>& time) {
  return time ? 3 * kFrameBytes + time->from.size() + time->to.size() : 0;
}

std::size_t OfQuantity(const std::optional<Quantity>& quantity) {
  return quantity ? 2 * kFrameBytes + 3 * kNumberBytes + quantity->unit.size() : 0;
}

std::size_t OfExtractor(const Extractor& extractor) {
  return extractor.id.size() + extractor.version.size() + extractor.sha256.size() +
         extractor.config_hash.size();
}

std::size_t OfQuotes(const std::vector<QuoteView>& quotes) {
  std::size_t bytes = 0;
  for (const QuoteView& quote : quotes) {
    bytes += 2 * kFrameBytes + 2 * kNumberBytes + quote.text.size() + WireBytes(quote.entity);
  }
  return bytes;
}

}  // namespace

std::size_t WireBytes(const EntityView& view) {
  return view.id.valid() ? 4 * kFrameBytes + kNumberBytes + view.name.size() + view.type.size() : 0;
}

std::size_t WireBytes(const EntityDetails& view) {
  std::size_t bytes = WireBytes(view.entity) + kNumberBytes;
  for (const Vote& name : view.names) {
    bytes += 2 * kFrameBytes + kNumberBytes + name.text.size();
  }
  return bytes;
}

std::size_t WireBytes(const TripleView& view) {
  std::size_t bytes =
      4 * kFrameBytes + 3 * kNumberBytes + WireBytes(view.subject) + view.predicate.size();
  if (const auto* entity = std::get_if<EntityView>(&view.object)) {
    bytes += WireBytes(*entity);
  } else {
    bytes += 2 * kFrameBytes + std::get<Literal>(view.object).value.size();
  }
  for (const uint64_t count : view.stances.values()) {
    bytes += count > 0 ? kFrameBytes + kNumberBytes : 0;
  }
  return bytes;
}

std::size_t WireBytes(const EvidenceView& view) {
  std::size_t bytes = WireBytes(view.triple) + view.document_id.size() + view.sentence.size() +
                      view.subject.size() + view.predicate.size() + view.object.size();
  bytes += 16 * kFrameBytes + 12 * kNumberBytes + view.evidence.rule.size();
  bytes += OfTime(view.evidence.time) + OfQuantity(view.evidence.quantity);
  for (const Qualifier& qualifier : view.evidence.qualifiers) {
    bytes += OfTime(qualifier.time) + OfQuantity(qualifier.quantity);
  }
  bytes += OfQuotes(view.qualifiers) + OfQuotes(view.attributions);
  return bytes + OfExtractor(view.extractor);
}

std::size_t WireBytes(const MentionView& view) {
  const Mention& mention = view.mention;
  return 9 * kFrameBytes + 5 * kNumberBytes + WireBytes(view.entity) + view.document_id.size() +
         mention.name.size() + mention.rule.size() + view.text.size() + view.context.size() +
         OfExtractor(view.extractor) + view.merges.size() * (kFrameBytes + kNumberBytes);
}

std::size_t WireBytes(const MergeView& view) {
  const MergeRecord& record = view.record;
  std::size_t bytes = 8 * kFrameBytes + 4 * kNumberBytes + WireBytes(view.entity) +
                      record.request.size() + record.note.size();
  for (const auto& [source, entity] : record.sources) {
    bytes += 5 * kFrameBytes + kNumberBytes + source.key.size() + source.name.size() +
             source.document.size();
  }
  return bytes;
}

std::size_t WireBytes(const StatementView& view) {
  return 4 * kFrameBytes + WireBytes(view.evidence) + view.title.size() + view.source.size() +
         view.published.size();
}

std::size_t WireBytes(const OriginView& view) {
  std::size_t bytes = WireBytes(view.source) + 4 * kNumberBytes;
  for (const StatementView& statement : view.statements) {
    bytes += kFrameBytes + WireBytes(statement);
  }
  return bytes;
}

std::size_t WireBytes(const ConflictView& view) {
  std::size_t bytes = WireBytes(view.entity) + view.predicate.size() + view.object.size() +
                      4 * kFrameBytes + 2 * kNumberBytes;
  for (const ConflictSide& side : view.sides) {
    bytes += 2 * kFrameBytes + 2 * kNumberBytes + side.answer.size();
    for (const StatementView& statement : side.statements) {
      bytes += kFrameBytes + WireBytes(statement);
    }
  }
  return bytes;
}

std::size_t WireBytes(const DocumentView& view) {
  const Document& document = view.document;
  return 8 * kFrameBytes + 5 * kNumberBytes + document.id.size() + document.uri.size() +
         document.title.size() + document.source.size() + document.published.size() +
         document.language.size() + document.text.size() + view.text_sha256.size();
}

}  // namespace dossier
