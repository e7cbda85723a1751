// Which words keep their full stop.
#ifndef DOSSIER_PLUGINS_ENGLISH_TEXT_ABBREVIATIONS_H_
#define DOSSIER_PLUGINS_ENGLISH_TEXT_ABBREVIATIONS_H_

#include <cstdint>
#include <string_view>

namespace dossier::english {

enum class Abbreviation : uint8_t {
  kNone,
  kTitle,   // "Gen.": a name follows, the sentence goes on
  kNumber,  // "No.": only before a number
  kOther,   // "etc.", "U.S.": the sentence may end here
};

// `word` without its last full stop: "Gen", "U.S", "J". Constant time.
Abbreviation AbbreviationOf(std::string_view word);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_TEXT_ABBREVIATIONS_H_
