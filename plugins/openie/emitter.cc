#include "plugins/openie/emitter.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "plugins/openie/phrase.h"
#include "plugins/sdk/times.h"

namespace dossier::openie {
namespace {

// Tables are flattened in many ways; about half of their cells are read as their makers meant.
constexpr double kCellConfidence = 0.5;

sdk::Span SpanOf(const Tree& tree, const Phrase& phrase) {
  if (phrase.empty()) return {};
  return {tree[phrase.begin].begin, tree[phrase.end - 1].end};
}

// A name that the parser took apart says nothing about itself: "the PORT of BRENN", when all of it
// is one name.
bool InOneName(const Tree& tree, const Phrase& a, const Phrase& b) {
  return !a.empty() && !b.empty() && tree[a.head].name != kNone &&
         tree[a.head].name == tree[b.head].name;
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

uint32_t Emitter::AddMention(const sdk::Mention& mention) {
  const auto [at, added] =
      mentions_.try_emplace({mention.span.begin, mention.span.end}, sdk::kNoId);
  if (!added) return at->second;
  at->second = sink_.Add(mention);
  if (mention.antecedent != sdk::kNoId) linked_.insert(at->first);
  return at->second;
}

uint32_t Emitter::MentionOf(const Tree& tree, const Phrase& phrase) {
  if (phrase.empty()) return sdk::kNoId;
  const sdk::Span span = SpanOf(tree, phrase);
  if (const auto known = mentions_.find({span.begin, span.end}); known != mentions_.end()) {
    return known->second;
  }
  const Word& head = tree[phrase.head];
  sdk::Mention mention;
  mention.span = span;
  mention.kind = head.pos == Pos::kPron ? sdk::MentionKind::kPronoun : sdk::MentionKind::kNominal;
  mention.name = FilingName(tree, phrase);
  if (const int named = NameToken(tree, phrase); named != kNone) {
    Name(tree[named].name, &mention);
    return AddMention(mention);
  }
  const std::optional<Link> link = Refer(tree, phrase, &mention);
  const uint32_t id = AddMention(mention);
  if (!link) return id;
  if (link->to.time != kNone) held_[id] = link->to.time;
  if (mention.kind == sdk::MentionKind::kPronoun && link->to.count != kNone) {
    counted_[id] = link->to.count;
  }
  return id;
}

uint32_t Emitter::RoleOf(const Tree& tree, Phrase phrase) {
  if (phrase.begin < phrase.head && tree[phrase.begin].pos == Pos::kDet) ++phrase.begin;
  sdk::Mention mention;
  mention.span = SpanOf(tree, phrase);
  // Where the same words stand for the person, the office is said in words only.
  if (linked_.contains({mention.span.begin, mention.span.end})) return sdk::kNoId;
  mention.kind = sdk::MentionKind::kNominal;
  mention.name = FilingName(tree, phrase);
  return AddMention(mention);
}

void Emitter::Name(int row, sdk::Mention* mention) {
  const uint32_t at = static_cast<uint32_t>(row);
  named_.insert(row);
  mention->kind = sdk::MentionKind::kName;
  mention->type = std::string(layers_.names().type[at]);
  mention->name = std::string(layers_.names().name[at]);
}

std::optional<Link> Emitter::Refer(const Tree& tree, const Phrase& phrase, sdk::Mention* mention) {
  if (const int name = NameInApposition(tree, phrase); name != kNone) {
    mention->antecedent = MentionOf(tree, NounPhrase(tree, name, kNone));
    mention->confidence = 0.9;
    mention->rule = "apposition";
    return std::nullopt;
  }
  std::optional<Link> link = coreference_.Find(tree, phrase);
  if (!link) return std::nullopt;
  const uint32_t antecedent = MentionOf(link->to);
  if (antecedent == sdk::kNoId) return std::nullopt;
  mention->antecedent = antecedent;
  mention->confidence = link->confidence;
  mention->rule = std::string(link->rule);
  return link;
}

void Emitter::EmitNames(const Tree& tree) {
  for (int i = 0; i < tree.size(); ++i) {
    const int row = tree[i].name;
    if (row == kNone || named_.contains(row)) continue;
    const uint32_t at = static_cast<uint32_t>(row);
    sdk::Mention mention;
    mention.span = {layers_.names().begin[at], layers_.names().end[at]};
    Name(row, &mention);
    AddMention(mention);
  }
}

void Emitter::EmitReferences(const Tree& tree) {
  for (int i = 0; i < tree.size(); ++i) {
    if (tree[i].xpos != "PRP" && (tree[i].pos != Pos::kNoun || tree[i].name != kNone)) continue;
    const Phrase phrase = NounPhrase(tree, i, kNone);
    if (RefersBack(tree, phrase)) MentionOf(tree, phrase);
  }
}

bool Emitter::RefersBack(const Tree& tree, const Phrase& phrase) {
  return NameInApposition(tree, phrase) != kNone || coreference_.Find(tree, phrase).has_value();
}

bool Emitter::IsKnownTitle(const Tree& tree, const Statement& statement) {
  std::vector<std::string_view>& known = titles_[tree[statement.subject.end - 1].text];
  bool all = true;
  for (int i = statement.object.begin; i < statement.object.end; ++i) {
    if (std::ranges::find(known, tree[i].text) != known.end()) continue;
    all = false;
    if (known.size() < kMostTitleWords) known.push_back(tree[i].text);
  }
  return all;
}

uint32_t Emitter::MentionOf(const Referent& referent) {
  sdk::Mention mention;
  mention.span = {referent.begin, referent.end};
  mention.kind = sdk::MentionKind::kNominal;
  mention.name = referent.name;
  if (referent.row != kNone) Name(referent.row, &mention);
  return AddMention(mention);
}

std::optional<sdk::TimeRange> Emitter::TimeOf(int value) const {
  if (value == kNone) return std::nullopt;
  const ValueLayer& values = layers_.values();
  const uint32_t row = static_cast<uint32_t>(value);
  return sdk::TripleTimes(values.from[row], values.to[row]);
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

void Emitter::AddTimeOfEvent(sdk::Triple* triple) const {
  const auto held = held_.find(triple->subject);
  if (triple->time || held == held_.end()) return;
  triple->time = TimeOf(held->second);
  if (!triple->time) return;
  sdk::Qualifier qualifier;
  qualifier.role = sdk::Role::kTime;
  qualifier.span = {layers_.values().begin[static_cast<uint32_t>(held->second)],
                    layers_.values().end[static_cast<uint32_t>(held->second)]};
  qualifier.time = triple->time;
  triple->qualifiers.push_back(std::move(qualifier));
}

void Emitter::AddCountOfPronoun(sdk::Triple* triple) const {
  for (const uint32_t mention : {triple->object, triple->subject}) {
    const auto counted = counted_.find(mention);
    if (!triple->quantity && counted != counted_.end()) AddQuantity(counted->second, triple);
  }
}

sdk::Attribution Emitter::AttributionTo(const Tree& tree, int head) {
  // "Oslo, Riga and their allies say": all of them in words, the first as the entity.
  const Phrase first = NounPhrase(tree, head, kNone);
  Phrase whole = first;
  for (int member : Members(tree, head)) {
    whole.end = std::max(whole.end, NounPhrase(tree, member, kNone).end);
  }
  return {SpanOf(tree, whole), MentionOf(tree, first)};
}

void Emitter::Emit(sdk::Span row, const CellStatement& cell) {
  const Tree& tree = cell.subject_row->tree;
  const Tree& labels = cell.predicate_row->tree;
  // The object stands in the row itself, which is the subject's or the predicate's.
  const Tree& objects = tree[cell.subject.begin].begin >= row.begin ? tree : labels;
  sdk::Triple triple;
  triple.span = row;
  triple.subject = MentionOf(tree, cell.subject);
  const int first = objects[cell.object.begin].value;
  if (first != kNone && first == objects[cell.object.end - 1].value) {  // "$40 million" alone
    triple.literal.type = sdk::LiteralType::kText;
    triple.literal.span = SpanOf(objects, cell.object);
  } else {
    triple.object = MentionOf(objects, cell.object);
    if (triple.object == sdk::kNoId) return;
  }
  if (triple.subject == sdk::kNoId) return;
  triple.predicate_span = SpanOf(labels, cell.predicate);
  triple.predicate = Lower(layers_.Text(triple.predicate_span));
  triple.confidence = kCellConfidence;
  for (int i = cell.object.begin; i < cell.object.end; ++i) {
    const int value = objects[i].value;
    if (value == kNone) continue;
    if (objects[i].is_time) {
      triple.time = TimeOf(value);
    } else if (!triple.quantity) {
      AddQuantity(value, &triple);
    }
  }
  triple.rule = "cell";
  sink_.Add(triple);
}

void Emitter::Emit(const Tree& tree, sdk::Span sentence, const Frame& frame,
                   const Statement& statement, const sdk::Attribution* speaker) {
  const bool title = frame.rule == Rule::kTitle;  // may stand within a person's name
  if (!title && InOneName(tree, statement.subject, statement.object)) return;
  sdk::Triple triple;
  triple.span = sentence;
  triple.subject = MentionOf(tree, statement.subject);
  if (triple.subject == sdk::kNoId) return;
  if (title && IsKnownTitle(tree, statement)) return;
  if (!statement.literal && !statement.object.empty()) {
    const bool role = title || frame.rule == Rule::kApposition;
    triple.object = role ? RoleOf(tree, statement.object) : MentionOf(tree, statement.object);
    if (triple.object == sdk::kNoId && !role) return;
  }
  if (triple.object == sdk::kNoId && !statement.object.empty()) {
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
  AddTimeOfEvent(&triple);
  AddQuantity(statement.quantity, &triple);
  AddCountOfPronoun(&triple);
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
