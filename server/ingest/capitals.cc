#include "server/ingest/capitals.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "server/base/utf8.h"
#include "server/ingest/names.h"

namespace dossier {
namespace {

constexpr std::size_t kWindowBytes = 160;  // of the text before and after that is looked at

// What a town has and a government has not, or not so often.
constexpr std::string_view kOfTowns =
    " airport airports area centre center church churches district districts downtown east main"
    " mayor metro museum museums neighbourhood neighborhood north outskirts people population port"
    " residents skyline south square station streets subway suburb suburbs university west ";
constexpr std::string_view kBeforeSomebody = " against between by with ";
// Words that begin a clause.
constexpr std::string_view kBeforeClause =
    " although as because but how if said saying says since so that though unless what when where"
    " whether which while why yet ";
// Verbs that are done to somebody.
constexpr std::string_view kDoneToSomebody =
    " accuse accused accuses accusing allow allowed allowing allows arm armed arming ask asked"
    " asking asks assist assisted assure assured blame blamed blames blaming condemn condemned"
    " condemning convince convinced criticise criticised criticize criticized deter deterred"
    " enable enabled enables enabling encourage encouraged encourages force forced forces forcing"
    " help helped helping helps let lets letting persuade persuaded press pressed pressing pressure"
    " pressured pressuring prevent prevented prevents punish punished pushing supply supplying"
    " sanction sanctioned tell telling tells thank thanked told urge urged urges urging want wanted"
    " wants warn warned warning warns ";
// With one of these before it, "to" leads to somebody who is given something.
constexpr std::string_view kGiven =
    " aid ammunition apology arms assistance assurances close commitment concessions credit credits"
    " donated fighters funding funds gave give given giving guarantees help loan loans loyal"
    " message missiles money offer offered offering offers oil payment payments pledge pledged"
    " promise promised promises provide provided provides providing provision respond responded"
    " response sell selling sells shells sold supplied supplies supply supplying support tanks"
    " technology transfer transferred transferring warning weapon weapons ";
constexpr std::size_t kGivenWithin = 6;  // words before "to"

bool IsCapitalised(std::string_view word) { return FoldName(word) != word; }

// The words right before `begin`, back to the end of the sentence or line before, without quotation
// marks. A comma, semicolon or colon is a word.
std::vector<std::string> WordsBefore(std::string_view text, std::size_t begin) {
  std::size_t from = begin > kWindowBytes ? begin - kWindowBytes : 0;
  while (!IsCharacterBoundary(text, from)) {
    ++from;
  }
  std::string_view window = text.substr(from, begin - from);
  window.remove_prefix(std::min(window.size(), window.find_last_of("\n\r") + 1));
  std::vector<std::string> words;
  for (std::string_view piece : SplitWords(window)) {
    std::string word(piece);
    for (const std::string_view mark : {"“", "”", "\"", "(", "[", "‘"}) {
      for (std::size_t at = word.find(mark); at != std::string::npos; at = word.find(mark)) {
        word.erase(at, mark.size());
      }
    }
    if (word.empty()) {
      continue;
    }
    const char last = word.back();
    if (last == '.' || last == '!' || last == '?') {
      // An initial or abbreviation of a letter or two does not end a sentence.
      if (word.size() > 3) {
        words.clear();
        continue;
      }
    } else if (last == ',' || last == ';' || last == ':') {
      word.pop_back();
      words.push_back(word);
      words.emplace_back(1, last);
      continue;
    }
    words.push_back(word);
  }
  return words;
}

// What follows a name: whether it is the owner of it, whether something is set off, the next word.
struct After {
  bool owner = false;
  bool set_off = false;
  std::string_view word;
};

After ReadAfter(std::string_view text, Span span) {
  std::string_view rest = text.substr(span.end, kWindowBytes);
  After after;
  for (const std::string_view possessive : {"'s", "’s"}) {
    if (Slice(text, span).ends_with(possessive)) {
      after.owner = true;
    } else if (rest.starts_with(possessive)) {
      after.owner = true;
      rest.remove_prefix(possessive.size());
    }
  }
  after.set_off = !rest.empty() && rest.front() != ' ';
  const std::vector<std::string_view> words = SplitWords(rest.substr(0, rest.find('\n')));
  if (!words.empty()) {
    after.word = words.front();
    after.set_off = after.set_off || after.word.front() == '(';
    while (!after.word.empty() &&
           std::string_view(".,;:!?").find(after.word.back()) != std::string_view::npos) {
      after.word.remove_suffix(1);
    }
  }
  return after;
}

// "Northport and Southport": what stands before the first of the names tells for all.
void StepOverNames(std::vector<std::string>* words) {
  while (words->size() > 1 && (words->back() == "and" || words->back() == "or") &&
         IsCapitalised(words->at(words->size() - 2))) {
    words->pop_back();
    while (!words->empty() && IsCapitalised(words->back())) {
      words->pop_back();
    }
  }
}

bool IsGiven(const std::vector<std::string>& words) {
  const std::size_t first = words.size() - std::min(words.size(), kGivenWithin + 1);
  return std::any_of(words.begin() + static_cast<std::ptrdiff_t>(first), words.end() - 1,
                     [](const std::string& word) { return HasWord(kGiven, FoldName(word)); });
}

}  // namespace

bool StandsForGovernment(std::string_view text, Span span) {
  const After after = ReadAfter(text, span);
  if (after.owner) {
    return !after.word.empty() && !IsCapitalised(after.word) && !HasWord(kOfTowns, after.word);
  }
  std::vector<std::string> before = WordsBefore(text, span.begin);
  StepOverNames(&before);
  const std::string word = before.empty() ? std::string() : FoldName(before.back());
  const bool begins_clause = before.empty() || word == "," || word == ";" || word == ":" ||
                             word == "and" || word == "or" || HasWord(kBeforeClause, word);
  if (begins_clause) {
    return !after.set_off && !after.word.empty() && !IsCapitalised(after.word);
  }
  return HasWord(kBeforeSomebody, word) || HasWord(kDoneToSomebody, word) ||
         (word == "to" && IsGiven(before));
}

}  // namespace dossier
