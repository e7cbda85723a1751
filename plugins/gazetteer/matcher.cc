#include "plugins/gazetteer/matcher.h"

#include <algorithm>
#include <bit>
#include <tuple>
#include <utility>

namespace dossier::gazetteer {
namespace {

// No word of a list is longer once folded; folding makes nothing shorter than a quarter, invisible
// characters aside.
constexpr size_t kMaxWordBytes = 4 * kMaxFormBytes;
constexpr uint32_t kWordsBetweenStops = 1 << 14;

}  // namespace

Matcher::Matcher(const NameList& list, const sdk::TextFile& file, sdk::FileFaults* faults) {
  for (const Form& form : list.forms) AddForm(list, form, file, faults);
  automaton_.Finish();
}

void Matcher::AddForm(const NameList& list, const Form& form, const sdk::TextFile& file,
                      sdk::FileFaults* faults) {
  Pattern pattern;
  pattern.name = form.name;
  pattern.match = form.match;
  pattern.offset = form.offset;
  std::vector<uint32_t> words;
  std::string folded;
  WordReader reader(form.text);
  for (Word word; reader.Next(&word);) {
    if (words.size() == kMaxFormWords) {
      faults->Add(form.offset, "more than " + std::to_string(kMaxFormWords) + " words and marks");
      return;
    }
    const std::string_view written =
        std::string_view(form.text).substr(word.begin, word.end - word.begin);
    const Capitals capitals = CapitalsOf(written);
    const uint32_t bit = uint32_t{1} << words.size();
    if (capitals.initial) pattern.initials |= bit;
    if (capitals.all) pattern.shouted |= bit;
    if (form.match == Case::kExact) {
      NormalizeWord(written, &folded);
      pattern.exact += folded + ' ';
    }
    FoldWord(written, &folded);
    words.push_back(words_.try_emplace(folded, static_cast<uint32_t>(words_.size())).first->second);
  }
  if (words.empty()) return;  // nothing but white space of rare kinds

  std::vector<Pattern>& same = patterns_[automaton_.Add(words)];
  for (const Pattern& other : same) {
    const bool alike = other.match == pattern.match && other.exact == pattern.exact &&
                       (pattern.match != Case::kCapitals ||
                        (other.initials == pattern.initials && other.shouted == pattern.shouted));
    if (!alike) continue;
    const ListedName& mine = list.names[pattern.name];
    const ListedName& theirs = list.names[other.name];
    if (mine.name != theirs.name || mine.type != theirs.type) {
      faults->Add(form.offset, "\"" + form.text + "\" is " + theirs.name + " (" + theirs.type +
                                   ") by " + file.Place(other.offset) + " already");
    }
    return;
  }
  // Of two that want capitals, the one that wants more.
  const auto strictness = [](const Pattern& p) {
    return std::tuple(p.match, std::popcount(p.shouted), std::popcount(p.initials));
  };
  const auto place = std::find_if(same.begin(), same.end(), [&](const Pattern& other) {
    return strictness(other) < strictness(pattern);
  });
  same.insert(place, std::move(pattern));
}

void Matcher::Find(std::string_view text, const std::function<void(const Match&)>& found,
                   const std::function<bool()>& stop) const {
  if (words_.empty()) return;
  WordReader reader(text);
  std::vector<Token> run;
  std::string folded;
  uint32_t count = 0;
  for (Word word; reader.Next(&word);) {
    if (++count % kWordsBetweenStops == 0 && stop()) return;
    auto known = words_.end();
    if (word.end - word.begin <= kMaxWordBytes) {
      FoldWord(text.substr(word.begin, word.end - word.begin), &folded);
      known = words_.find(std::string_view(folded));
    }
    if (known == words_.end() || word.after_blank_line) {
      FindInRun(text, run, found);
      run.clear();
    }
    if (known != words_.end()) run.push_back({word.begin, word.end, known->second});
  }
  FindInRun(text, run, found);
}

void Matcher::FindInRun(std::string_view text, const std::vector<Token>& run,
                        const std::function<void(const Match&)>& found) const {
  if (run.empty()) return;
  struct Longest {
    uint32_t words = 0;
    uint32_t name = 0;
  };
  std::vector<Longest> longest(run.size());  // of the forms that begin at each word
  Automaton::State state = Automaton::kStart;
  for (size_t i = run.size(); i-- > 0;) {
    state = automaton_.Step(state, run[i].word);
    for (Automaton::State form = automaton_.Longest(state); form != Automaton::kNone;
         form = automaton_.Shorter(form)) {
      if (const Pattern* pattern = Spelled(text, &run[i], form)) {
        longest[i] = {automaton_.size(form), pattern->name};
        break;
      }
    }
  }
  for (size_t i = 0; i < run.size();) {
    if (longest[i].words > 0) {
      found({run[i].begin, run[i + longest[i].words - 1].end, longest[i].name});
    }
    i += std::max(longest[i].words, 1u);
  }
}

const Matcher::Pattern* Matcher::Spelled(std::string_view text, const Token* tokens,
                                         Automaton::State state) const {
  const std::vector<Pattern>& patterns = patterns_.at(state);
  uint32_t initials = 0;
  uint32_t shouted = 0;
  std::string exact;
  for (uint32_t i = 0; i < automaton_.size(state); ++i) {
    const std::string_view written = text.substr(tokens[i].begin, tokens[i].end - tokens[i].begin);
    const Capitals capitals = CapitalsOf(written);
    initials |= uint32_t{capitals.initial} << i;
    shouted |= uint32_t{capitals.all} << i;
    if (patterns.front().match == Case::kExact) {  // the strictest stands first
      std::string normalized;
      NormalizeWord(written, &normalized);
      exact += normalized + ' ';
    }
  }
  for (const Pattern& pattern : patterns) {
    switch (pattern.match) {
      case Case::kAny:
        return &pattern;
      case Case::kCapitals:
        if ((pattern.initials & ~initials) == 0 && (pattern.shouted & ~shouted) == 0) {
          return &pattern;
        }
        break;
      case Case::kExact:
        if (pattern.exact == exact) return &pattern;
    }
  }
  return nullptr;
}

}  // namespace dossier::gazetteer
