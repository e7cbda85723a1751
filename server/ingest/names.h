// The forms of a name that resolution compares. English in its articles and titles; names in other
// languages pass through unharmed.
#ifndef DOSSIER_SERVER_INGEST_NAMES_H_
#define DOSSIER_SERVER_INGEST_NAMES_H_

#include <string>
#include <string_view>
#include <vector>

namespace dossier {

// Whether `list`, words with a space on either side, has `word`, which has no space.
bool HasWord(std::string_view list, std::string_view word);

// `text` cut at white space, as FoldName() leaves it: single spaces, none outside.
std::vector<std::string_view> SplitWords(std::string_view text);

// `name` on one line, without "the" in front and "'s" or "'" at the end: "the \n Times's" is
// "Times". Something is always left of what was not blank.
std::string CleanName(std::string_view name);

// A person's clean name without titles and what stands before them: "Vice President Lovelace" is
// "Lovelace", "Northern President Ada Lovelace" is "Ada Lovelace". A title further back counts only
// when two words follow it ("John Major" is nobody's title). Something is always left.
std::string WithoutTitles(std::string_view clean_name);

// A clean name without "Inc.", "Ltd" and the like at the end. Something is always left.
std::string WithoutLegalForm(std::string_view clean_name);

// A clean name without words at the end that tell the kind of business: "Northport Media Group" is
// "Northport". Something is always left.
std::string WithoutGenericEnd(std::string_view clean_name);

// The form of a person's name in its two parts: {"ursula", "von der leyen"}, {"", "von der leyen"},
// {"martin luther", "king"} of "martin luther king jr". Which is the family's name, only the
// language could tell.
struct PersonName {
  std::string given;
  std::string surname;

  std::string_view first() const { return std::string_view(given).substr(0, given.find(' ')); }
};
PersonName SplitPersonName(std::string_view name_form);

}  // namespace dossier

#endif  // DOSSIER_SERVER_INGEST_NAMES_H_
