#include "plugins/validator/texts.h"

#include <algorithm>

#include "server/base/utf8.h"

namespace dossier::validator {
namespace {

using std::string_literals::operator""s;

constexpr std::size_t kMaxMutated = std::size_t{64} << 10;

std::string Repeat(std::string_view piece, std::size_t count) {
  std::string text;
  text.reserve(piece.size() * count);
  for (std::size_t i = 0; i < count; ++i) {
    text += piece;
  }
  return text;
}

// The boundary of a character at or before a random place.
std::size_t PickPlace(std::string_view text, std::mt19937_64* random) {
  return Utf8Prefix(text, (*random)() % (text.size() + 1)).size();
}

const std::vector<std::string>& OddPieces() {
  static const auto* const pieces = new std::vector<std::string>{" ",
                                                                 "\n",
                                                                 "\n\n",
                                                                 "\t",
                                                                 "\r\n",
                                                                 ".",
                                                                 "...",
                                                                 ",",
                                                                 "\"",
                                                                 "'",
                                                                 "(",
                                                                 ")",
                                                                 "-",
                                                                 "--",
                                                                 "@",
                                                                 "0",
                                                                 "1,000",
                                                                 "999999999999999999999",
                                                                 "%",
                                                                 "$",
                                                                 "A",
                                                                 "Ada Finch",
                                                                 "said",
                                                                 "not",
                                                                 "on May 3",
                                                                 "2025-03-03",
                                                                 "a@b.org",
                                                                 "é",
                                                                 "\u0301",
                                                                 "\u200b",
                                                                 "\u202e",
                                                                 "\ufeff",
                                                                 "\u00a0",
                                                                 "\u2028",
                                                                 "“",
                                                                 "”",
                                                                 "’",
                                                                 "—",
                                                                 "中",
                                                                 "שלום",
                                                                 "مرحبا",
                                                                 "🙂",
                                                                 "👩‍👩‍👧",
                                                                 "𝔸",
                                                                 "ß",
                                                                 "İ",
                                                                 "\U0010ffff",
                                                                 "\0"s};
  return *pieces;
}

// One change.
void MutateOnce(std::string* text, std::mt19937_64* random) {
  const auto [first, last] = std::minmax({PickPlace(*text, random), PickPlace(*text, random)});
  const std::string piece = text->substr(first, last - first);
  const std::string& odd = OddPieces()[(*random)() % OddPieces().size()];
  switch ((*random)() % 6) {
    case 0:
      text->erase(first, last - first);
      break;
    case 1:
      text->insert(first, piece);
      break;
    case 2:
      text->insert(first, odd);
      break;
    case 3:
      text->replace(first, last - first, odd);
      break;
    case 4: {
      text->erase(first, last - first);
      text->insert(PickPlace(*text, random), piece);
      break;
    }
    default:
      text->insert(first, Repeat(odd, 1 + (*random)() % 2000));
  }
}

}  // namespace

const std::vector<Sample>& OrdinaryTexts() {
  static const auto* const texts = new std::vector<Sample>{
      {"report",
       "VALE, March 3, 2025 - The Sorn Institute (SI) said on Monday that Orsenia had bought "
       "about 12,000 artillery shells from Talvia, citing two officials. \"We have not received "
       "a single shell,\" Minister Daro Venn told reporters. He is expected to visit Brenn next "
       "week. Ada Finch, president of the institute, called the denial \"a poor joke\".\n"},
      {"letter",
       "Dear Mr Okar,\n\nplease write to press@sorn.example or to a.finch@sorn.example before 15 "
       "April. Our office at 14 Harbour Street is open from 9:30 to 17:00; the fee is $1,250.50, "
       "or 10% less for members.\n\nYours,\nLena Marsh\n"},
      {"list",
       "Ships in the port of Brenn\n\n* the Mira, 4,200 tonnes, arrived on 2025-02-27\n* the "
       "Kestrel, which may leave tomorrow\n* two tugs\n\nName\tFlag\tTonnes\nMira\tTalvia\t4200\n"},
      {"other languages",
       "Die Präsidentin Ada Finch besuchte Köln am 3. März. La présidente n'a rien acheté. Él "
       "dijo que no. Президент приехал в порт. 大臣は港を訪れた。\n"},
  };
  return *texts;
}

const std::vector<Sample>& OddTexts() {
  static const auto* const texts = new std::vector<Sample>{
      {"empty", ""},
      {"one byte", "a"},
      {"one mark", "."},
      {"one space", " "},
      {"one line end", "\n"},
      {"white space only", " \t\r\n\u00a0\u2003 \n\n"},
      {"one NUL", "\0"s},
      {"NULs inside", "Ada\0 Finch leads\0\0 Talvia.\0"s},
      {"right to left", "אמר השר ביום שני. قال الوزير يوم الاثنين إن 12 سفينة وصلت.\n"},
      {"mixed directions", "Minister \u202eאמר\u202c said 12 سفينة (a.b@example.org)."},
      {"beyond the basic plane",
       "𝔸𝕕𝕒 🙂 said 👩‍👩‍👧 bought 𝟙𝟚 🚢 in \U00020000\U0010ffff."},
      {"letters of several marks", "Z\u0351\u036b\u0343a\u0309\u0323l\u0301go\u0328 left e\u0301."},
      {"byte order mark", "\ufeffThe Mira arrived.\ufeff"},
      {"other line ends", "One.\r\nTwo.\rThree.\u2028Four.\u0085Five.\vSix.\f"},
      {"control characters", "Ada\x01\x02\x1b[31m Finch\x7f said\x08 so."},
      {"marks only", "...???:::!!!---(((\"\"\"'''***"},
      {"ends in mid-sentence", "The minister of"},
      {"ends in a long character", "He paid 10 €"},
      {"one long word", Repeat("a", 20000)},
      {"one long word of long characters", Repeat("漢", 7000)},
      {"one long sentence", Repeat("ship and ", 4000)},
      {"many short sentences", Repeat("No. ", 5000)},
      {"many lines", Repeat("\n", 20000)},
      {"deep brackets", Repeat("(", 5000) + Repeat(")", 5000)},
      {"deep quotes", Repeat("he said \"", 2000)},
      {"a long number", Repeat("9", 5000) + " ships"},
  };
  return *texts;
}

std::string RepeatTexts(const std::vector<Sample>& texts, std::size_t size) {
  std::string result;
  result.reserve(size);
  for (std::size_t i = 0; result.size() + texts[i % texts.size()].text.size() <= size; ++i) {
    result += texts[i % texts.size()].text;
  }
  return result;
}

std::string Mutate(std::string text, std::mt19937_64* random) {
  for (uint64_t changes = 1 + (*random)() % 8; changes > 0; --changes) {
    MutateOnce(&text, random);
    text.resize(Utf8Prefix(text, kMaxMutated).size());
  }
  return text;
}

}  // namespace dossier::validator
