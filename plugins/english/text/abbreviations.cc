#include "plugins/english/text/abbreviations.h"

#include <algorithm>
#include <iterator>

#include "plugins/english/text/characters.h"

namespace dossier::english {
namespace {

constexpr std::string_view kTitles[] = {
    "Adm",  "Amb",   "Asst", "Att",  "Attn",   "Brig", "Capt", "Cardl", "Cdr", "Cmdr", "Col",
    "Cpl",  "Cpt",   "Dir",  "Dr",   "Drs",    "Det",  "Ens",  "Fr",    "Gen", "Gov",  "Hon",
    "Insp", "Lieut", "Lt",   "Maj",  "Messrs", "Mlle", "Mme",  "Mr",    "Mrs", "Ms",   "Mt",
    "Ofc",  "Pfc",   "Pres", "Prof", "Pvt",    "Rep",  "Reps", "Rev",   "Sec", "Sen",  "Sens",
    "Sgt",  "Spc",   "Sr",   "St",   "Ste",    "Supt", "v",    "vs",
};
constexpr std::string_view kNumbers[] = {
    "Art", "Ch", "Fig", "Figs", "No",  "Nos", "Nr", "Op",   "Para", "Vol",
    "art", "ch", "fig", "no",   "nos", "op",  "p",  "para", "pp",   "vol",
};
constexpr std::string_view kOthers[] = {
    "Apr",  "Apt",  "Assn", "Aug",   "Ave",    "Blvd", "Bldg", "Bros", "Cal",  "Calif",
    "Co",   "Colo", "Conn", "Corp",  "Cos",    "Dec",  "Dept", "Dist", "Ed",   "Esq",
    "Est",  "Feb",  "Fla",  "Fri",   "Ft",     "Ga",   "Govt", "Ill",  "Inc",  "Ind",
    "Inst", "Intl", "Jan",  "Jr",    "Jul",    "Jun",  "Kan",  "Ltd",  "Mass", "Md",
    "Mich", "Minn", "Miss", "Mo",    "Mon",    "Mont", "Natl", "Neb",  "Nev",  "Nov",
    "Oct",  "Okla", "Ore",  "Pa",    "Ph",     "Pty",  "Rd",   "Sept", "Sep",  "Tenn",
    "Tex",  "Thu",  "Thur", "Thurs", "Tue",    "Tues", "Univ", "Va",   "Vt",   "Wash",
    "Wed",  "Wis",  "Wyo",  "al",    "approx", "ca",   "cf",   "ed",   "eds",  "eg",
    "esp",  "est",  "etc",  "ext",   "ft",     "hrs",  "ibid", "incl", "lb",   "lbs",
    "max",  "min",  "mins", "oz",    "resp",   "sq",   "tel",  "viz",  "yr",   "yrs",
};

template <typename List>
bool Contains(const List& list, std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

// "U.S", "a.m", "Ph.D", "J": one or two letters between full stops.
bool IsDotted(std::string_view word) {
  size_t letters = 0;
  bool dotted = false;
  for (const char c : word) {
    if (c == '.') {
      if (letters == 0) return false;
      letters = 0;
      dotted = true;
    } else if (ClassOf(static_cast<unsigned char>(c)) != CharacterClass::kLower &&
               ClassOf(static_cast<unsigned char>(c)) != CharacterClass::kUpper) {
      return false;
    } else if (++letters > 2) {
      return false;
    }
  }
  return dotted && letters > 0;
}

}  // namespace

Abbreviation AbbreviationOf(std::string_view word) {
  if (word.empty() || word.size() > 12) return Abbreviation::kNone;
  if (word.size() == 1 && word[0] >= 'A' && word[0] <= 'Z' && word[0] != 'I') {
    return Abbreviation::kTitle;  // an initial
  }
  if (Contains(kTitles, word)) return Abbreviation::kTitle;
  if (Contains(kNumbers, word)) return Abbreviation::kNumber;
  if (IsDotted(word) || Contains(kOthers, word)) return Abbreviation::kOther;
  return Abbreviation::kNone;
}

}  // namespace dossier::english
