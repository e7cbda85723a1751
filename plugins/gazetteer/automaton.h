// The automaton of Aho and Corasick ("Efficient string matching: an aid to bibliographic search",
// CACM 18(6), 1975) over numbered words instead of bytes. Debian 12 has no library of it for C or
// C++; over words it also needs a tenth of the states and finds whole words only.
//
// It is fed from right to left, so that what it finds at a position are the patterns that begin
// there, the longest first: what "leftmost, longest" asks for, without looking at any word twice.
#ifndef DOSSIER_PLUGINS_GAZETTEER_AUTOMATON_H_
#define DOSSIER_PLUGINS_GAZETTEER_AUTOMATON_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace dossier::gazetteer {

class Automaton {
 public:
  using State = uint32_t;
  static constexpr State kStart = 0;
  static constexpr State kNone = 0;  // the start matches nothing

  Automaton();

  // Adds the pattern `words`, which is not empty, as read from left to right. The same words give
  // the same state, which is never kStart. Time linear in the words.
  State Add(std::span<const uint32_t> words);
  // Once, after the last Add() and before the first Step().
  void Finish();

  // The state after one more word to the left. Over a text, linear in its words.
  State Step(State state, uint32_t word) const;
  // The longest pattern that begins at the word just read, as the state that Add() gave for it;
  // kNone when there is none.
  State Longest(State state) const { return longest_[state]; }
  // The next shorter one that begins there.
  State Shorter(State pattern) const { return longest_[fail_[pattern]]; }
  // Words of a pattern.
  uint32_t size(State pattern) const { return depth_[pattern]; }
  size_t states() const { return depth_.size(); }

 private:
  static uint64_t Edge(State state, uint32_t word) { return (uint64_t{state} << 32) | word; }

  std::unordered_map<uint64_t, State> edges_;
  std::vector<uint32_t> depth_;
  std::vector<State> longest_;  // this state or its nearest suffix that is a pattern
  std::vector<State> fail_;     // the longest proper suffix that is a state
};

}  // namespace dossier::gazetteer

#endif  // DOSSIER_PLUGINS_GAZETTEER_AUTOMATON_H_
