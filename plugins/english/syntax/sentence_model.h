// Where sentences end: a linear model over the words around each place where one could.
#ifndef DOSSIER_PLUGINS_ENGLISH_SYNTAX_SENTENCE_MODEL_H_
#define DOSSIER_PLUGINS_ENGLISH_SYNTAX_SENTENCE_MODEL_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "plugins/english/model/weight_table.h"
#include "plugins/english/text/annotation.h"
#include "plugins/english/text/layout.h"

namespace dossier::english {

// No sentence has more tokens, so that what reads sentences may take them whole.
inline constexpr uint32_t kMaxSentenceTokens = 200;

enum SentenceClass : uint32_t { kGoesOn, kEnds, kSentenceClasses };

// Whether a sentence could end between tokens `last` and `last + 1`, both of one block. The same
// for training and use.
bool MayEnd(std::string_view text, std::span<const Token> block, size_t last);

// The features of that place; `length` tokens of the sentence lie before it.
void ExtractSentenceFeatures(std::string_view text, std::span<const Token> block, size_t last,
                             size_t length, std::vector<uint64_t>& features);

// Thread-safe; borrows the bytes of its weights.
class SentenceModel {
 public:
  bool Open(std::span<const std::byte> section);

  // Cuts the block that annotation.tokens holds from `first_token` on into sentences, appends them
  // and tells the tokens. Linear time.
  void Split(const Block& block, uint32_t first_token, Annotation& annotation) const;

 private:
  SparseWeights weights_;
};

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_SYNTAX_SENTENCE_MODEL_H_
