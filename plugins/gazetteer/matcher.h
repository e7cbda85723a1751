// Finds the names of a list in a text: whole words, the leftmost first, of those the longest.
#ifndef DOSSIER_PLUGINS_GAZETTEER_MATCHER_H_
#define DOSSIER_PLUGINS_GAZETTEER_MATCHER_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "plugins/gazetteer/automaton.h"
#include "plugins/gazetteer/name_list.h"
#include "plugins/gazetteer/words.h"

namespace dossier::gazetteer {

struct Match {
  uint32_t begin = 0;  // bytes
  uint32_t end = 0;
  uint32_t name = 0;  // which of NameList::names

  friend bool operator==(const Match&, const Match&) = default;
};

// Immutable once made; any number of threads may use it.
class Matcher {
 public:
  // Adds to *faults the forms that cannot be told apart, because two different names are written
  // the same way, and those of more than kMaxFormWords words.
  Matcher(const NameList& list, const sdk::TextFile& file, sdk::FileFaults* faults);

  // Calls found(match) from left to right; no two overlap. `text` is valid UTF-8. Time linear in
  // the text; memory in its longest run of words that all stand in the list. Ends early, without
  // another call, when stop() says so; it is asked now and then.
  void Find(std::string_view text, const std::function<void(const Match&)>& found,
            const std::function<bool()>& stop) const;

  static constexpr uint32_t kMaxFormWords = 32;

 private:
  // One form of a name that a state of the automaton stands for.
  struct Pattern {
    uint32_t name = 0;
    Case match = Case::kAny;
    uint32_t initials = 0;  // bit i: word i begins with a capital
    uint32_t shouted = 0;   // bit i: word i is in capitals
    std::string exact;      // Case::kExact: the normalized words, each with a blank after it
    size_t offset = 0;      // in the file
  };
  // A word of the text that stands in the list.
  struct Token {
    uint32_t begin;
    uint32_t end;
    uint32_t word;
  };
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };

  void AddForm(const NameList& list, const Form& form, const sdk::TextFile& file,
               sdk::FileFaults* faults);
  void FindInRun(std::string_view text, const std::vector<Token>& run,
                 const std::function<void(const Match&)>& found) const;
  // The form that `tokens`, whose folded words are those of `state`, spell; nullptr when none.
  const Pattern* Spelled(std::string_view text, const Token* tokens, Automaton::State state) const;

  std::unordered_map<std::string, uint32_t, Hash, std::equal_to<>> words_;  // folded -> number
  Automaton automaton_;
  std::unordered_map<Automaton::State, std::vector<Pattern>> patterns_;  // strictest case first
};

}  // namespace dossier::gazetteer

#endif  // DOSSIER_PLUGINS_GAZETTEER_MATCHER_H_
