#include "plugins/rules/speaker.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

#include "plugins/sdk/times.h"

namespace dossier::rules {
namespace {

// Relations of words before a noun that belong to what it names; of words that only lead up to it,
// "the", "his" and "3,000", which the mention has and its name has not; and of words behind.
constexpr std::array<std::string_view, 4> kBefore = {"amod", "compound", "fixed", "flat"};
constexpr std::array<std::string_view, 3> kLeading = {"det", "nummod", "nmod"};
constexpr std::array<std::string_view, 3> kBehind = {"compound", "fixed", "flat"};

// Words beyond that name nothing; hosts refuse longer names, literals and predicates.
constexpr uint32_t kMaxMentionBytes = 1000;

template <typename List>
bool IsOneOf(const List& list, std::string_view relation) {
  return std::find(list.begin(), list.end(), relation.substr(0, relation.find(':'))) != list.end();
}

std::string NumberText(double value) {
  std::array<char, 32> text;
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() ? std::string(text.data(), end) : std::string();
}

sdk::Bound BoundOf(std::string_view bound) {
  if (bound == "at_least") return sdk::Bound::kAtLeast;
  if (bound == "at_most") return sdk::Bound::kAtMost;
  return bound == "about" ? sdk::Bound::kAbout : sdk::Bound::kExact;
}

std::optional<sdk::TimeRange> TimeOf(const Values& values, uint32_t row) {
  return sdk::TripleTimes(values.from[row], values.to[row]);
}

sdk::Quantity QuantityOf(const Values& values, uint32_t row) {
  return {values.value[row], values.high[row], BoundOf(values.bound[row]),
          std::string(values.unit[row])};
}

}  // namespace

void Speaker::Say(const Rule& rule, uint32_t sentence, const Bindings& bindings) {
  for (const MentionAction& action : rule.mentions) {
    if (bindings[action.variable].bound()) {
      MentionOf(bindings[action.variable], action.type, action.name);
    }
  }
  for (const TripleAction& action : rule.triples) SayTriple(rule, action, sentence, bindings);
}

Binding Speaker::Phrase(const Binding& binding) const {
  if (!binding.by_arc) return binding;
  Binding phrase = binding;
  const auto belongs = [&](uint32_t token, const auto& relations) {
    const uint32_t head = tokens_.Head(token);
    return head != kNoRow && head >= phrase.begin && head < phrase.end &&
           IsOneOf(relations, tokens_.Text(token, Attribute::kDep));
  };
  const uint32_t row = tokens_.NameRow(binding.begin);
  const uint32_t size = tokens_.size();
  if (row != kNoRow) {
    while (phrase.begin > 0 && tokens_.NameRow(phrase.begin - 1) == row) --phrase.begin;
    while (phrase.end < size && tokens_.NameRow(phrase.end) == row) ++phrase.end;
    return phrase;
  }
  while (phrase.begin > 0 &&
         (belongs(phrase.begin - 1, kBefore) || belongs(phrase.begin - 1, kLeading))) {
    --phrase.begin;
  }
  while (phrase.end < size && belongs(phrase.end, kBehind)) ++phrase.end;
  return phrase;
}

uint32_t Speaker::MentionOf(const Binding& binding, const std::string& type,
                            const std::string& name) {
  const Binding phrase = Phrase(binding);
  const uint32_t head = HeadOf(tokens_, phrase);
  const uint32_t row = tokens_.NameRow(head);
  sdk::Mention mention;
  mention.span = tokens_.SpanOf(phrase.begin, phrase.end);
  if (mention.span.end - mention.span.begin > kMaxMentionBytes) return sdk::kNoId;
  if (row != kNoRow) {
    mention.type = tokens_.names().type[row];
    mention.name = tokens_.names().name[row];
  } else if (name.empty()) {
    mention.kind = tokens_.Text(head, Attribute::kPos) == "PRON" ? sdk::MentionKind::kPronoun
                                                                 : sdk::MentionKind::kNominal;
  }
  if (binding.by_arc && row == kNoRow) {
    uint32_t first = phrase.begin;
    while (first < head && IsOneOf(kLeading, tokens_.Text(first, Attribute::kDep))) ++first;
    mention.name = tokens_.Words(tokens_.SpanOf(first, phrase.end));
  }
  if (!type.empty()) mention.type = type;
  if (!name.empty()) mention.name = name;
  const auto [known, added] = mentions_.try_emplace(
      std::tuple(mention.span.begin, mention.span.end, mention.type, mention.name), sdk::kNoId);
  if (added) known->second = sink_->Add(mention);
  return known->second;
}

std::optional<uint32_t> Speaker::ValueOf(const Binding& binding) const {
  for (uint32_t token = binding.begin; token < binding.end; ++token) {
    if (tokens_.ValueRow(token) != kNoRow) return tokens_.ValueRow(token);
  }
  for (const uint32_t token : tokens_.Dependents(HeadOf(tokens_, binding))) {
    if (tokens_.Text(token, Attribute::kDep) == "nummod" && tokens_.ValueRow(token) != kNoRow) {
      return tokens_.ValueRow(token);
    }
  }
  return std::nullopt;
}

std::optional<sdk::Literal> Speaker::LiteralOf(sdk::LiteralType type,
                                               const Binding& binding) const {
  const Binding phrase = Phrase(binding);
  sdk::Literal literal{type, tokens_.SpanOf(phrase.begin, phrase.end)};
  if (literal.span.end - literal.span.begin > kMaxMentionBytes) return std::nullopt;
  if (type == sdk::LiteralType::kText) return literal;
  const std::optional<uint32_t> row = ValueOf(binding);
  if (!row) return std::nullopt;
  const Values& values = tokens_.values();
  const bool is_time = values.kind[*row] == "time";
  if (is_time != (type == sdk::LiteralType::kTime)) return std::nullopt;
  literal.span = {values.begin[*row], values.end[*row]};
  if (!is_time) {
    literal.value = NumberText(values.value[*row]);
  } else if (const auto time = TimeOf(values, *row)) {
    literal.value = time->from == time->to ? time->from : time->from + "/" + time->to;
  }
  return literal;
}

std::string Speaker::Lemmas(const Binding& binding) const {
  std::string lemmas;
  for (uint32_t token = binding.begin; token < binding.end; ++token) {
    if (!lemmas.empty()) lemmas += ' ';
    lemmas += tokens_.Text(token, Attribute::kLemma);
  }
  return lemmas;
}

void Speaker::AddRole(const RoleAction& action, const Bindings& bindings, sdk::Triple* triple) {
  const Binding& binding = bindings[action.variable];
  if (!binding.bound()) return;
  const Binding phrase = Phrase(binding);
  sdk::Qualifier qualifier;
  qualifier.role = action.role;
  qualifier.span = tokens_.SpanOf(phrase.begin, phrase.end);
  const std::optional<uint32_t> row = ValueOf(binding);
  const bool is_time = row && tokens_.values().kind[*row] == "time";
  if (action.role == sdk::Role::kTime && is_time) {
    qualifier.time = TimeOf(tokens_.values(), *row);
    if (!triple->time) triple->time = qualifier.time;
  } else if (action.role == sdk::Role::kQuantity && row && !is_time) {
    qualifier.span = {tokens_.values().begin[*row], tokens_.values().end[*row]};
    qualifier.quantity = QuantityOf(tokens_.values(), *row);
    if (!triple->quantity) triple->quantity = qualifier.quantity;
  } else if (action.role != sdk::Role::kTime && action.role != sdk::Role::kQuantity) {
    qualifier.mention = MentionOf(binding, "", "");
  }
  triple->qualifiers.push_back(std::move(qualifier));
}

void Speaker::SayTriple(const Rule& rule, const TripleAction& action, uint32_t sentence,
                        const Bindings& bindings) {
  if (!bindings[action.subject].bound()) return;
  if (action.object && !bindings[*action.object].bound()) return;
  sdk::Triple triple;
  triple.span = tokens_.SentenceSpan(sentence);
  triple.predicate = action.predicate;
  if (action.predicate.empty()) {
    const Binding& predicate = bindings[action.predicate_variable];
    if (!predicate.bound()) return;
    triple.predicate = Lemmas(predicate);
    if (triple.predicate.size() > kMaxMentionBytes) return;
    triple.predicate_span = tokens_.SpanOf(predicate.begin, predicate.end);
  }
  if (action.literal != sdk::LiteralType::kNone) {
    auto literal = LiteralOf(action.literal, bindings[*action.object]);
    if (!literal) return;
    triple.literal = *std::move(literal);
  }
  // The kinds and names that a mention of the rule gives its variable hold in its triples.
  const auto mention_of = [&](uint32_t variable) {
    const auto said = std::find_if(rule.mentions.begin(), rule.mentions.end(),
                                   [&](const MentionAction& m) { return m.variable == variable; });
    return said == rule.mentions.end() ? MentionOf(bindings[variable], "", "")
                                       : MentionOf(bindings[variable], said->type, said->name);
  };
  triple.subject = mention_of(action.subject);
  if (triple.subject == sdk::kNoId) return;
  if (action.object && action.literal == sdk::LiteralType::kNone) {
    triple.object = mention_of(*action.object);
    if (triple.object == sdk::kNoId) return;
  }
  for (const RoleAction& role : action.roles) AddRole(role, bindings, &triple);
  for (const uint32_t speaker : action.speakers) {
    if (!bindings[speaker].bound()) continue;
    const Binding phrase = Phrase(bindings[speaker]);
    triple.attributions.push_back({tokens_.SpanOf(phrase.begin, phrase.end), mention_of(speaker)});
  }
  triple.polarity = action.polarity;
  triple.modality = action.modality.value_or(
      triple.attributions.empty() ? sdk::Modality::kAsserted : sdk::Modality::kReported);
  triple.confidence = action.confidence;
  triple.rule = rule.name;
  sink_->Add(triple);
}

}  // namespace dossier::rules
