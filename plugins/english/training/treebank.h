// Reads Universal Dependencies treebanks in CoNLL-U (universaldependencies.org/format.html).
#ifndef DOSSIER_PLUGINS_ENGLISH_TRAINING_TREEBANK_H_
#define DOSSIER_PLUGINS_ENGLISH_TRAINING_TREEBANK_H_

#include <cstdint>
#include <string>
#include <vector>

namespace dossier::english {

struct TreebankWord {
  std::string form;
  std::string lemma;
  std::string upos;
  std::string xpos;
  std::string relation;
  uint16_t head = 0;  // 0 to n - 1, or n for the root
  bool space_after = true;
};

struct TreebankSentence {
  std::vector<TreebankWord> words;  // syntactic words: "do" "n't"
  bool begins_paragraph = false;
};

using Treebank = std::vector<TreebankSentence>;

// Appends the sentences of the file. Empty nodes are left out; the words of a multiword token have
// no space between them. Ends the process with a message when the file does not read.
void ReadTreebank(const std::string& path, Treebank& treebank);

// The running text: a blank line between paragraphs, else a space between sentences. Returns one
// span per word, in order, as byte offsets.
struct TextSpan {
  uint32_t begin = 0;
  uint32_t end = 0;
  friend auto operator<=>(const TextSpan&, const TextSpan&) = default;
};
std::string WriteText(const Treebank& treebank, std::vector<TextSpan>& words);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_TRAINING_TREEBANK_H_
