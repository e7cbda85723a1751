// Names that mean one thing wherever they stand: countries with their adjectives and capitals,
// organisations that everybody calls by their letters. From ISO 3166 (Debian's iso-codes), the CLDR
// (through ICU) and the reviewed files in facts/.
#ifndef DOSSIER_SERVER_INGEST_KNOWN_NAMES_H_
#define DOSSIER_SERVER_INGEST_KNOWN_NAMES_H_

#include <string>
#include <string_view>

namespace dossier {

enum class NameSort : uint8_t { kCountry, kDemonym, kCapital, kOrganisation };

struct KnownName {
  std::string key;  // NameForm() of the usual name
  NameSort sort = NameSort::kCountry;
};

// What a clean name is known for; nullptr when it is not, or for two things. "US" and "U.S." are
// the country, "us" is not: what is listed in capitals counts in capitals. Thread-safe; constant
// cost. The first call in a process reads the tables.
const KnownName* FindKnownName(std::string_view clean_name);

// The country that a clean name begins with, words in lower case aside, and the rest: "Russia's
// navy", "Russian navy" and "navy of Russia" are {russia, navy}, "new Russian navy" is {russia, new
// navy}. The rest is not empty. nullptr `country`: it has none, or
// its rest names a thing that only happens to have it in its name ("American Airlines").
struct CountryAndRest {
  const KnownName* country = nullptr;
  std::string rest;
};
CountryAndRest SplitCountry(std::string_view clean_name);

}  // namespace dossier

#endif  // DOSSIER_SERVER_INGEST_KNOWN_NAMES_H_
