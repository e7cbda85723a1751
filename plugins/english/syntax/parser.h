// A greedy arc-hybrid dependency parser: a linear model picks one of three actions, a second one
// labels each arc as it is made. Linear time.
#ifndef DOSSIER_PLUGINS_ENGLISH_SYNTAX_PARSER_H_
#define DOSSIER_PLUGINS_ENGLISH_SYNTAX_PARSER_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "plugins/english/model/weight_table.h"
#include "plugins/english/syntax/parser_state.h"

namespace dossier::english {

// One per thread; keeps its memory between sentences.
struct ParserScratch {
  ParserState state;
  std::vector<uint64_t> features;
};

// Which of the legal actions scores best.
Action BestLegal(const ParserState& state, const int32_t scores[kActions]);

// Thread-safe; borrows the bytes of its weights.
class Parser {
 public:
  // `reversed`: reads sentences from their end.
  explicit Parser(bool reversed) : reversed_(reversed) {}

  bool Open(std::span<const std::byte> actions, std::span<const std::byte> labels) {
    return actions_.Open(actions) && labels_.Open(labels);
  }
  uint32_t label_count() const { return labels_.classes(); }

  // Fills `tree` with a head and a label per word. `guide` is as for ParserState::Reset.
  void Parse(std::span<const Lexeme> words, std::span<const uint8_t> tags,
             std::span<const Arc> guide, ParserScratch& scratch, std::span<Arc> tree) const;

 private:
  bool reversed_;
  DenseWeights actions_;
  SparseWeights labels_;
};

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_SYNTAX_PARSER_H_
