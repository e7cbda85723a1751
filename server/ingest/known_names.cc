#include "server/ingest/known_names.h"

#include <fmt/format.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "server/base/utf8.h"
#include "server/ingest/names.h"
#include "server/model/name_form.h"

namespace dossier {
namespace {

struct KnownNameRow {
  std::string_view name;
  std::string_view usual;
  std::string_view rule;
};
struct CountryCode {
  const char* code;
  std::string_view usual;
};
#include "known_names.inc"  // made by facts/make_facts.py

// What a state has: with its country's name or adjective in front, it is that state's.
constexpr std::string_view kOfStates =
    " administration ambassador ambassadors army authorities chancellor congress consulate council"
    " defence delegation diplomats embassy force forces government intelligence king leader"
    " leadership military minister ministers ministry navy officials parliament people police"
    " president queen regime senate soldiers state troops ";

constexpr std::size_t kMaxCountryWords = 4;
constexpr std::size_t kMaxModifiers = 3;  // in front of a country: "elite Russian troops"
// What no modifier is.
constexpr std::string_view kSmallWords =
    " a against an and as at between by for from in of on or over the to under with ";

NameSort SortOf(std::string_view rule) {
  return rule == "country"   ? NameSort::kCountry
         : rule == "demonym" ? NameSort::kDemonym
         : rule == "capital" ? NameSort::kCapital
                             : NameSort::kOrganisation;
}

// Letters in capitals, dots aside: "US", "U.S.", "UNICEF".
bool IsCapitals(std::string_view name) {
  constexpr std::size_t kMaxBytes = 16;
  return name.size() >= 2 && name.size() <= kMaxBytes &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return (c >= 'A' && c <= 'Z') || c == '.'; }) &&
         name.find_first_not_of('.') != std::string_view::npos;
}

// Capitals by themselves, so that they do not mix with the forms of other names.
std::string Place(std::string_view name) {
  return IsCapitals(name) ? "^" + NameForm(name) : NameForm(name);
}

class KnownNames {
 public:
  KnownNames() {
    for (const KnownNameRow& row : kKnownNames) {
      Add(row.name, row.usual, SortOf(row.rule));
    }
    for (const CountryCode& row : kCountryCodes) {
      icu::UnicodeString name;
      std::string utf8;
      icu::Locale("", row.code).getDisplayCountry(icu::Locale::getEnglish(), name);
      Add(name.toUTF8String(utf8), row.usual, NameSort::kCountry);
    }
  }

  const KnownName* Find(std::string_view clean_name) const {
    const auto it = names_.find(Place(clean_name));
    return it == names_.end() || it->second.key.empty() ? nullptr : &it->second;
  }

 private:
  // A name of two things is kept with an empty key.
  void Add(std::string_view name, std::string_view usual, NameSort sort) {
    std::string key = NameForm(usual);
    const auto [it, added] = names_.try_emplace(Place(CleanName(name)), KnownName{key, sort});
    if (!added && it->second.key != key) {
      it->second.key.clear();
    }
  }

  std::unordered_map<std::string, KnownName> names_;
};

const KnownNames& Names() {
  static const auto* const names = new KnownNames();
  return *names;
}

std::string Join(const std::vector<std::string_view>& words, std::size_t begin, std::size_t end) {
  std::string joined;
  for (std::size_t i = begin; i < end; ++i) {
    joined.append(joined.empty() ? "" : " ").append(words[i]);
  }
  return joined;
}

bool IsLowerCase(std::string_view word) { return FoldName(word) == word; }

bool IsModifier(std::string_view word) { return IsLowerCase(word) && !HasWord(kSmallWords, word); }

// The country that words [begin, end) name, as a noun or as an adjective.
const KnownName* CountryOf(const std::vector<std::string_view>& words, std::size_t begin,
                           std::size_t end) {
  const KnownName* known = FindKnownName(CleanName(Join(words, begin, end)));
  const bool country =
      known != nullptr && (known->sort == NameSort::kCountry || known->sort == NameSort::kDemonym);
  return country ? known : nullptr;
}

// Words that say what of the state it is, rather than a name of its own.
bool IsOfState(const std::vector<std::string_view>& words, std::size_t begin, std::size_t end) {
  return std::all_of(words.begin() + static_cast<std::ptrdiff_t>(begin),
                     words.begin() + static_cast<std::ptrdiff_t>(end), IsLowerCase) ||
         HasWord(kOfStates, NameForm(words[end - 1]));
}

}  // namespace

const KnownName* FindKnownName(std::string_view clean_name) { return Names().Find(clean_name); }

CountryAndRest SplitCountry(std::string_view clean_name) {
  const std::vector<std::string_view> words = SplitWords(clean_name);
  const std::size_t size = words.size();
  for (std::size_t begin = 0; begin <= kMaxModifiers && begin + 1 < size; ++begin) {
    if (begin > 0 && !IsModifier(words[begin - 1])) {
      break;
    }
    for (std::size_t end = std::min(begin + kMaxCountryWords, size - 1); end > begin; --end) {
      if (const KnownName* country = CountryOf(words, begin, end)) {
        const std::string which = begin == 0 ? "" : Join(words, 0, begin) + " ";
        return IsOfState(words, end, size) ? CountryAndRest{country, which + Join(words, end, size)}
                                           : CountryAndRest{};
      }
    }
  }
  const auto of = std::find(words.begin(), words.end(), "of");
  const auto head = static_cast<std::size_t>(of - words.begin());
  if (of == words.end() || head == 0 || head + 1 == size || !IsOfState(words, 0, head)) {
    return {};
  }
  const KnownName* country = CountryOf(words, head + 1, size);
  return country != nullptr && country->sort == NameSort::kCountry
             ? CountryAndRest{country, Join(words, 0, head)}
             : CountryAndRest{};
}

}  // namespace dossier
