// The words that times and quantities are made of, each with its part in the grammar.
#ifndef DOSSIER_PLUGINS_ENGLISH_VALUES_LEXICON_H_
#define DOSSIER_PLUGINS_ENGLISH_VALUES_LEXICON_H_

#include <cstdint>
#include <string_view>

#include "plugins/english/values/value.h"

namespace dossier::english {

// What Entry::value means is said beside each part.
enum class Part : uint8_t {
  kNone,
  kCardinal,      // 0 to 90
  kHundred,       // 100
  kScale,         // 1e3 to 1e12
  kDozen,         // 12
  kMany,          // "hundreds": 100
  kSeveral,       // "several": the least that it may be
  kFew,           // "few" after "a": likewise
  kMost,          // "most"; unused
  kOrdinal,       // 1 to 12
  kFraction,      // "thirds": 3
  kMonth,         // 1 to 12
  kShortMonth,    // "Oct": 10; a month only beside a day or a year
  kWeekday,       // 0 is Monday
  kShortDay,      // "Mon": 0; a weekday only beside a date
  kUnit,          // of the calendar: a Unit
  kSeason,        // its first month
  kDaypart,       // "morning"; unused
  kDayWord,       // "yesterday": days from the published day
  kNow,           // "currently"; unused
  kShift,         // "last": -1, "this": 0, "next": 1
  kStage,         // "early": a Stage
  kTimeOperator,  // "since": a TimeOperator
  kClock,         // "noon": hours
  kArticle,       // unused
  kPercent,       // unused
  kCurrency,      // index into CurrencyCode
};

enum class Unit : uint8_t {
  kSecond,
  kMinute,
  kHour,
  kDay,
  kWeekend,
  kWeek,
  kFortnight,
  kMonth,
  kQuarter,
  kYear,
  kDecade,
  kCentury
};
enum class Stage : uint8_t { kEarly, kMiddle, kLate, kEarlier, kLater, kStart, kEnd };
enum class TimeOperator : uint8_t { kSince, kUntil, kBy, kBefore, kAfter, kFrom, kBetween };

struct Entry {
  std::string_view word;
  Part part = Part::kNone;
  double value = 0;
};

// The entry of a word in lower case; one with Part::kNone for any other word. Never null.
const Entry& FindEntry(std::string_view word);

// The factor of letters written onto a number, "bn" in "1.5bn"; 0 for others.
double SuffixScale(std::string_view letters);

// The unit that letters written onto a number or following it stand for, "km" in "50km"; empty for
// others.
std::string_view MeasureUnit(std::string_view letters);

// ISO 4217: by a mark such as "$" or "£", by a code such as "EUR", or by the value of a kCurrency
// entry; empty for others.
std::string_view CurrencyOfMark(std::string_view mark);
std::string_view CurrencyOfCode(std::string_view code);
std::string_view CurrencyCode(double index);

// Whether a number after the word names a thing, as in "Article 5" and "Flight 17".
bool IsLabel(std::string_view word);

// Words before a number that bound it, such as "more than": up to three words in lower case.
struct BoundPhrase {
  std::string_view words[3];
  Bound bound;
};

// The phrases that begin with the word, longest first; `count` of them. Null for none.
const BoundPhrase* FindBounds(std::string_view first, size_t* count);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_VALUES_LEXICON_H_
