#include "server/ingest/names.h"

#include <cstddef>
#include <span>

#include "server/base/utf8.h"

namespace dossier {
namespace {

constexpr std::string_view kTitles =
    " adm admiral amb ambassador brigadier capt captain chairman chairwoman chancellor chief"
    " col colonel commander congressman congresswoman director dr gen general gov governor"
    " hon judge justice lady lieutenant lord lt maj major marshal mayor minister miss mr mrs"
    " ms premier president prof professor rep representative rev secretary secretary-general"
    " sen senator sergeant sgt sir speaker spokesman spokesperson spokeswoman ";
// Words that belong to the title that follows them, or stands before them with "of".
constexpr std::string_view kTitleModifiers =
    " acting defence defense deputy finance foreign former health interior prime staff state"
    " vice ";
constexpr std::string_view kParticles =
    " al bin da de del den der di dos du el ibn la le ter van von zu ";
constexpr std::string_view kLegalForms = " ag corp gmbh inc llc ltd plc ";
// What is left of a name should say more than these.
constexpr std::string_view kGenericEnds =
    " agency airlines bank broadcasting broadcaster co company corporation group holding holdings"
    " international limited media network news newspaper press ";
constexpr std::string_view kSuffixes = " ii iii iv jr junior sr ";

bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool ConsumeSuffix(std::string_view* text, std::string_view suffix) {
  if (text->size() <= suffix.size() || !text->ends_with(suffix)) {
    return false;
  }
  text->remove_suffix(suffix.size());
  return true;
}

std::string WithoutDot(std::string_view word) {
  ConsumeSuffix(&word, ".");
  return std::string(word);
}

std::string Join(std::span<const std::string_view> words) {
  std::string joined;
  for (const std::string_view word : words) {
    joined.append(joined.empty() ? "" : " ").append(word);
  }
  return joined;
}

}  // namespace

bool HasWord(std::string_view list, std::string_view word) {
  for (std::size_t at = list.find(word); at != std::string_view::npos;
       at = list.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if (at > 0 && list[at - 1] == ' ' && end < list.size() && list[end] == ' ') {
      return true;
    }
  }
  return false;
}

std::vector<std::string_view> SplitWords(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && !IsSpace(text[end])) {
      ++end;
    }
    if (end > at) {
      words.push_back(text.substr(at, end - at));
    }
    at = end + 1;
  }
  return words;
}

std::string CleanName(std::string_view name) {
  std::vector<std::string_view> words = SplitWords(name);
  if (words.size() > 1 && FoldName(words.front()) == "the") {
    words.erase(words.begin());
  }
  if (words.empty()) {
    return std::string();
  }
  for (const std::string_view possessive : {"'s", "’s", "'", "’"}) {
    if (words.size() > 1 && words.back() == possessive) {
      words.pop_back();
      break;
    }
    if (ConsumeSuffix(&words.back(), possessive)) {
      break;
    }
  }
  return Join(words);
}

std::string WithoutTitles(std::string_view clean_name) {
  const std::vector<std::string_view> words = SplitWords(clean_name);
  std::size_t first = 0;
  bool in_front = true;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const std::string word = WithoutDot(FoldName(words[i]));
    if (!HasWord(kTitles, word)) {
      in_front = in_front && HasWord(kTitleModifiers, word);
    } else if (FoldName(words[i + 1]) == "of") {
      if (i + 3 < words.size() && HasWord(kTitleModifiers, FoldName(words[i + 2]))) {
        first = i + 3;  // "Secretary of State"
      }
    } else if (in_front || i + 2 < words.size()) {
      first = i + 1;
    }
  }
  return Join(std::span(words).subspan(first));
}

std::string WithoutLegalForm(std::string_view clean_name) {
  std::vector<std::string_view> words = SplitWords(clean_name);
  if (words.size() < 2 || !HasWord(kLegalForms, WithoutDot(FoldName(words.back()))) ||
      HasWord(kGenericEnds, FoldName(words[words.size() - 2]))) {
    return std::string(clean_name);
  }
  words.pop_back();
  ConsumeSuffix(&words.back(), ",");
  return Join(words);
}

std::string WithoutGenericEnd(std::string_view clean_name) {
  std::vector<std::string_view> words = SplitWords(clean_name);
  while (words.size() > 1 && HasWord(kGenericEnds, FoldName(words.back()))) {
    words.pop_back();
  }
  const bool names = !words.empty() && !HasWord(kGenericEnds, FoldName(words.back()));
  return names ? Join(words) : std::string(clean_name);
}

PersonName SplitPersonName(std::string_view name_form) {
  std::vector<std::string_view> words = SplitWords(name_form);
  while (words.size() > 1 && HasWord(kSuffixes, WithoutDot(words.back()))) {
    words.pop_back();
    ConsumeSuffix(&words.back(), ",");
  }
  if (words.empty()) {
    return {};
  }
  std::size_t begin = words.size() - 1;
  while (begin > 0 && HasWord(kParticles, words[begin - 1])) {
    --begin;
  }
  const std::span all(words);
  return {Join(all.first(begin)), Join(all.subspan(begin))};
}

}  // namespace dossier
