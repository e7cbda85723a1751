#include "server/ingest/document_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "server/base/utf8.h"
#include "server/ingest/capitals.h"
#include "server/ingest/known_names.h"
#include "server/ingest/names.h"
#include "server/model/name_form.h"

namespace dossier {
namespace {

constexpr std::string_view kPerson = "PERSON";

// Words in front of a description that only the document can fill.
constexpr std::string_view kDeterminers =
    " a an another her his its my our some such that the their these this those whose your"
    " yours ";

std::string_view InBrackets(std::string_view name, std::size_t open) {
  return name.substr(open + 1, name.size() - open - 2);
}

bool IsPossessive(std::string_view word) { return word.ends_with("'s") || word.ends_with("’s"); }

// The form of a name is the key of what every document may mean by it. What only this document can
// mean begins with a space, as no form does: the document's id, counted like a netstring, then the
// description.
std::string DescriptionKey(const Document& document, std::string_view form) {
  return fmt::format(" {}:{}:{}", document.id.size(), document.id, form);
}
std::string PlaceKey(const Document& document, Span span) {
  return fmt::format(" {}:{}@{}-{}", document.id.size(), document.id, span.begin, span.end);
}

// "the meeting", "their new minister", "a spokesman": the words single nothing out beyond the
// document. A description of several words that holds a name ("the Korean troops") does.
bool NeedsDocument(std::string_view words, std::string_view clean_name) {
  const std::vector<std::string_view> said = SplitWords(words);
  const std::vector<std::string_view> name = SplitWords(clean_name);
  if (said.empty() || name.empty()) {
    return true;
  }
  const bool owned = IsPossessive(said.front()) && name.front() != said.front();
  const std::string first = FoldName(said.front());
  if (!owned && !HasWord(kDeterminers, first)) {
    return false;
  }
  return name.size() == 1 || std::none_of(name.begin(), name.end(), [](std::string_view word) {
           return FoldName(word) != word;
         });
}

// Where the word that `text` has at `end` goes on: "Jang" of "Jang-won".
std::size_t EndOfHyphenated(std::string_view text, std::size_t end) {
  while (end + 1 < text.size() && text[end] == '-' &&
         std::isalpha(static_cast<unsigned char>(text[end + 1])) != 0) {
    ++end;
    while (end < text.size() && std::isalpha(static_cast<unsigned char>(text[end])) != 0) {
      ++end;
    }
  }
  return end;
}

// A person's name with the capitalised words that follow it in the words of the mention, which an
// extractor may have cut short: "Hale" of "President Hale Bo Min" is "Hale Bo Min".
std::string WholeName(const Document& document, Span span, const std::string& name) {
  const std::string_view text = document.text;
  const std::string_view words =
      text.substr(span.begin, EndOfHyphenated(text, span.end) - span.begin);
  const std::size_t at = words.rfind(name);
  if (at == std::string_view::npos) {
    return name;
  }
  std::size_t end = EndOfHyphenated(words, at + name.size());
  while (end + 1 < words.size() && words[end] == ' ') {
    const std::size_t next = std::min(words.find(' ', end + 1), words.size());
    const std::string_view word = words.substr(end + 1, next - end - 1);
    const bool capitalised =
        std::all_of(
            word.begin(), word.end(),
            [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '-'; }) &&
        FoldName(word.substr(0, 1)) != word.substr(0, 1);
    if (!capitalised) {
      break;
    }
    end = next;
  }
  return std::string(words.substr(at, end - at));
}

bool IsOneWord(std::string_view form) { return form.find(' ') == std::string_view::npos; }

}  // namespace

void DocumentNames::Claims::Add(const std::string& form, const std::string& key) {
  const auto [it, added] = claims_.try_emplace(form, Claim{key});
  it->second.disputed |= it->second.key != key;
}

const DocumentNames::Claims::Claim* DocumentNames::Claims::Find(const std::string& form) const {
  const auto it = claims_.find(form);
  return it == claims_.end() ? nullptr : &it->second;
}

DocumentNames::DocumentNames(const Document& document,
                             const std::vector<ExtractedMention>& mentions)
    : document_(document), mentions_(mentions) {
  const std::vector<Acronym> introduced = FindAcronyms(document.text);
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    ReadName(i, introduced);
  }
  ReadAcronyms(introduced);
}

bool DocumentNames::IsPersonName(std::size_t i) const {
  return IsName(i) && mentions_[i].type == kPerson;
}

// The clean name of a mention, and what it may be called for short.
void DocumentNames::ReadName(std::size_t i, const std::vector<Acronym>& introduced) {
  std::string name = CleanName(mentions_[i].name);
  const auto bracket = name.rfind(" (");
  if (bracket != std::string::npos && name.ends_with(')')) {
    const std::string letters = AcronymForm(InBrackets(name, bracket + 1));
    if (std::any_of(introduced.begin(), introduced.end(),
                    [&](const Acronym& acronym) { return acronym.letters == letters; })) {
      name.resize(bracket);
    }
  }
  std::string form;
  if (IsPersonName(i)) {
    const std::string person = WithoutTitles(WholeName(document_, mentions_[i].span, name));
    form = NameForm(person);
    const PersonName parts = SplitPersonName(form);
    if (!parts.given.empty()) {
      people_.Add(parts.surname, form);
      people_.Add(std::string(parts.first()), form);
      name = person;
    } else {
      form = NameForm(name);
    }
  } else if (IsName(i)) {
    form = NameForm(WithoutLegalForm(name));
    if (const std::string brief = WithoutGenericEnd(name); brief != name) {
      short_names_.Add(NameForm(brief), form);
    }
  } else {
    form = NameForm(name);
  }
  forms_.push_back(std::move(form));
  names_.push_back(std::move(name));
}

// An acronym stands for the name that ends where its long form does and holds all of it, the
// longest such; failing that, for the long form itself.
void DocumentNames::ReadAcronyms(const std::vector<Acronym>& introduced) {
  std::multimap<uint32_t, std::size_t> by_end;
  for (std::size_t i = 0; i < mentions_.size(); ++i) {
    if (IsName(i)) {
      by_end.emplace(mentions_[i].span.end, i);
    }
  }
  for (const Acronym& acronym : introduced) {
    const Span long_form = acronym.long_form;
    Span widest = long_form;
    std::string key = NameForm(CleanName(Slice(document_.text, long_form)));
    const auto [first, last] = by_end.equal_range(long_form.end);
    for (auto it = first; it != last; ++it) {
      const Span span = mentions_[it->second].span;
      if (span.begin <= widest.begin && !forms_[it->second].empty()) {
        widest = span;
        key = forms_[it->second];
      }
    }
    acronyms_.Add(acronym.letters, key);
  }
}

ResolvedMention DocumentNames::Link(std::size_t i) const {
  const ExtractedMention& mention = mentions_[i];
  const std::string& name = names_[i];
  const std::string& form = forms_[i];
  if (mention.kind == MentionKind::kPronoun || form.empty()) {
    return {PlaceKey(document_, mention.span), name, "self"};
  }
  if (const auto* claim = acronyms_.Find(AcronymForm(name)); claim && !claim->disputed) {
    return {claim->key, name, "acronym"};
  }
  if (auto known = ByKnownName(i)) {
    return *std::move(known);
  }
  if (mention.kind == MentionKind::kNominal &&
      NeedsDocument(Slice(document_.text, mention.span), name)) {
    return {DescriptionKey(document_, form), name, "name"};
  }
  if (auto part = IsPersonName(i) ? ByPartOfPerson(i) : ByShortName(i)) {
    return *std::move(part);
  }
  if (auto owned = ByCountry(i)) {
    return *std::move(owned);
  }
  return {form, name, FoldName(name) == form ? "name" : "spelling"};
}

// One word is too little to tell a person from a place of that name.
std::optional<ResolvedMention> DocumentNames::ByKnownName(std::size_t i) const {
  const KnownName* known = FindKnownName(names_[i]);
  if (known == nullptr || (IsPersonName(i) && IsOneWord(forms_[i]))) {
    return std::nullopt;
  }
  const bool usual = known->key == forms_[i];
  switch (known->sort) {
    case NameSort::kCountry:
      return ResolvedMention{known->key, names_[i], usual ? "name" : "country"};
    case NameSort::kOrganisation:
      return ResolvedMention{known->key, names_[i], usual ? "name" : "organisation"};
    case NameSort::kDemonym:
      return ResolvedMention{known->key, names_[i], "demonym"};
    case NameSort::kCapital:
      if (StandsForGovernment(document_.text, mentions_[i].span)) {
        return ResolvedMention{known->key, names_[i], "capital"};
      }
      return std::nullopt;
  }
  return std::nullopt;
}

// One name is a person only together with the full name that the document gives for it. One that
// several people share, or nobody is named in full by, stays in the document.
std::optional<ResolvedMention> DocumentNames::ByPartOfPerson(std::size_t i) const {
  const std::string person = WithoutTitles(names_[i]);
  const std::string form = NameForm(person);
  if (!SplitPersonName(form).given.empty()) {
    return std::nullopt;
  }
  const auto* claim = people_.Find(form);
  if (claim == nullptr || claim->disputed) {
    return ResolvedMention{DescriptionKey(document_, form), names_[i], "name"};
  }
  const bool surname = SplitPersonName(claim->key).surname == form;
  return ResolvedMention{claim->key, person, surname ? "surname" : "first name"};
}

std::optional<ResolvedMention> DocumentNames::ByShortName(std::size_t i) const {
  const auto* claim = short_names_.Find(forms_[i]);
  if (claim == nullptr || claim->disputed || FoldName(names_[i]) == names_[i]) {
    return std::nullopt;
  }
  return ResolvedMention{claim->key, names_[i], "short name"};
}

// "Russia's navy" is the Russian navy.
std::optional<ResolvedMention> DocumentNames::ByCountry(std::size_t i) const {
  const CountryAndRest parts = SplitCountry(names_[i]);
  if (IsPersonName(i) || parts.country == nullptr) {
    return std::nullopt;
  }
  std::string key = fmt::format("{} {}", parts.country->key, NameForm(parts.rest));
  const bool same = key == forms_[i];
  return ResolvedMention{std::move(key), names_[i], same ? "name" : "demonym"};
}

}  // namespace dossier
