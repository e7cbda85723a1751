// The form in which names are compared: spellings of one name share it.
#ifndef DOSSIER_SERVER_MODEL_NAME_FORM_H_
#define DOSSIER_SERVER_MODEL_NAME_FORM_H_

#include <string>
#include <string_view>

namespace dossier {

// FoldName() of `name`, and beyond that, word by word:
//
//   accents of Latin letters go          "Erdoğan", "São Paulo"        erdogan, sao paulo
//   hyphens part words, dots part none   "Jong-un", "U.S.", "J. Hale"  jong un, us, j hale
//   endings of Slavic names are one      "Zelenskyy", "Dmitrii"        zelensky, dmitry
//   listed spellings are one             "defense", "Mohamed"          defence, muhammad
//
// What would leave nothing is left as it is. The form of a form is the form itself. It is for
// comparing, not for showing.
std::string NameForm(std::string_view name);

}  // namespace dossier

#endif  // DOSSIER_SERVER_MODEL_NAME_FORM_H_
