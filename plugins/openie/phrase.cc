#include "plugins/openie/phrase.h"

#include <algorithm>

#include "plugins/openie/clause_shape.h"
#include "plugins/openie/lexicon.h"

namespace dossier::openie {
namespace {

// "grant - IN - aid", "LIVE - IN": part of a word.
bool IsHyphenated(const Tree& tree, int i) {
  return (i > 0 && tree[i - 1].xpos == "HYPH") ||
         (i + 1 < tree.size() && tree[i + 1].xpos == "HYPH");
}

// Dependents of a predicate noun or adjective that belong to its clause.
bool IsClauseLevel(const Word& word, int head, int at) {
  switch (word.rel) {
    case Rel::kNsubj:
    case Rel::kNsubjPass:
    case Rel::kNsubjOuter:
    case Rel::kCsubj:
    case Rel::kAux:
    case Rel::kAuxPass:
    case Rel::kCop:
    case Rel::kMark:
    case Rel::kExpl:
    case Rel::kObl:
    case Rel::kOblUnmarked:
    case Rel::kAdvcl:
    case Rel::kCcomp:
      return true;
    case Rel::kAdvmod:
      return at + 1 != head || IsNegator(word.lemma);
    default:
      return false;
  }
}

bool IsOpening(std::string_view text) {
  return text == "``" || text == "(" || text == "[" || text == "\u201C" || text == "-LRB-" ||
         text == "\u2018" || text == "`";
}
bool IsClosing(std::string_view text) {
  return text == "''" || text == ")" || text == "]" || text == "\u201D" || text == "-RRB-";
}

bool IsLoose(const Tree& tree, const std::vector<int>& tokens, bool front) {
  const Word& word = tree[front ? tokens.front() : tokens.back()];
  if (word.pos != Pos::kPunct) return word.rel == Rel::kCc;
  const bool opens = IsOpening(word.text), closes = IsClosing(word.text);
  if (!opens && !closes && word.text != "\"") return true;
  if (front ? closes : opens) return true;
  // A mark at one end stays when its partner stands inside.
  return std::ranges::none_of(tokens, [&](int i) {
    const std::string_view text = tree[i].text;
    if (word.text == "\"") return text == "\"" && tree[i].begin != word.begin;
    return front ? IsClosing(text) : IsOpening(text);
  });
}

// Takes a few marks off either end, not a page of them.
void Trim(const Tree& tree, std::vector<int>* tokens) {
  constexpr int kMost = 8;
  for (int k = 0; k < kMost && !tokens->empty() && IsLoose(tree, *tokens, false); ++k) {
    tokens->pop_back();
  }
  for (int k = 0; k < kMost && !tokens->empty() && IsLoose(tree, *tokens, true); ++k) {
    tokens->erase(tokens->begin());
  }
}

// A mark between two words of the phrase is part of it, wherever it hangs: "world - wide".
void FillMarks(const Tree& tree, std::vector<int>* tokens) {
  std::vector<int> filled;
  for (const int i : *tokens) {
    if (!filled.empty() && filled.back() + 2 == i && tree[i - 1].pos == Pos::kPunct) {
      filled.push_back(i - 1);
    }
    filled.push_back(i);
  }
  *tokens = std::move(filled);
}

}  // namespace

std::vector<int> FullPhrase(const Tree& tree, const Frame& frame, const Argument& argument) {
  const int head = argument.head;
  const bool whole = argument.slot == Slot::kContent || argument.slot == Slot::kAdverbial ||
                     argument.slot == Slot::kOpenContent;
  const bool predicate =
      (frame.copular && head == frame.head) || (!whole && tree.Has(head, Rel::kCop));
  const bool subject = frame.has_subject && head == frame.subject.head;
  std::vector<int> tokens;
  tree.Collect(
      head,
      [&](int child) {
        const Word& word = tree[child];
        if (word.rel == Rel::kParataxis || word.rel == Rel::kDiscourse) return true;
        if (NamesSource(tree, child)) return true;
        // "in a decade and THAT IT WAS OVER": no part of the phrase.
        if (word.rel == Rel::kConj && !whole && IsNominal(tree[head].pos) &&
            tree.Has(child, Rel::kMark)) {
          return true;
        }
        if (word.head != head) return false;
        // A relative clause makes a tuple of its own, and so does what the subject is.
        if (word.rel == Rel::kRelcl || (word.rel == Rel::kAppos && subject)) return true;
        if (argument.cut != kNone) {
          if (predicate && IsClauseLevel(word, head, child)) return true;
          const bool cut = argument.cut < head ? child == argument.cut : child >= argument.cut;
          return cut || word.rel == Rel::kConj || word.rel == Rel::kCase ||
                 word.rel == Rel::kMark || word.rel == Rel::kCc;
        }
        if ((word.rel == Rel::kCase && !IsHyphenated(tree, child)) ||
            (word.rel == Rel::kCc && child < head))
          return true;
        if (word.rel == Rel::kMark && argument.slot == Slot::kContent) return true;
        if (!predicate) return false;
        return IsClauseLevel(word, head, child) ||
               (word.rel == Rel::kConj && (tree.Has(child, Rel::kCop) || IsVerbal(word)));
      },
      &tokens);
  std::ranges::sort(tokens);
  FillMarks(tree, &tokens);
  Trim(tree, &tokens);
  return tokens;
}

std::vector<int> Marker(const Tree& tree, const Argument& argument) {
  std::vector<int> tokens;
  int of = argument.marker;
  if (of == kNone && argument.cut == kNone) of = argument.head;
  if (of == kNone) return tokens;
  for (int c : tree.children(of)) {
    const Rel rel = tree[c].rel;
    const bool marks = (rel == Rel::kCase && !IsHyphenated(tree, c)) ||
                       (rel == Rel::kMark && argument.slot == Slot::kContent);
    if (marks)
      tree.Collect(
          c, [&](int i) { return tree[i].rel == Rel::kPunct; }, &tokens);
  }
  std::ranges::sort(tokens);
  return tokens;
}

std::string Lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

std::string Join(const Tree& tree, const std::vector<int>& tokens) {
  std::string out;
  for (size_t k = 0; k < tokens.size(); ++k) {
    const Word& word = tree[tokens[k]];
    if (k > 0 && !(tokens[k - 1] + 1 == tokens[k] && tree[tokens[k - 1]].end == word.begin)) {
      out += ' ';
    }
    out += word.text;
  }
  return out;
}

}  // namespace dossier::openie
