#include "plugins/openie/emitter.h"

#include <string>
#include <string_view>

namespace dossier::openie {
namespace {

sdk::Span SpanOf(const Tree& tree, const Phrase& phrase) {
  if (phrase.empty()) return {};
  return {tree[phrase.begin].begin, tree[phrase.end - 1].end};
}

sdk::Role ToSdk(Role role) { return static_cast<sdk::Role>(static_cast<uint32_t>(role) + 1); }

sdk::Polarity ToSdk(Polarity polarity) {
  return polarity == Polarity::kNegative ? sdk::Polarity::kNegative : sdk::Polarity::kPositive;
}

sdk::Modality ToSdk(Modality modality) {
  return static_cast<sdk::Modality>(static_cast<uint32_t>(modality) + 1);
}

sdk::Bound BoundOf(std::string_view bound) {
  if (bound == "at_least") return sdk::Bound::kAtLeast;
  if (bound == "at_most") return sdk::Bound::kAtMost;
  return bound == "about" ? sdk::Bound::kAbout : sdk::Bound::kExact;
}

}  // namespace

uint32_t Emitter::MentionOf(const Tree& tree, const Phrase& phrase) {
  if (phrase.empty()) return sdk::kNoId;
  const sdk::Span span = SpanOf(tree, phrase);
  const auto [at, added] = mentions_.try_emplace({span.begin, span.end}, sdk::kNoId);
  if (!added) return at->second;
  const Word& head = tree[phrase.head];
  sdk::Mention mention;
  mention.span = span;
  mention.kind = head.pos == Pos::kPron ? sdk::MentionKind::kPronoun : sdk::MentionKind::kNominal;
  mention.name = FilingName(tree, phrase);
  if (const int named = NameToken(tree, phrase); named != kNone) {
    const uint32_t row = static_cast<uint32_t>(tree[named].name);
    mention.kind = sdk::MentionKind::kName;
    mention.type = std::string(layers_.names().type[row]);
    mention.name =
        std::string(layers_.Text({layers_.names().begin[row], layers_.names().end[row]}));
  }
  LinkPronoun(head, &mention);
  at->second = sink_.Add(mention);
  return at->second;
}

void Emitter::LinkPronoun(const Word& head, sdk::Mention* mention) const {
  if (head.xpos != "PRP") return;
  const bool one = head.lemma == "he" || head.lemma == "she";
  if (!one && head.lemma != "they") return;
  mention->antecedent = one ? person_ : people_;
  if (mention->antecedent == sdk::kNoId) return;
  mention->confidence = one ? 0.7 : 0.5;
  mention->rule = "last actor";
}

void Emitter::Remember(const Tree& tree, const Phrase& phrase, uint32_t mention) {
  if (mention == sdk::kNoId) return;
  const int named = NameToken(tree, phrase);
  if (named != kNone && tree[named].person) person_ = mention;
  if (named == kNone && tree[phrase.head].xpos == "NNS") people_ = mention;
}

std::optional<sdk::TimeRange> Emitter::TimeOf(int value) const {
  if (value == kNone) return std::nullopt;
  const ValueLayer& values = layers_.values();
  const uint32_t row = static_cast<uint32_t>(value);
  if (values.from[row].empty() && values.to[row].empty()) return std::nullopt;
  return sdk::TimeRange{std::string(values.from[row]), std::string(values.to[row])};
}

std::optional<sdk::Quantity> Emitter::QuantityOf(int value) const {
  if (value == kNone) return std::nullopt;
  const ValueLayer& values = layers_.values();
  const uint32_t row = static_cast<uint32_t>(value);
  return sdk::Quantity{values.value[row], values.high[row], BoundOf(values.bound[row]),
                       std::string(values.unit[row])};
}

sdk::Qualifier Emitter::QualifierOf(const Tree& tree, const Qualifier& qualifier) {
  sdk::Qualifier out;
  out.role = ToSdk(qualifier.role);
  out.span = SpanOf(tree, qualifier.phrase);
  if (qualifier.named != kNone) {
    out.mention = MentionOf(tree, NounPhrase(tree, qualifier.named, kNone));
  }
  out.time = TimeOf(qualifier.value);
  return out;
}

void Emitter::AddQuantity(int value, sdk::Triple* triple) const {
  triple->quantity = QuantityOf(value);
  if (!triple->quantity) return;
  sdk::Qualifier qualifier;
  qualifier.role = sdk::Role::kQuantity;
  qualifier.span = {layers_.values().begin[static_cast<uint32_t>(value)],
                    layers_.values().end[static_cast<uint32_t>(value)]};
  qualifier.quantity = triple->quantity;
  triple->qualifiers.push_back(std::move(qualifier));
}

sdk::Attribution Emitter::AttributionTo(const Tree& tree, int head) {
  const Phrase phrase = NounPhrase(tree, head, kNone);
  const uint32_t mention = MentionOf(tree, phrase);
  Remember(tree, phrase, mention);
  return {SpanOf(tree, phrase), mention};
}

void Emitter::Emit(const Tree& tree, sdk::Span sentence, const Frame& frame,
                   const Statement& statement, const sdk::Attribution* speaker) {
  sdk::Triple triple;
  triple.span = sentence;
  triple.subject = MentionOf(tree, statement.subject);
  if (triple.subject == sdk::kNoId) return;
  Remember(tree, statement.subject, triple.subject);
  if (!statement.literal && !statement.object.empty()) {
    triple.object = MentionOf(tree, statement.object);
    if (triple.object == sdk::kNoId) return;
  }
  if (statement.literal && !statement.object.empty()) {
    triple.literal.type = sdk::LiteralType::kText;
    triple.literal.span = SpanOf(tree, statement.object);
  }
  triple.predicate = statement.predicate;
  triple.predicate_span = SpanOf(tree, statement.predicate_words);
  triple.polarity = ToSdk(frame.polarity);
  triple.modality = ToSdk(frame.modality);
  triple.confidence = frame.confidence;
  triple.time = TimeOf(statement.time);
  for (const Qualifier& q : statement.qualifiers) triple.qualifiers.push_back(QualifierOf(tree, q));
  AddQuantity(statement.quantity, &triple);
  if (speaker != nullptr) {
    triple.attributions.push_back(*speaker);
    if (triple.modality == sdk::Modality::kAsserted) triple.modality = sdk::Modality::kReported;
  }
  for (int source : frame.sources) {
    if (speaker != nullptr && IsFirstPerson(tree[source])) continue;
    triple.attributions.push_back(AttributionTo(tree, source));
  }
  triple.rule = RuleName(frame.rule);
  sink_.Add(triple);
}

}  // namespace dossier::openie
