#include "server/ingest/acronyms.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "server/base/utf8.h"
#include "server/ingest/names.h"

namespace dossier {
namespace {

constexpr std::size_t kMaxWords = 2 * kMaxAcronymLetters + 4;
constexpr std::size_t kMaxLongFormBytes = 200;

// Words that need not give a letter.
constexpr std::string_view kSilent = " & and at by da de des du for in la of on the to with ";

std::vector<std::string_view> Characters(std::string_view text) {
  std::vector<std::string_view> characters;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    while (!IsCharacterBoundary(text, end)) {
      ++end;
    }
    characters.push_back(text.substr(at, end - at));
    at = end;
  }
  return characters;
}

std::string_view Initial(std::string_view folded_word) {
  const auto at = folded_word.find_first_not_of("\"'");
  if (at == std::string_view::npos) {
    return {};
  }
  return Characters(folded_word.substr(at)).front();
}

// At least two letters of it are capitals: folding changes them.
bool LooksLikeAcronym(std::string_view word) {
  if (AcronymForm(word).empty()) {
    return false;
  }
  const auto letters = Characters(word);
  return std::count_if(letters.begin(), letters.end(),
                       [](std::string_view letter) { return FoldName(letter) != letter; }) >= 2;
}

// Reads `words` backwards against the letters. Returns where the words begin that spell all of the
// letters: the first of the shortest such run that ends with the last word. The state is the set of
// letters that may be left, one bit each.
std::optional<std::size_t> Spells(const std::vector<std::string_view>& words,
                                  const std::vector<std::string_view>& letters) {
  const std::size_t all = letters.size();
  uint32_t done = 1;  // bit n: the last n letters have been found
  for (std::size_t w = words.size(); w-- > 0 && done != 0;) {
    const std::string word = FoldName(words[w]);
    std::vector<std::string> parts = {std::string(Initial(word))};
    for (std::size_t at = word.find('-'); at != std::string::npos && parts.size() <= all;
         at = word.find('-', at + 1)) {
      parts.emplace_back(Initial(std::string_view(word).substr(at + 1)));
    }
    const bool silent = HasWord(kSilent, word);
    uint32_t next = silent ? done : 0;
    for (std::size_t n = 0; n < all; ++n) {
      if ((done >> n & 1) == 0) {
        continue;
      }
      if (letters[all - 1 - n] == parts.front()) {
        next |= 1u << (n + 1);
      }
      if (parts.size() > 1 && n + parts.size() <= all &&
          std::equal(parts.begin(), parts.end(),
                     letters.end() - static_cast<std::ptrdiff_t>(n + parts.size()))) {
        next |= 1u << (n + parts.size());
      }
    }
    if ((next >> all & 1) != 0) {
      return w;
    }
    done = next;
  }
  return std::nullopt;
}

Span SpanOf(std::string_view text, std::string_view first, std::string_view last) {
  const auto begin = static_cast<uint32_t>(first.data() - text.data());
  return {begin, static_cast<uint32_t>(last.data() - text.data() +
                                       static_cast<std::ptrdiff_t>(last.size()))};
}

// The words right before `end`, as far as a long form may reach: not over the end of a sentence or
// another bracket.
std::vector<std::string_view> WordsBefore(std::string_view text, std::size_t end) {
  std::size_t begin = end > kMaxLongFormBytes ? end - kMaxLongFormBytes : 0;
  while (!IsCharacterBoundary(text, begin)) {
    ++begin;
  }
  std::vector<std::string_view> words = SplitWords(text.substr(begin, end - begin));
  const auto ends_here = [](std::string_view word) {
    return std::string_view(".,;:!?()").find(word.back()) != std::string_view::npos;
  };
  const auto stop = std::find_if(words.rbegin(), words.rend(), ends_here);
  words.erase(words.begin(), stop.base());
  if (words.size() > kMaxWords) {
    words.erase(words.begin(), words.end() - static_cast<std::ptrdiff_t>(kMaxWords));
  }
  return words;
}

// What the bracket at [open, close] introduces, if it does.
std::optional<Acronym> Introduced(std::string_view text, std::size_t open, std::size_t close) {
  const auto inside = SplitWords(text.substr(open + 1, close - open - 1));
  if (inside.size() == 1 && LooksLikeAcronym(inside.front())) {
    const auto before = WordsBefore(text, open);
    const std::string letters = AcronymForm(inside.front());
    if (const auto first = Spells(before, Characters(letters))) {
      return Acronym{letters, SpanOf(text, before[*first], before.back())};
    }
  } else if (inside.size() > 1 && inside.size() <= kMaxWords) {
    const auto before = WordsBefore(text, open);
    if (before.empty() || !LooksLikeAcronym(before.back())) {
      return std::nullopt;
    }
    const std::string letters = AcronymForm(before.back());
    const auto first = Spells(inside, Characters(letters));
    const std::size_t article = FoldName(inside.front()) == "the" ? 1 : 0;
    if (first && *first <= article) {
      return Acronym{letters, SpanOf(text, inside[*first], inside.back())};
    }
  }
  return std::nullopt;
}

}  // namespace

std::string AcronymForm(std::string_view name) {
  std::string form = FoldName(name);
  std::erase(form, '.');
  const auto letters = Characters(form);
  const bool fits = letters.size() >= 2 && letters.size() <= kMaxAcronymLetters &&
                    form.find(' ') == std::string::npos;
  return fits ? form : std::string();
}

std::vector<Acronym> FindAcronyms(std::string_view text) {
  std::vector<Acronym> found;
  for (std::size_t open = text.find('('); open != std::string_view::npos;
       open = text.find('(', open + 1)) {
    const std::string_view rest = text.substr(open + 1, kMaxLongFormBytes);
    const std::size_t close = rest.find_first_of("()");
    if (close == std::string_view::npos || rest[close] == '(') {
      continue;
    }
    if (auto acronym = Introduced(text, open, open + 1 + close)) {
      found.push_back(*std::move(acronym));
    }
  }
  return found;
}

}  // namespace dossier
