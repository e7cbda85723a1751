// Acronyms that a text introduces in brackets, either way round:
//
//   the National Intelligence Service (NIS)       NIS (National Intelligence Service)
//
// The idea is that of A. Schwartz and M. Hearst, "A simple algorithm for identifying abbreviation
// definitions in biomedical text" (2003), made stricter: every letter must be the initial of a
// word, and only words such as "of" and "the" may stand between without giving one.
#ifndef DOSSIER_SERVER_INGEST_ACRONYMS_H_
#define DOSSIER_SERVER_INGEST_ACRONYMS_H_

#include <string>
#include <string_view>
#include <vector>

#include "server/model/span.h"

namespace dossier {

struct Acronym {
  std::string letters;  // AcronymForm() of it
  Span long_form;       // the words that it is short for, without "the" in front

  friend bool operator==(const Acronym&, const Acronym&) = default;
};

// In the order of the text; one that is introduced twice comes twice. Linear in the text.
std::vector<Acronym> FindAcronyms(std::string_view text);

// What all spellings of an acronym share: "U.N." and "UN" give "un". A name of several words or of
// more than kMaxAcronymLetters letters gives the empty string.
std::string AcronymForm(std::string_view name);

inline constexpr std::size_t kMaxAcronymLetters = 10;

}  // namespace dossier

#endif  // DOSSIER_SERVER_INGEST_ACRONYMS_H_
