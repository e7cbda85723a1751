#include "plugins/english/text/tokenizer.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

#include "plugins/english/text/abbreviations.h"
#include "plugins/english/text/addresses.h"
#include "plugins/english/text/characters.h"
#include "plugins/english/text/contractions.h"
#include "plugins/english/text/markup.h"

namespace dossier::english {
namespace {

// Parts before a hyphen that stay with what follows it.
constexpr std::string_view kPrefixes[] = {
    "anti", "bi",   "co",   "counter", "cross", "e",   "ex",    "extra", "hyper", "inter", "intra",
    "mega", "mid",  "mini", "mis",     "multi", "non", "over",  "post",  "pre",   "pro",   "proto",
    "re",   "semi", "sub",  "super",   "trans", "tri", "ultra", "un",    "under",
};

// What stands apart after a number: "10" "km", "5" "pm".
constexpr std::string_view kUnits[] = {
    "AM", "BN",  "GB", "GHz", "GW", "K",   "KB",  "KM", "MB", "MHz", "MM", "MW",  "PM", "TB", "am",
    "bn", "cc",  "cm", "ft",  "g",  "hr",  "hrs", "in", "k",  "kg",  "km", "kph", "kV", "kW", "kWh",
    "lb", "lbs", "m",  "mg",  "mi", "min", "ml",  "mm", "mn", "mph", "oz", "pm",  "sq", "tn", "x",
};

template <typename List>
bool Contains(const List& list, std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

bool IsApostrophe(char32_t code) { return code == '\'' || code == 0x2019 || code == '`'; }

class Scanner {
 public:
  Scanner(std::string_view text, uint32_t end, std::vector<Token>& tokens)
      : text_(text.substr(0, end)), tokens_(tokens) {}

  void Scan(uint32_t at) {
    while (at < text_.size()) {
      const Character c = ReadCharacter(text_, at);
      if (c.IsSpace()) {
        at += c.size;
      } else if (c.code == '<' && ReadHtmlTag(text_, at, text_.size()).size > 0) {
        at += ReadHtmlTag(text_, at, text_.size()).size;
      } else if (const uint32_t size = AddressSize(text_, at); size > 0) {
        at = Emit(at, at + size);
      } else {
        at = c.IsWord() ? ScanWord(at) : ScanMark(at, c);
      }
    }
  }

 private:
  uint32_t Emit(uint32_t begin, uint32_t end) {
    tokens_.push_back({begin, end, 0});
    return end;
  }

  // A run of one mark, "...", "--", "!!!" or "?!", is one token; so are faces and "``".
  uint32_t ScanMark(uint32_t at, const Character& mark) {
    if (const uint32_t face = FaceSize(at); face > 0) return Emit(at, at + face);
    if (const uint32_t clitic = CliticSize(at); clitic > 0) return Emit(at, at + clitic);
    constexpr std::string_view kRunning = ".-!?*=_~#+`'";
    uint32_t end = at + mark.size;
    const bool shouting = mark.code == '!' || mark.code == '?';
    if (mark.code < 0x80 && kRunning.find(text_[at]) != kRunning.npos) {
      // "''" is one token, of more each is: no need to look further.
      const size_t limit =
          mark.code == '\'' ? std::min<size_t>(text_.size(), at + size_t{3}) : text_.size();
      while (end < limit &&
             (text_[end] == text_[at] || (shouting && (text_[end] == '!' || text_[end] == '?')))) {
        ++end;
      }
      if (mark.code == '\'' && end - at > 2) end = at + 1;
    } else if (mark.code == 0x2026 || mark.code == 0x2014) {
      while (text_.substr(end).starts_with(text_.substr(at, mark.size))) end += mark.size;
    }
    if (mark.code == '#' && end == at + 1 && ReadCharacter(text_, end).IsLetter()) {
      return ScanWord(at, end);  // a hashtag
    }
    if (mark.code == '.' && end == at + 1 && ReadCharacter(text_, end).IsDigit()) {
      return ScanWord(at, end);  // ".22"
    }
    return Emit(at, end);
  }

  // ":)", ";-)", ":D".
  uint32_t FaceSize(uint32_t at) const {
    if (text_[at] != ':' && text_[at] != ';' && text_[at] != '=') return 0;
    uint32_t end = at + 1;
    if (end < text_.size() && text_[end] == '-') ++end;
    constexpr std::string_view kMouths = ")(DPp]";
    if (end >= text_.size() || kMouths.find(text_[end]) == kMouths.npos) return 0;
    if (ReadCharacter(text_, end + 1).IsWord()) return 0;
    const bool starts = at == 0 || ReadCharacterBefore(text_, at).IsSpace();
    return starts || end > at + 1 ? end + 1 - at : 0;
  }

  // "'s" after a mark or a blank, what a name in brackets or quotes leaves over; "she 'll", in text
  // that was tokenized before.
  uint32_t CliticSize(uint32_t at) const {
    const Character quote = ReadCharacter(text_, at);
    if (!IsApostrophe(quote.code)) return 0;
    const uint32_t begin = at + quote.size;
    for (const std::string_view clitic : {"s", "S", "ll", "re", "ve", "d", "m"}) {
      if (!text_.substr(begin).starts_with(clitic)) continue;
      const auto end = begin + static_cast<uint32_t>(clitic.size());
      if (!ReadCharacter(text_, end).IsWord()) return end - at;
    }
    return 0;
  }

  uint32_t ScanWord(uint32_t begin) { return ScanWord(begin, begin); }

  // Reads a word from `at`, whose first bytes [begin, at) are taken already.
  uint32_t ScanWord(uint32_t begin, uint32_t at) {
    uint32_t part = at;  // where the part after the last hyphen began
    while (at < text_.size()) {
      const Character c = ReadCharacter(text_, at);
      if (c.IsWord()) {
        at += c.size;
      } else if (JoinsParts(begin, part, at, c)) {
        at += c.size;
        if (c.code == '-') part = at;
      } else {
        break;
      }
    }
    if (at < text_.size() && text_[at] == '.' && KeepsStop(begin, at)) ++at;
    if (at < text_.size() && text_[at] == '$' && IsCurrencyPrefix(begin, at)) ++at;
    EmitWord(begin, at);
    return at;
  }

  // Whether `joint`, at `at`, belongs to the word that began at `begin`.
  bool JoinsParts(uint32_t begin, uint32_t part, uint32_t at, const Character& joint) const {
    const Character before = ReadCharacterBefore(text_, at);
    const Character after = ReadCharacter(text_, at + joint.size);
    if (!before.IsWord() || !after.IsWord()) return false;
    const bool digits = before.IsDigit() && after.IsDigit();
    switch (joint.code) {
      case '.':
        return digits || !LooksLikeLostSpace(begin, at);
      case ',':
        return digits && HasDigits(at + 1, 3);
      case ':':
        return digits && HasDigits(at + 1, 2);
      case '/':
        return digits ? IsDateSlash(begin, at) : IsSingleLetters(begin, at);
      case '&':
        return before.kind == CharacterClass::kUpper && after.kind == CharacterClass::kUpper;
      case '_':
      case '@':
        return true;
      case '-':
        return digits ? IsPhoneHyphen(at) : IsPrefix(part, at) && at - begin == at - part;
      default:
        return IsApostrophe(joint.code) && joint.code != '`';
    }
  }

  // "done.The": a full stop between a word and a capitalised one.
  bool LooksLikeLostSpace(uint32_t begin, uint32_t at) const {
    if (at - begin < 3) return false;
    const Character after = ReadCharacter(text_, at + 1);
    if (after.kind != CharacterClass::kUpper) return false;
    return ReadCharacterBefore(text_, at).kind == CharacterClass::kLower &&
           ReadCharacter(text_, at + 1 + after.size).kind == CharacterClass::kLower;
  }

  bool HasDigits(uint32_t at, uint32_t count) const { return DigitRun(at) == count; }

  // Digits from `at`, counted up to 5.
  uint32_t DigitRun(uint32_t at) const {
    uint32_t run = 0;
    while (run < 5 && ReadCharacter(text_, at + run).IsDigit()) ++run;
    return run;
  }
  uint32_t DigitRunBefore(uint32_t at) const {
    uint32_t run = 0;
    while (run < 5 && at > run && ReadCharacterBefore(text_, at - run).IsDigit()) ++run;
    return run;
  }

  // "9/11", "11/28/2000"; not "2001/02".
  bool IsDateSlash(uint32_t begin, uint32_t at) const {
    return at - begin <= 5 && DigitRunBefore(at) <= 2 && DigitRun(at + 1) <= 4;
  }

  // "w/o", "L/C".
  bool IsSingleLetters(uint32_t begin, uint32_t at) const {
    return at - begin == 1 && ReadCharacter(text_, at + 1).IsLetter() &&
           !ReadCharacter(text_, at + 2).IsWord();
  }

  // "713-853-3989", "345-9945", "11-20-2000"; not "5-10", "1969-1970".
  bool IsPhoneHyphen(uint32_t at) const {
    const uint32_t left = DigitRunBefore(at);
    const uint32_t right = DigitRun(at + 1);
    const uint32_t next = at + 1 + right;
    const bool more_follows = next < text_.size() && text_[next] == '-' && DigitRun(next + 1) >= 2;
    const bool more_before =
        at > left && text_[at - left - 1] == '-' && DigitRunBefore(at - left - 1) > 0;
    return (left == 3 && right == 4) || more_follows || more_before;
  }

  bool IsPrefix(uint32_t begin, uint32_t end) const {
    if (end - begin > 8) return false;
    std::array<char, 8> lower;
    std::transform(text_.begin() + begin, text_.begin() + end, lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return Contains(kPrefixes, std::string_view(lower.data(), end - begin));
  }

  bool IsCurrencyPrefix(uint32_t begin, uint32_t end) const {
    const std::string_view word = text_.substr(begin, end - begin);
    return word == "US" || word == "C" || word == "A" || word == "AU" || word == "NZ" ||
           word == "HK" || word == "CA";
  }

  bool KeepsStop(uint32_t begin, uint32_t at) const {
    const Character after = ReadCharacter(text_, at + 1);
    if (after.IsWord() || text_.substr(at + 1, 2) == "..") return false;  // not in "so..."
    switch (AbbreviationOf(text_.substr(begin, at - begin))) {
      case Abbreviation::kNone:
        return false;
      case Abbreviation::kTitle:
        return !after.IsSpace() || at + 1 < text_.size();
      case Abbreviation::kNumber:
        return after.IsSpace() && ReadCharacter(text_, at + 1 + after.size).IsDigit();
      case Abbreviation::kOther:
        return true;
    }
    return false;
  }

  // One word without blanks: cuts off contractions and units, from the end ("wouldn't've"); there
  // may be any number of them.
  void EmitWord(uint32_t begin, uint32_t end) {
    const size_t first = tokens_.size();
    while (const uint32_t cut = LastCut(text_.substr(begin, end - begin))) {
      Emit(begin + cut, end);
      end = begin + cut;
    }
    Emit(begin, end);
    std::reverse(tokens_.begin() + static_cast<std::ptrdiff_t>(first), tokens_.end());
  }

  // Where the last part of `word` begins; 0 when it is one.
  static uint32_t LastCut(std::string_view word) {
    const uint32_t unit = UnitCut(word);
    return unit > 0 ? unit : ContractionCut(word);
  }

  // Where the unit begins in "10km"; 0 when there is none.
  static uint32_t UnitCut(std::string_view word) {
    if (word.size() > 24 || !ReadCharacter(word, 0).IsDigit()) return 0;
    const size_t cut = word.find_first_not_of("0123456789.,");
    if (cut == word.npos || !Contains(kUnits, word.substr(cut))) return 0;
    return static_cast<uint32_t>(cut);
  }

  std::string_view text_;
  std::vector<Token>& tokens_;
};

}  // namespace

void Tokenize(std::string_view text, uint32_t begin, uint32_t end, std::vector<Token>& tokens) {
  Scanner(text, end, tokens).Scan(begin);
}

}  // namespace dossier::english
