// Cuts text into words and marks as Universal Dependencies treebanks of English do: "do" "n't",
// "NATO" "'s", "long" "-" "range", "non-lethal", "$" "5", "10,000", "U.S.".
#ifndef DOSSIER_PLUGINS_ENGLISH_TEXT_TOKENIZER_H_
#define DOSSIER_PLUGINS_ENGLISH_TEXT_TOKENIZER_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "plugins/english/text/annotation.h"

namespace dossier::english {

// Appends the tokens of text[begin, end), all with sentence 0. HTML tags are skipped like white
// space. Linear time.
void Tokenize(std::string_view text, uint32_t begin, uint32_t end, std::vector<Token>& tokens);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_TEXT_TOKENIZER_H_
