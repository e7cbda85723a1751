#include "plugins/english/training/treebank.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace dossier::english {
namespace {

[[noreturn]] void Fail(const std::string& path, const std::string& what) {
  std::fprintf(stderr, "%s: %s\n", path.c_str(), what.c_str());
  std::exit(1);
}

std::vector<std::string> SplitTabs(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream stream(line);
  for (std::string field; std::getline(stream, field, '\t');) fields.push_back(field);
  return fields;
}

// The last word of a multiword token "3-4" takes over the token's SpaceAfter.
struct Multiword {
  size_t last = 0;
  bool space_after = true;
};

void Finish(TreebankSentence& sentence, Treebank& treebank) {
  const auto n = static_cast<uint16_t>(sentence.words.size());
  if (n == 0) return;
  for (TreebankWord& word : sentence.words) {
    word.head = word.head == 0 ? n : static_cast<uint16_t>(word.head - 1);
  }
  treebank.push_back(std::move(sentence));
  sentence = {};
}

}  // namespace

void ReadTreebank(const std::string& path, Treebank& treebank) {
  std::ifstream file(path);
  if (!file) Fail(path, "cannot be opened");
  TreebankSentence sentence;
  Multiword multiword;
  for (std::string line; std::getline(file, line);) {
    if (line.empty()) {
      Finish(sentence, treebank);
      multiword = {};
      continue;
    }
    if (line[0] == '#') {
      if (line.starts_with("# newpar") || line.starts_with("# newdoc")) {
        sentence.begins_paragraph = true;
      }
      continue;
    }
    const std::vector<std::string> fields = SplitTabs(line);
    if (fields.size() != 10) Fail(path, "a line without 10 columns: " + line);
    const bool space_after = fields[9].find("SpaceAfter=No") == std::string::npos;
    if (const size_t dash = fields[0].find('-'); dash != std::string::npos) {
      multiword = {std::stoul(fields[0].substr(dash + 1)), space_after};
      continue;
    }
    if (fields[0].find('.') != std::string::npos) continue;
    TreebankWord word = {fields[1], fields[2], fields[3], fields[4], fields[7]};
    word.head = static_cast<uint16_t>(std::stoul(fields[6]));
    const size_t id = sentence.words.size() + 1;
    word.space_after = id < multiword.last    ? false
                       : id == multiword.last ? multiword.space_after
                                              : space_after;
    sentence.words.push_back(std::move(word));
  }
  Finish(sentence, treebank);
}

std::string WriteText(const Treebank& treebank, std::vector<TextSpan>& words) {
  std::string text;
  for (const TreebankSentence& sentence : treebank) {
    if (sentence.begins_paragraph && !text.empty()) {
      while (text.back() == ' ') text.pop_back();
      text += "\n\n";
    }
    for (const TreebankWord& word : sentence.words) {
      const auto begin = static_cast<uint32_t>(text.size());
      text += word.form;
      words.push_back({begin, static_cast<uint32_t>(text.size())});
      if (word.space_after) text += ' ';
    }
  }
  return text;
}

}  // namespace dossier::english
