// A treebank as numbers: what the tagger and the parsers train on.
#ifndef DOSSIER_PLUGINS_ENGLISH_TRAINING_EXAMPLES_H_
#define DOSSIER_PLUGINS_ENGLISH_TRAINING_EXAMPLES_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "plugins/english/syntax/lexeme.h"
#include "plugins/english/syntax/parser_state.h"
#include "plugins/english/training/treebank.h"

namespace dossier::english {

// Names with numbers, most frequent first; those seen fewer than `minimum` times are left out.
class Numbering {
 public:
  void Count(const std::string& name) { ++counts_[name]; }
  void Close(size_t minimum);

  // 0, the most frequent name, for one that was left out.
  uint8_t operator()(const std::string& name) const;
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::map<std::string, size_t> counts_;
  std::map<std::string, uint8_t> numbers_;
  std::vector<std::string> names_;
};

struct Example {
  std::vector<Lexeme> words;
  std::vector<uint8_t> tags;     // gold
  std::vector<uint8_t> guessed;  // by a tagger that has not seen this sentence
  std::vector<Arc> tree;         // gold
  std::vector<Arc> guide;        // by a parser that has not seen this sentence
};

struct Examples {
  Numbering tags;       // "VBZ AUX"
  Numbering relations;  // "nsubj:pass"
  std::vector<Example> sentences;
};

Examples MakeExamples(const Treebank& treebank);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_TRAINING_EXAMPLES_H_
