#include "plugins/english/values/lexicon.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace dossier::english {
namespace {

constexpr double Of(Unit unit) { return static_cast<double>(unit); }
constexpr double Of(Stage stage) { return static_cast<double>(stage); }
constexpr double Of(TimeOperator op) { return static_cast<double>(op); }

constexpr Entry kWords[] = {
    {"zero", Part::kCardinal, 0},
    {"one", Part::kCardinal, 1},
    {"two", Part::kCardinal, 2},
    {"three", Part::kCardinal, 3},
    {"four", Part::kCardinal, 4},
    {"five", Part::kCardinal, 5},
    {"six", Part::kCardinal, 6},
    {"seven", Part::kCardinal, 7},
    {"eight", Part::kCardinal, 8},
    {"nine", Part::kCardinal, 9},
    {"ten", Part::kCardinal, 10},
    {"eleven", Part::kCardinal, 11},
    {"twelve", Part::kCardinal, 12},
    {"thirteen", Part::kCardinal, 13},
    {"fourteen", Part::kCardinal, 14},
    {"fifteen", Part::kCardinal, 15},
    {"sixteen", Part::kCardinal, 16},
    {"seventeen", Part::kCardinal, 17},
    {"eighteen", Part::kCardinal, 18},
    {"nineteen", Part::kCardinal, 19},
    {"twenty", Part::kCardinal, 20},
    {"thirty", Part::kCardinal, 30},
    {"forty", Part::kCardinal, 40},
    {"fifty", Part::kCardinal, 50},
    {"sixty", Part::kCardinal, 60},
    {"seventy", Part::kCardinal, 70},
    {"eighty", Part::kCardinal, 80},
    {"ninety", Part::kCardinal, 90},
    {"hundred", Part::kHundred, 100},
    {"thousand", Part::kScale, 1e3},
    {"million", Part::kScale, 1e6},
    {"billion", Part::kScale, 1e9},
    {"trillion", Part::kScale, 1e12},
    {"dozen", Part::kDozen, 12},
    {"tens", Part::kMany, 10},
    {"dozens", Part::kMany, 12},
    {"scores", Part::kMany, 20},
    {"hundreds", Part::kMany, 100},
    {"thousands", Part::kMany, 1e3},
    {"millions", Part::kMany, 1e6},
    {"billions", Part::kMany, 1e9},
    {"trillions", Part::kMany, 1e12},
    {"multiple", Part::kSeveral, 2},
    {"countless", Part::kSeveral, 3},
    {"many", Part::kSeveral, 3},
    {"numerous", Part::kSeveral, 3},
    {"several", Part::kSeveral, 3},
    {"couple", Part::kFew, 2},
    {"number", Part::kFew, 2},
    {"few", Part::kFew, 3},
    {"handful", Part::kFew, 3},
    {"most", Part::kMost, 0},

    {"first", Part::kOrdinal, 1},
    {"second", Part::kOrdinal, 2},
    {"third", Part::kOrdinal, 3},
    {"fourth", Part::kOrdinal, 4},
    {"fifth", Part::kOrdinal, 5},
    {"sixth", Part::kOrdinal, 6},
    {"seventh", Part::kOrdinal, 7},
    {"eighth", Part::kOrdinal, 8},
    {"ninth", Part::kOrdinal, 9},
    {"tenth", Part::kOrdinal, 10},
    {"eleventh", Part::kOrdinal, 11},
    {"twelfth", Part::kOrdinal, 12},
    {"half", Part::kFraction, 2},
    {"thirds", Part::kFraction, 3},
    {"quarters", Part::kFraction, 4},
    {"fifths", Part::kFraction, 5},
    {"sixths", Part::kFraction, 6},
    {"sevenths", Part::kFraction, 7},
    {"eighths", Part::kFraction, 8},
    {"ninths", Part::kFraction, 9},
    {"tenths", Part::kFraction, 10},

    {"january", Part::kMonth, 1},
    {"february", Part::kMonth, 2},
    {"march", Part::kMonth, 3},
    {"april", Part::kMonth, 4},
    {"may", Part::kMonth, 5},
    {"june", Part::kMonth, 6},
    {"july", Part::kMonth, 7},
    {"august", Part::kMonth, 8},
    {"september", Part::kMonth, 9},
    {"october", Part::kMonth, 10},
    {"november", Part::kMonth, 11},
    {"december", Part::kMonth, 12},
    {"jan", Part::kShortMonth, 1},
    {"feb", Part::kShortMonth, 2},
    {"mar", Part::kShortMonth, 3},
    {"apr", Part::kShortMonth, 4},
    {"jun", Part::kShortMonth, 6},
    {"jul", Part::kShortMonth, 7},
    {"aug", Part::kShortMonth, 8},
    {"sep", Part::kShortMonth, 9},
    {"sept", Part::kShortMonth, 9},
    {"oct", Part::kShortMonth, 10},
    {"nov", Part::kShortMonth, 11},
    {"dec", Part::kShortMonth, 12},
    {"monday", Part::kWeekday, 0},
    {"tuesday", Part::kWeekday, 1},
    {"wednesday", Part::kWeekday, 2},
    {"thursday", Part::kWeekday, 3},
    {"friday", Part::kWeekday, 4},
    {"saturday", Part::kWeekday, 5},
    {"sunday", Part::kWeekday, 6},
    {"mon", Part::kShortDay, 0},
    {"tue", Part::kShortDay, 1},
    {"tues", Part::kShortDay, 1},
    {"wed", Part::kShortDay, 2},
    {"thu", Part::kShortDay, 3},
    {"thur", Part::kShortDay, 3},
    {"thurs", Part::kShortDay, 3},
    {"fri", Part::kShortDay, 4},
    {"sat", Part::kShortDay, 5},
    {"sun", Part::kShortDay, 6},
    {"spring", Part::kSeason, 3},
    {"summer", Part::kSeason, 6},
    {"autumn", Part::kSeason, 9},
    {"fall", Part::kSeason, 9},
    {"winter", Part::kSeason, 12},

    {"seconds", Part::kUnit, Of(Unit::kSecond)},
    {"minute", Part::kUnit, Of(Unit::kMinute)},
    {"minutes", Part::kUnit, Of(Unit::kMinute)},
    {"hour", Part::kUnit, Of(Unit::kHour)},
    {"hours", Part::kUnit, Of(Unit::kHour)},
    {"day", Part::kUnit, Of(Unit::kDay)},
    {"days", Part::kUnit, Of(Unit::kDay)},
    {"weekend", Part::kUnit, Of(Unit::kWeekend)},
    {"week", Part::kUnit, Of(Unit::kWeek)},
    {"weeks", Part::kUnit, Of(Unit::kWeek)},
    {"fortnight", Part::kUnit, Of(Unit::kFortnight)},
    {"fortnights", Part::kUnit, Of(Unit::kFortnight)},
    {"month", Part::kUnit, Of(Unit::kMonth)},
    {"months", Part::kUnit, Of(Unit::kMonth)},
    {"quarter", Part::kUnit, Of(Unit::kQuarter)},
    {"year", Part::kUnit, Of(Unit::kYear)},
    {"years", Part::kUnit, Of(Unit::kYear)},
    {"decade", Part::kUnit, Of(Unit::kDecade)},
    {"decades", Part::kUnit, Of(Unit::kDecade)},
    {"century", Part::kUnit, Of(Unit::kCentury)},
    {"centuries", Part::kUnit, Of(Unit::kCentury)},

    {"morning", Part::kDaypart, 0},
    {"afternoon", Part::kDaypart, 0},
    {"evening", Part::kDaypart, 0},
    {"night", Part::kDaypart, 0},
    {"today", Part::kDayWord, 0},
    {"tonight", Part::kDayWord, 0},
    {"yesterday", Part::kDayWord, -1},
    {"tomorrow", Part::kDayWord, 1},
    {"now", Part::kNow, 0},
    {"currently", Part::kNow, 0},
    {"presently", Part::kNow, 0},
    {"nowadays", Part::kNow, 0},
    {"last", Part::kShift, -1},
    {"past", Part::kShift, -1},
    {"recent", Part::kShift, -1},
    {"previous", Part::kShift, -1},
    {"this", Part::kShift, 0},
    {"current", Part::kShift, 0},
    {"next", Part::kShift, 1},
    {"coming", Part::kShift, 1},
    {"upcoming", Part::kShift, 1},

    {"early", Part::kStage, Of(Stage::kEarly)},
    {"mid", Part::kStage, Of(Stage::kMiddle)},
    {"middle", Part::kStage, Of(Stage::kMiddle)},
    {"late", Part::kStage, Of(Stage::kLate)},
    {"earlier", Part::kStage, Of(Stage::kEarlier)},
    {"later", Part::kStage, Of(Stage::kLater)},
    {"beginning", Part::kStage, Of(Stage::kStart)},
    {"start", Part::kStage, Of(Stage::kStart)},
    {"end", Part::kStage, Of(Stage::kEnd)},

    {"since", Part::kTimeOperator, Of(TimeOperator::kSince)},
    {"until", Part::kTimeOperator, Of(TimeOperator::kUntil)},
    {"till", Part::kTimeOperator, Of(TimeOperator::kUntil)},
    {"through", Part::kTimeOperator, Of(TimeOperator::kUntil)},
    {"by", Part::kTimeOperator, Of(TimeOperator::kBy)},
    {"before", Part::kTimeOperator, Of(TimeOperator::kBefore)},
    {"after", Part::kTimeOperator, Of(TimeOperator::kAfter)},
    {"from", Part::kTimeOperator, Of(TimeOperator::kFrom)},
    {"between", Part::kTimeOperator, Of(TimeOperator::kBetween)},

    {"noon", Part::kClock, 12},
    {"midday", Part::kClock, 12},
    {"midnight", Part::kClock, 0},
    {"a", Part::kArticle, 0},
    {"an", Part::kArticle, 0},
    {"the", Part::kArticle, 0},
    {"percent", Part::kPercent, 0},
    {"percentage", Part::kPercent, 0},

    {"dollar", Part::kCurrency, 0},
    {"dollars", Part::kCurrency, 0},
    {"euro", Part::kCurrency, 1},
    {"euros", Part::kCurrency, 1},
    {"yen", Part::kCurrency, 2},
    {"yuan", Part::kCurrency, 3},
    {"renminbi", Part::kCurrency, 3},
    {"won", Part::kCurrency, 4},
    {"rouble", Part::kCurrency, 5},
    {"roubles", Part::kCurrency, 5},
    {"ruble", Part::kCurrency, 5},
    {"rubles", Part::kCurrency, 5},
    {"hryvnia", Part::kCurrency, 6},
    {"hryvnias", Part::kCurrency, 6},
    {"hryvnya", Part::kCurrency, 6},
    {"rupee", Part::kCurrency, 7},
    {"rupees", Part::kCurrency, 7},
    {"shekel", Part::kCurrency, 8},
    {"shekels", Part::kCurrency, 8},
    {"zloty", Part::kCurrency, 9},
    {"zlotys", Part::kCurrency, 9},
    {"sterling", Part::kCurrency, 10},
};

constexpr std::string_view kCurrencyCodes[] = {"USD", "EUR", "JPY", "CNY", "KRW", "RUB",
                                               "UAH", "INR", "ILS", "PLN", "GBP"};

struct Pair {
  std::string_view key;
  std::string_view value;
};

constexpr Pair kCurrencyMarks[] = {{"$", "USD"}, {"£", "GBP"},   {"€", "EUR"}, {"¥", "JPY"},
                                   {"₩", "KRW"}, {"₽", "RUB"}, {"₴", "UAH"}, {"₹", "INR"},
                                   {"₪", "ILS"}, {"₺", "TRY"}};

// What may stand before a number ("EUR 5 million"), with the prefixes that specify a dollar.
constexpr Pair kCurrencyPrefixes[] = {
    {"US", "USD"},  {"U.S.", "USD"}, {"A", "AUD"},   {"AU", "AUD"},  {"C", "CAD"},   {"CA", "CAD"},
    {"NZ", "NZD"},  {"HK", "HKD"},   {"S", "SGD"},   {"NT", "TWD"},  {"R", "BRL"},   {"USD", "USD"},
    {"EUR", "EUR"}, {"GBP", "GBP"},  {"JPY", "JPY"}, {"CNY", "CNY"}, {"KRW", "KRW"}, {"RUB", "RUB"},
    {"UAH", "UAH"}, {"INR", "INR"},  {"AUD", "AUD"}, {"CAD", "CAD"}, {"CHF", "CHF"}, {"NZD", "NZD"},
    {"SEK", "SEK"}, {"NOK", "NOK"},  {"DKK", "DKK"}, {"PLN", "PLN"}, {"TRY", "TRY"}};

constexpr Pair kMeasures[] = {{"mm", "millimetre"},
                              {"cm", "centimetre"},
                              {"m", "metre"},
                              {"km", "kilometre"},
                              {"kg", "kilogram"},
                              {"g", "gram"},
                              {"mg", "milligram"},
                              {"lb", "pound"},
                              {"lbs", "pound"},
                              {"oz", "ounce"},
                              {"ft", "foot"},
                              {"mi", "mile"},
                              {"nm", "nautical mile"},
                              {"ha", "hectare"},
                              {"kt", "kiloton"},
                              {"kW", "kilowatt"},
                              {"MW", "megawatt"},
                              {"GW", "gigawatt"},
                              {"kWh", "kilowatt-hour"},
                              {"MWh", "megawatt-hour"},
                              {"mph", "mile per hour"},
                              {"kph", "kilometre per hour"},
                              {"kmh", "kilometre per hour"},
                              {"Hz", "hertz"},
                              {"kHz", "kilohertz"},
                              {"MHz", "megahertz"},
                              {"GHz", "gigahertz"},
                              {"KB", "kilobyte"},
                              {"MB", "megabyte"},
                              {"GB", "gigabyte"},
                              {"TB", "terabyte"},
                              {"hrs", "hour"},
                              {"hr", "hour"},
                              {"min", "minute"},
                              {"mins", "minute"}};

constexpr std::string_view kLabels[] = {
    "Act",        "Case",    "Category",  "Grade",   "Phase",    "Stage",  "Tab",
    "Appendix",   "Area",    "Article",   "Box",     "Bill",     "Boeing", "Building",
    "Chapter",    "Channel", "Clause",    "Figure",  "Flight",   "Gate",   "Highway",
    "Interstate", "Item",    "Line",      "Model",   "No",       "No.",    "Number",
    "Order",      "Page",    "Paragraph", "Part",    "Platform", "Psalm",  "Resolution",
    "Room",       "Route",   "School",    "Section", "Suite",    "Table",  "Unit",
    "Volume",     "article", "chapter",   "figure",  "no.",      "page",   "paragraph",
    "resolution", "room",    "section",   "table"};

// Sorted by first word; among equals the longest first.
constexpr BoundPhrase kBounds[] = {
    {{"a", "maximum", "of"}, Bound::kAtMost},
    {{"a", "minimum", "of"}, Bound::kAtLeast},
    {{"about"}, Bound::kAbout},
    {{"above"}, Bound::kAtLeast},
    {{"almost"}, Bound::kAbout},
    {{"an", "estimated"}, Bound::kAbout},
    {{"approx"}, Bound::kAbout},
    {{"approximately"}, Bound::kAbout},
    {{"around"}, Bound::kAbout},
    {{"as", "many", "as"}, Bound::kAtMost},
    {{"as", "much", "as"}, Bound::kAtMost},
    {{"as", "few", "as"}, Bound::kAtLeast},
    {{"as", "little", "as"}, Bound::kAtLeast},
    {{"at", "least"}, Bound::kAtLeast},
    {{"at", "most"}, Bound::kAtMost},
    {{"below"}, Bound::kAtMost},
    {{"close", "to"}, Bound::kAbout},
    {{"estimated"}, Bound::kAbout},
    {{"exceeding"}, Bound::kAtLeast},
    {{"fewer", "than"}, Bound::kAtMost},
    {{"in", "excess", "of"}, Bound::kAtLeast},
    {{"less", "than"}, Bound::kAtMost},
    {{"more", "than"}, Bound::kAtLeast},
    {{"nearly"}, Bound::kAbout},
    {{"no", "fewer", "than"}, Bound::kAtLeast},
    {{"no", "less", "than"}, Bound::kAtLeast},
    {{"no", "more", "than"}, Bound::kAtMost},
    {{"not", "less", "than"}, Bound::kAtLeast},
    {{"not", "more", "than"}, Bound::kAtMost},
    {{"over"}, Bound::kAtLeast},
    {{"roughly"}, Bound::kAbout},
    {{"some"}, Bound::kAbout},
    {{"under"}, Bound::kAtMost},
    {{"up", "to"}, Bound::kAtMost},
    {{"upwards", "of"}, Bound::kAtLeast},
};

constexpr bool WordLess(const Entry& a, const Entry& b) { return a.word < b.word; }

constexpr auto kSortedWords = [] {
  std::array<Entry, std::size(kWords)> sorted{};
  std::copy(std::begin(kWords), std::end(kWords), sorted.begin());
  std::sort(sorted.begin(), sorted.end(), WordLess);
  return sorted;
}();

template <size_t n>
std::string_view Find(const Pair (&pairs)[n], std::string_view key) {
  for (const Pair& pair : pairs) {
    if (pair.key == key) return pair.value;
  }
  return {};
}

}  // namespace

const Entry& FindEntry(std::string_view word) {
  static constexpr Entry kOther;
  if (word.empty()) return kOther;
  const auto found =
      std::lower_bound(kSortedWords.begin(), kSortedWords.end(), Entry{word}, WordLess);
  return found != kSortedWords.end() && found->word == word ? *found : kOther;
}

double SuffixScale(std::string_view letters) {
  if (letters == "k" || letters == "K") return 1e3;
  if (letters == "m" || letters == "M" || letters == "mn" || letters == "mln") return 1e6;
  if (letters == "b" || letters == "B" || letters == "bn") return 1e9;
  if (letters == "tn" || letters == "trn") return 1e12;
  return 0;
}

std::string_view MeasureUnit(std::string_view letters) { return Find(kMeasures, letters); }

std::string_view CurrencyOfMark(std::string_view mark) { return Find(kCurrencyMarks, mark); }

std::string_view CurrencyOfCode(std::string_view code) { return Find(kCurrencyPrefixes, code); }

std::string_view CurrencyCode(double index) { return kCurrencyCodes[static_cast<size_t>(index)]; }

bool IsLabel(std::string_view word) {
  return std::find(std::begin(kLabels), std::end(kLabels), word) != std::end(kLabels);
}

const BoundPhrase* FindBounds(std::string_view first, size_t* count) {
  const auto less = [](const BoundPhrase& phrase, std::string_view word) {
    return phrase.words[0] < word;
  };
  const BoundPhrase* begin = std::lower_bound(std::begin(kBounds), std::end(kBounds), first, less);
  const BoundPhrase* end = begin;
  while (end != std::end(kBounds) && end->words[0] == first) ++end;
  *count = static_cast<size_t>(end - begin);
  return *count == 0 ? nullptr : begin;
}

}  // namespace dossier::english
