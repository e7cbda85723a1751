// The forms of a name that resolution compares. English in its articles and titles; names in other
// languages pass through unharmed.
#ifndef DOSSIER_SERVER_INGEST_NAMES_H_
#define DOSSIER_SERVER_INGEST_NAMES_H_

#include <string>
#include <string_view>
#include <vector>

namespace dossier {

// `text` cut at white space, as FoldName() leaves it: single spaces, none outside.
std::vector<std::string_view> SplitWords(std::string_view text);

// `name` on one line, without "the" in front and "'s" or "'" at the end: "the \n Times's" is
// "Times". Something is always left of what was not blank.
std::string CleanName(std::string_view name);

// A clean name without the titles in front: "Vice President Ada Lovelace" is "Ada Lovelace".
// Something is always left.
std::string WithoutTitles(std::string_view clean_name);

// A person's folded name in its two parts: {"ursula", "von der leyen"}, {"", "von der leyen"},
// {"martin luther", "king"} of "martin luther king jr.". Given names come first.
struct PersonName {
  std::string given;
  std::string surname;
};
PersonName SplitPersonName(std::string_view folded_name);

}  // namespace dossier

#endif  // DOSSIER_SERVER_INGEST_NAMES_H_
