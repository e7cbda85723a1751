// The state of an arc-hybrid transition parser (Kuhlmann, Gomez-Rodriguez and Satta 2011): a stack,
// a buffer that ends in the root, and the tree built so far.
//
// Nodes: 0 stands for "none", 1 to n are the words, n + 1 is the root.
#ifndef DOSSIER_PLUGINS_ENGLISH_SYNTAX_PARSER_STATE_H_
#define DOSSIER_PLUGINS_ENGLISH_SYNTAX_PARSER_STATE_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "plugins/english/syntax/lexeme.h"

namespace dossier::english {

enum Action : uint8_t {
  kShift,  // the first word of the buffer goes on the stack
  kLeft,   // the stack's top becomes a dependent of the buffer's first word
  kRight,  // the stack's top becomes a dependent of the word below it
};
inline constexpr size_t kActions = 3;

struct Arc {
  uint16_t head = 0;
  uint8_t label = 0;
};

// A node and what hangs on it so far. Children: [0] the outermost, [1] the one before it.
struct ParserNode {
  uint64_t word = 0;
  uint64_t suffix = 0;
  uint64_t shape = 0;
  uint64_t tag = 0;
  uint64_t label_set = 0;  // bit label % 64 of every child
  std::array<uint16_t, 2> left = {};
  std::array<uint16_t, 2> right = {};
  uint16_t head = 0;
  uint8_t label = 0;
  uint8_t left_count = 0;
  uint8_t right_count = 0;
};

class ParserState {
 public:
  // Begins a sentence of at most 65,000 words, forwards or from its end. `guide`, when not empty,
  // is a tree of the same sentence by another parser, for features.
  void Reset(std::span<const Lexeme> words, std::span<const uint8_t> tags, bool reversed,
             std::span<const Arc> guide);

  size_t word_count() const { return nodes_.size() - 2; }
  uint16_t root() const { return static_cast<uint16_t>(nodes_.size() - 1); }
  const ParserNode& node(uint16_t i) const { return nodes_[i]; }
  bool has_guide() const { return !guide_.empty(); }
  // The guide's arc to node i; head 0 for "none" and the root.
  Arc guide(uint16_t i) const { return i < guide_.size() ? guide_[i] : Arc{}; }

  // The i-th node from the stack's top or from the buffer's front; 0 when there is none.
  uint16_t stack(size_t i) const { return i < stack_.size() ? stack_[stack_.size() - 1 - i] : 0; }
  uint16_t buffer(size_t i) const {
    return next_ + i < nodes_.size() ? static_cast<uint16_t>(next_ + i) : uint16_t{0};
  }
  std::span<const uint16_t> stack() const { return stack_; }

  bool IsFinal() const { return stack_.empty() && next_ == root(); }
  // Keeps the tree single-rooted: the root takes the last word on the stack only.
  bool IsLegal(Action action) const;

  // The arc that kLeft or kRight would add.
  uint16_t ArcHead(Action action) const { return action == kLeft ? buffer(0) : stack(1); }
  // `label` is ignored for kShift.
  void Apply(Action action, uint8_t label);

  // The finished tree: per word, in text order, its head (0 to n - 1, or n for the root) and label.
  void ReadTree(bool reversed, std::span<Arc> tree) const;

 private:
  std::vector<ParserNode> nodes_;
  std::vector<Arc> guide_;
  std::vector<uint16_t> stack_;
  uint16_t next_ = 1;
};

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_SYNTAX_PARSER_STATE_H_
