#include "plugins/openie/tree_text.h"

#include <cctype>
#include <cstdlib>
#include <vector>

namespace dossier::openie {
namespace {

std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> parts(1);
  for (char c : text) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

Pos PosOfTag(std::string_view tag, Rel rel) {
  if (rel == Rel::kAux || rel == Rel::kAuxPass || rel == Rel::kCop || tag == "MD") return Pos::kAux;
  if (tag.starts_with("VB")) return Pos::kVerb;
  if (tag.starts_with("NNP")) return Pos::kPropn;
  if (tag.starts_with("NN")) return Pos::kNoun;
  if (tag.starts_with("PRP") || tag.starts_with("WP") || tag == "WDT" || tag == "EX") {
    return Pos::kPron;
  }
  if (tag.starts_with("JJ")) return Pos::kAdj;
  if (tag.starts_with("RB") || tag == "WRB") return Pos::kAdv;
  if (tag == "CD") return Pos::kNum;
  if (tag == "DT") return Pos::kDet;
  return std::isalpha(static_cast<unsigned char>(tag.front())) ? Pos::kOther : Pos::kPunct;
}

}  // namespace

TreeText::TreeText(std::string_view line, uint32_t begin) : tree_(Parse(line, begin)) {}

std::vector<Word> TreeText::Parse(std::string_view line, uint32_t offset) {
  std::vector<Word> words;
  std::vector<std::string> marks;
  std::vector<std::vector<std::string>> tokens;
  for (const std::string& token : Split(line, ' ')) {
    if (!token.empty()) tokens.push_back(Split(token, '/'));
  }
  for (const auto& fields : tokens) text_ += Split(fields[0], '=')[0] + " ";
  uint32_t at = 0;
  for (const auto& fields : tokens) {
    const std::vector<std::string> form = Split(fields[0], '=');
    std::string lemma = form.back();
    const bool proper = fields[1].starts_with("NNP");
    for (char& c : lemma) {
      if (!proper) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    lemmas_.push_back(lemma);
    lemmas_.push_back(fields[1]);
    Word word;
    word.begin = at;
    word.end = at + static_cast<uint32_t>(form[0].size());
    at = word.end + 1;
    word.text = std::string_view(text_).substr(word.begin, form[0].size());
    word.lemma = lemmas_[lemmas_.size() - 2];
    word.xpos = lemmas_.back();
    word.rel = ParseRel(fields[2]);
    word.pos = PosOfTag(fields[1], word.rel);
    word.head = std::atoi(fields[3].c_str()) - 1;
    const std::string mark = fields.size() > 4 ? fields[4] : "";
    const int row = !marks.empty() && marks.back() == mark ? static_cast<int>(marks.size() - 1)
                                                           : static_cast<int>(marks.size());
    if (!mark.empty() && (marks.empty() || marks.back() != mark)) marks.push_back(mark);
    if (mark == "P" || mark == "N" || mark == "O") word.name = row;
    if (mark == "T" || mark == "Q") word.value = row;
    if (word.name != kNone) {
      word.kind = mark == "P"   ? NameKind::kPerson
                  : mark == "O" ? NameKind::kBody
                                : NameKind::kOther;
    }
    word.is_time = mark == "T";
    word.begin += offset;
    word.end += offset;
    words.push_back(word);
  }
  return words;
}

}  // namespace dossier::openie
