#include "plugins/english/text/boilerplate.h"

#include <algorithm>
#include <array>
#include <string>

#include "plugins/english/text/addresses.h"
#include "plugins/english/text/characters.h"
#include "plugins/english/text/set_phrases.h"

namespace dossier::english {
namespace {

constexpr size_t kReadBytes = 4096;   // of a block; what it is shows early
constexpr int kLongestRequest = 12;   // words
constexpr int kLongestLabel = 4;      // words beside a time stamp
constexpr int kLongestMenuLine = 3;   // words
constexpr size_t kShortestMenu = 4;   // lines
constexpr size_t kMostLinks = 12;     // titles below "Related"
constexpr int kShortestSentence = 6;  // words: ends the titles

// One block, as far as the rules look at it.
struct Line {
  std::string words;  // lower case, a space before each and one at the end; quotations left out
  int count = 0;      // of all words, quoted or not
  bool digits = false;
  bool stopped = false;  // a full stop or the like at its end
  bool colon = false;
};

Line ReadLine(std::string_view block) {
  Line line;
  bool quoted = false, in_word = false;
  line.words = " ";
  for (size_t at = 0; at < std::min(block.size(), kReadBytes);) {
    const Character c = ReadCharacter(block, at);
    if (c.code == U'“') quoted = true;
    if (c.code == U'”') quoted = false;
    if (c.code == U'"') quoted = !quoted;
    const bool inside = in_word && (c.code == '\'' || c.code == U'’');
    if (c.IsWord()) {
      line.count += !in_word;
      line.digits |= c.IsDigit();
      if (!quoted && c.code < 0x80)
        line.words += static_cast<char>(c.code | (c.code > '9' ? 0x20u : 0u));
    } else if (in_word && !inside && line.words.back() != ' ') {
      line.words += ' ';
    }
    in_word = c.IsWord() || inside;
    at += c.size;
  }
  if (line.words.back() != ' ') line.words += ' ';
  const Character last = ReadCharacterBefore(block, block.size());
  constexpr std::u32string_view kStops = U".!?”\"…";
  line.stopped = kStops.find(last.code) != kStops.npos;
  line.colon = last.code == ':';
  return line;
}

template <typename Visit>
bool EveryWord(std::string_view words, Visit visit) {
  for (size_t at = 1; at < words.size();) {
    const size_t end = words.find(' ', at);
    if (!visit(words.substr(at, end - at))) return false;
    at = end + 1;
  }
  return true;
}

bool IsStampWord(std::string_view word) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"ago",    "am",       "april",    "at",        "august",  "bst",      "by",
       "cet",    "date",     "december", "edt",       "est",     "et",       "february",
       "first",  "friday",   "gmt",      "hour",      "hours",   "ist",      "january",
       "july",   "june",     "last",     "local",     "march",   "may",      "min",
       "mins",   "minute",   "minutes",  "modified",  "monday",  "november", "october",
       "on",     "pm",       "posted",   "published", "read",    "saturday", "september",
       "sunday", "thursday", "time",     "tuesday",   "updated", "utc",      "wednesday"});
  if (std::ranges::find(kWords, word) != kWords.end()) return true;
  constexpr std::string_view kShort =
      " jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun ";
  return word.size() >= 3 && kShort.find(" " + std::string(word) + " ") != kShort.npos;
}

// "Published 18 October 2024 at 23:32", "18/10/2024 23h32", "5 min read".
bool IsStamp(const Line& line, std::string_view block) {
  if (!line.digits || line.count > kLongestRequest || line.words.size() < 2) return false;
  const bool numbers = block.find_first_of("/:") != block.npos;
  bool told = numbers;
  const bool all = EveryWord(line.words, [&](std::string_view word) {
    if (IsStampWord(word)) told = true;
    return IsStampWord(word) || (word[0] >= '0' && word[0] <= '9');
  });
  return all && told;
}

// "Related: Five ports to watch".
bool IsLabelled(const Line& line, std::string_view block) {
  const size_t colon = block.find(':');
  return !line.stopped && colon != block.npos &&
         AnnouncesLinks(ReadLine(block.substr(0, colon)).words);
}

// "By Ana Reil and Petra Lowen, The Harbour Post".
bool IsByline(const Line& line, std::string_view block) {
  if (line.stopped || line.count < 2 || line.count > kLongestRequest) return false;
  if (!line.words.starts_with(" by ") || line.words.size() < 6) return false;
  for (size_t at = 3; at < block.size(); ++at) {
    if (block[at - 1] != ' ') continue;
    const std::string_view rest = block.substr(at);
    const bool small = rest.starts_with("and ") || rest.starts_with("in ") ||
                       rest.starts_with("for ") || rest.starts_with("of ");
    if (!small && ReadCharacter(rest, 0).kind == CharacterClass::kLower) return false;
    if (at == 3 && ReadCharacter(rest, 0).kind != CharacterClass::kUpper) return false;
  }
  return true;
}

class Marker {
 public:
  Marker(std::string_view text, std::vector<Block>* blocks) : text_(text), blocks_(*blocks) {}

  void Mark() {
    for (const Block& block : blocks_) lines_.push_back(ReadLine(TextOf(block)));
    stamps_.assign(blocks_.size(), false);
    for (size_t i = 0; i < blocks_.size(); ++i) MarkAlone(i);
    for (size_t i = 0; i < blocks_.size(); ++i) {
      if (stamps_[i]) MarkBeside(i);
      if (AnnouncesLinks(lines_[i].words)) MarkLinks(i);
    }
    MarkMenus();
  }

 private:
  std::string_view TextOf(const Block& block) const {
    return text_.substr(block.begin, block.end - block.begin);
  }
  void Set(size_t i) { blocks_[i].kind = SentenceKind::kBoilerplate; }

  void MarkAlone(size_t i) {
    const std::string_view block = TextOf(blocks_[i]);
    const Line& line = lines_[i];
    const bool address = AddressSize(block, 0) == block.size();
    stamps_[i] = address || IsStamp(line, block) || IsByline(line, block);
    const bool request =
        line.count <= kLongestRequest && (StartsRequest(line.words) || IsLabelled(line, block));
    if (line.count == 0 || stamps_[i] || request || IsSectionLabel(line.words) ||
        AppealOf(line.words) >= kSureAppeal) {
      Set(i);
    }
  }

  // The name of the site or of its section, on a line that touches that of a time stamp. The first
  // line of a page is its title.
  void MarkBeside(size_t stamp) {
    const auto belongs = [&](size_t i) {
      return i > 0 && lines_[i].count <= kLongestLabel && !lines_[i].stopped && !lines_[i].colon;
    };
    for (size_t i = stamp; i > 1 && Touch(i - 1, i) && belongs(i - 1); --i) Set(i - 1);
    for (size_t i = stamp + 1; i < blocks_.size() && Touch(i - 1, i) && belongs(i); ++i) Set(i);
  }

  // Nothing but one line end between the blocks.
  bool Touch(size_t first, size_t second) const {
    const std::string_view gap =
        text_.substr(blocks_[first].end, blocks_[second].begin - blocks_[first].end);
    return std::ranges::count(gap, '\n') <= 1;
  }

  // Titles of other pages, up to the next line that is a sentence.
  void MarkLinks(size_t label) {
    const size_t end = std::min(blocks_.size(), label + 1 + kMostLinks);
    for (size_t i = label + 1; i < end; ++i) {
      if (lines_[i].stopped && lines_[i].count >= kShortestSentence) return;
      Set(i);
    }
  }

  // Many lines of a word or three and no list that a sentence announces.
  void MarkMenus() {
    size_t first = 0;
    for (size_t i = 0; i <= blocks_.size(); ++i) {
      if (i < blocks_.size() && IsMenuLine(i)) continue;
      const bool announced = first > 0 && lines_[first - 1].colon;
      if (i - first >= kShortestMenu && !announced) {
        for (size_t k = first; k < i; ++k) Set(k);
      }
      first = i + 1;
    }
  }

  bool IsMenuLine(size_t i) const {
    const Line& line = lines_[i];
    const SentenceKind kind = blocks_[i].kind;
    return (kind == SentenceKind::kSentence || kind == SentenceKind::kBoilerplate) &&
           line.count <= kLongestMenuLine && !line.digits && !line.stopped && !line.colon;
  }

  std::string_view text_;
  std::vector<Block>& blocks_;
  std::vector<Line> lines_;
  std::vector<bool> stamps_;
};

}  // namespace

void MarkBoilerplate(std::string_view text, std::vector<Block>* blocks) {
  Marker(text, blocks).Mark();
}

}  // namespace dossier::english
