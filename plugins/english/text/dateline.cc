#include "plugins/english/text/dateline.h"

#include <algorithm>

#include "plugins/english/text/characters.h"

namespace dossier::english {
namespace {

constexpr size_t kLongest = 80;        // bytes
constexpr size_t kLongestAgency = 40;  // bytes
constexpr int kMostParts = 4;
constexpr int kMostWords = 4;  // of one part
constexpr int kShortestBeforeColon = 6;

class DatelineReader {
 public:
  explicit DatelineReader(std::string_view line) : line_(line.substr(0, kLongest)) {}

  uint32_t Read() {
    int parts = 0;
    while (parts < kMostParts && ReadPart(parts)) {
      ++parts;
      if (!Take(",")) break;
      SkipBlanks();
    }
    SkipBlanks();
    const bool agency = ReadAgency();
    SkipBlanks();
    const bool colon = Take(":");
    if (!colon && !ReadDash()) return 0;
    SkipBlanks();
    if (!agency && !shouted_ && parts < 2) return 0;
    if (!agency && colon && (!shouted_ || letters_ < kShortestBeforeColon)) return 0;
    return StartsSentence() ? static_cast<uint32_t>(at_) : 0;
  }

 private:
  Character Here() const { return ReadCharacter(line_, at_); }

  bool Take(std::string_view mark) {
    if (!line_.substr(at_).starts_with(mark)) return false;
    at_ += mark.size();
    return true;
  }

  void SkipBlanks() {
    while (at_ < line_.size() && Here().IsSpace()) at_ += Here().size;
  }

  // A place, a region or a date: words that begin with a capital or a digit. The first part tells
  // whether the place is in capitals.
  bool ReadPart(int part) {
    bool shouted = true;
    int words = 0, letters = 0;
    size_t end = at_;
    while (words < kMostWords) {
      const size_t before = at_;
      SkipBlanks();
      const Character first = Here();
      const bool starts = first.kind == CharacterClass::kUpper || (part > 0 && first.IsDigit());
      if (!starts) {
        at_ = before;
        break;
      }
      while (at_ < line_.size() && (Here().IsWord() || IsInner(Here().code))) {
        shouted = shouted && Here().kind != CharacterClass::kLower;
        letters += Here().IsLetter();
        at_ += Here().size;
      }
      end = at_;
      ++words;
    }
    at_ = end;
    if (part == 0) {
      shouted_ = shouted && letters >= 3;
      letters_ = letters;
    }
    return words > 0;
  }

  static bool IsInner(char32_t c) { return c == '.' || c == '\'' || c == U'’' || c == '-'; }

  // "(AP)", "(Reuters)"
  bool ReadAgency() {
    if (!line_.substr(at_).starts_with('(')) return false;
    const size_t close = line_.find(')', at_);
    if (close == line_.npos || close - at_ > kLongestAgency) return false;
    if (ReadCharacter(line_, at_ + 1).kind != CharacterClass::kUpper) return false;
    at_ = close + 1;
    return true;
  }

  // A hyphen parts only when blanks stand around it.
  bool ReadDash() {
    const bool blank = at_ > 0 && ReadCharacterBefore(line_, at_).IsSpace();
    if (Take("—") || Take("–") || Take("--")) return true;
    return blank && Take("-") && Here().IsSpace();
  }

  bool StartsSentence() const {
    const Character first = Here();
    constexpr std::u32string_view kQuotes = U"“\"‘'";
    return first.kind == CharacterClass::kUpper || first.IsDigit() ||
           (first.size > 0 && kQuotes.find(first.code) != kQuotes.npos);
  }

  std::string_view line_;
  size_t at_ = 0;
  bool shouted_ = false;  // the place is in capitals
  int letters_ = 0;       // of the place
};

}  // namespace

uint32_t DatelineSize(std::string_view line) { return DatelineReader(line).Read(); }

}  // namespace dossier::english
