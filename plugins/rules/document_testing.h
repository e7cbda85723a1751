// Documents for tests, written as rows of tokens, and what rules say about them, as text.
#ifndef DOSSIER_PLUGINS_RULES_DOCUMENT_TESTING_H_
#define DOSSIER_PLUGINS_RULES_DOCUMENT_TESTING_H_

#include <cstdint>
#include <string>
#include <vector>

namespace dossier::rules {

// "word lemma pos tag dep head", blanks between; head is a token of the sentence from 1, 0 for a
// root.
using TestSentence = std::vector<std::string>;

// The tokens [first, last] of the document, counted from 0, are a name or a value.
struct TestRow {
  uint32_t first = 0;
  uint32_t last = 0;
  std::string type;       // or the value's kind
  std::string name = "";  // listed/1 has it so; empty: a row of name/1
  double value = 0;       // of numbers
  std::string from = "";  // of times, from and to
};

struct TestDocument {
  std::vector<TestSentence> sentences;
  std::vector<TestRow> names = {};
  std::vector<TestRow> values = {};
};

// Runs the rules, which must be without fault, over the document. What they say, in order: a line a
// mention or triple.
std::vector<std::string> Say(const std::string& rules, const TestDocument& document);

// Instructions visited, as Say() goes along.
uint64_t StepsOf(const std::string& rules, const TestDocument& document);

// What is wrong with a rule file named my.rules; empty when nothing is.
std::string FaultsOf(const std::string& rules);

}  // namespace dossier::rules

#endif  // DOSSIER_PLUGINS_RULES_DOCUMENT_TESTING_H_
