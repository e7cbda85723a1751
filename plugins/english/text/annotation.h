// What the English pipeline knows about one document, row by row: the rows of the layers
// sentence/1, token/1 and dep.ud/1 (plugins/abi/LAYERS.md) as plain structs.
//
// Strings are held once: tags and relations in the model's inventory, lemmas in a pool of the
// document's own, so that a word costs 12 bytes and 10 MiB of brackets stay affordable.
#ifndef DOSSIER_PLUGINS_ENGLISH_TEXT_ANNOTATION_H_
#define DOSSIER_PLUGINS_ENGLISH_TEXT_ANNOTATION_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "plugins/english/text/string_pool.h"

namespace dossier::english {

enum class SentenceKind : uint8_t { kSentence, kHeading, kItem, kRow, kBoilerplate };

// The word the layer sentence/1 uses for a kind.
std::string_view SentenceKindName(SentenceKind kind);

// Byte offsets [begin, end) into the text; its tokens are [first_token, end_token).
struct Sentence {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t first_token = 0;
  uint32_t end_token = 0;
  SentenceKind kind = SentenceKind::kSentence;
};

struct Token {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t sentence = 0;  // index into Annotation::sentences
};

inline constexpr uint32_t kNoHead = UINT32_MAX;  // the head of a root

// One per token. The small numbers are ids into Inventory and Annotation::lemmas.
struct Word {
  uint32_t head = kNoHead;  // index of a token of the same sentence
  uint32_t lemma = 0;
  uint8_t upos = 0;
  uint8_t xpos = 0;
  uint8_t relation = 0;
};

// The tags and relations a model knows; lives as long as the model.
struct Inventory {
  std::vector<std::string_view> upos;       // Universal POS: "NOUN"
  std::vector<std::string_view> xpos;       // Penn Treebank: "NNS"
  std::vector<std::string_view> relations;  // UD 2 with subtypes: "nsubj:pass"
};

// `text` and `inventory` are borrowed and must outlive the annotation.
struct Annotation {
  std::string_view text;
  const Inventory* inventory = nullptr;
  std::vector<Sentence> sentences;
  std::vector<Token> tokens;
  std::vector<Word> words;  // as many as tokens, or none before tagging
  StringPool lemmas;

  std::string_view Form(uint32_t token) const {
    return text.substr(tokens[token].begin, tokens[token].end - tokens[token].begin);
  }
  std::string_view Upos(uint32_t token) const { return inventory->upos[words[token].upos]; }
  std::string_view Xpos(uint32_t token) const { return inventory->xpos[words[token].xpos]; }
  std::string_view Lemma(uint32_t token) const { return lemmas[words[token].lemma]; }
  std::string_view Relation(uint32_t token) const {
    return inventory->relations[words[token].relation];
  }
};

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_TEXT_ANNOTATION_H_
