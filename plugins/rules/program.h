// A sequence pattern as a program over tokens, and its execution: Pike's algorithm, which follows
// all ways through the pattern at once (Thompson, CACM 11(6), 1968; Cox, "Regular Expression
// Matching: the Virtual Machine Approach", 2009). No input makes it backtrack: each token costs at
// most one visit of each instruction.
#ifndef DOSSIER_PLUGINS_RULES_PROGRAM_H_
#define DOSSIER_PLUGINS_RULES_PROGRAM_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace dossier::rules {

// A pattern as it is written: a tree no deeper than the parser lets it be.
struct Node {
  enum class Kind : uint8_t { kToken, kSequence, kAlternatives, kCapture, kRepeat };
  static constexpr uint32_t kUnbounded = UINT32_MAX;

  Kind kind = Kind::kSequence;
  std::vector<Node> children;  // one for kCapture and kRepeat
  uint32_t index = 0;          // kToken: the pattern; kCapture: the variable
  uint32_t min = 0;            // kRepeat; as many as possible are taken
  uint32_t max = 0;
};

struct Instruction {
  enum class Kind : uint8_t { kToken, kSplit, kSave, kMatch };

  Kind kind = Kind::kMatch;
  uint32_t index = 0;  // kToken: the pattern; kSave: the slot
  uint32_t next = 0;
  uint32_t other = 0;  // kSplit: tried after `next`
};

struct Program {
  std::vector<Instruction> instructions;  // begins at 0
  uint32_t slots = 0;                     // two a variable: first token, one past the last
  std::vector<uint32_t> first;            // patterns of the tokens that a match may begin with
};

inline constexpr size_t kMaxInstructions = 2000;
// A match spans at most as many tokens, so that looking for the next one never reads far again.
inline constexpr uint32_t kMaxMatchTokens = 200;
inline constexpr uint32_t kUnset = UINT32_MAX;

// std::nullopt when the pattern makes more than kMaxInstructions. Variables are numbered from 0.
std::optional<Program> Compile(const Node& pattern, uint32_t variables);

// Whether some sequence of no tokens matches.
bool MayBeEmpty(const Node& pattern);

// Runs programs; keeps its memory from one run to the next.
class Machine {
 public:
  // Finds the first match in the tokens [begin, end): leftmost, then as the pattern prefers. False
  // when there is none. `accepts(pattern, token)` says whether a token fits. REQUIRES: the pattern
  // matches no sequence of no tokens.
  bool Run(const Program& program, uint32_t begin, uint32_t end,
           const std::function<bool(uint32_t pattern, uint32_t token)>& accepts);

  // Of each variable the first token and one past the last, or kUnset.
  const std::vector<uint32_t>& slots() const { return best_; }
  uint32_t match_begin() const { return best_begin_; }
  uint32_t match_end() const { return best_end_; }
  // Instructions visited in all runs, to be held against the tokens.
  uint64_t steps() const { return steps_; }

 private:
  struct Thread {
    uint32_t instruction = 0;
    uint32_t begin = 0;  // token where it started
    std::vector<uint32_t> slots;
  };
  // Threads in the order in which they are preferred; one for each instruction.
  struct Threads {
    std::vector<Thread> list;
    size_t size = 0;
    std::vector<uint32_t> seen;  // per instruction: the round that reached it
  };

  // Follows splits and saves from `thread` on and adds what waits for the token `at`.
  void Add(const Program& program, uint32_t instruction, uint32_t begin, uint32_t at,
           std::vector<uint32_t> slots, Threads* threads);

  Threads now_;
  Threads next_;
  uint32_t round_ = 0;
  uint64_t steps_ = 0;
  std::vector<uint32_t> best_;
  uint32_t best_begin_ = 0;
  uint32_t best_end_ = 0;
};

}  // namespace dossier::rules

#endif  // DOSSIER_PLUGINS_RULES_PROGRAM_H_
