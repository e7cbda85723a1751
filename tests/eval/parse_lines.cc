// parse_lines < TEXT: the trees of the built-in English model as CoNLL-U, each line of text a
// document of its own and `# text = LINE` above each of its sentences. Column MISC has
// SpaceAfter=No, and the names and values that a word is part of: Name=TYPE:ROW, Value=KIND:ROW.
#include <iostream>
#include <string>
#include <vector>

#include "plugins/english/names/built_in.h"
#include "plugins/english/pipeline.h"
#include "plugins/english/values/values.h"

namespace dossier::english {
namespace {

void Add(std::string_view entry, std::string* cell) {
  if (!cell->empty()) *cell += '|';
  cell->append(entry);
}

// Marks every token that overlaps a row's span with `key=label(row):ROW`. Rows are in order.
template <typename Row, typename Label>
void Mark(const Annotation& annotation, const std::vector<Row>& rows, std::string_view key,
          Label label, std::vector<std::string>* misc) {
  size_t token = 0;
  for (size_t r = 0; r < rows.size(); ++r) {
    while (token < annotation.tokens.size() && annotation.tokens[token].end <= rows[r].begin) {
      ++token;
    }
    for (size_t t = token; t < annotation.tokens.size(); ++t) {
      if (annotation.tokens[t].begin >= rows[r].end) break;
      std::string entry(key);
      entry.append("=").append(label(rows[r])).append(":").append(std::to_string(r));
      Add(entry, &(*misc)[t]);
    }
  }
}

void Print(const std::string& line) {
  const Annotation annotation = Pipeline::BuiltIn().Annotate(line);
  std::vector<std::string> misc(annotation.tokens.size());
  Mark(
      annotation, BuiltInNameTagger().Tag(annotation), "Name",
      [](const Name& name) { return NameTypeName(name.type); }, &misc);
  Mark(
      annotation, FindValues(annotation, {}), "Value",
      [](const Value& value) { return ValueKindName(value.kind); }, &misc);
  for (size_t t = 0; t + 1 < misc.size(); ++t) {
    if (annotation.tokens[t].end == annotation.tokens[t + 1].begin) Add("SpaceAfter=No", &misc[t]);
  }
  for (const Sentence& sentence : annotation.sentences) {
    std::cout << "# text = " << line << '\n';
    for (uint32_t i = sentence.first_token; i < sentence.end_token; ++i) {
      const Token& token = annotation.tokens[i];
      const uint32_t head = annotation.words[i].head;
      std::cout << i - sentence.first_token + 1 << '\t'
                << std::string_view(line).substr(token.begin, token.end - token.begin) << '\t'
                << annotation.Lemma(i) << '\t' << annotation.Upos(i) << '\t' << annotation.Xpos(i)
                << "\t_\t" << (head == kNoHead ? 0 : head - sentence.first_token + 1) << '\t'
                << annotation.Relation(i) << "\t_\t" << (misc[i].empty() ? "_" : misc[i]) << '\n';
    }
    std::cout << '\n';
  }
}

}  // namespace
}  // namespace dossier::english

int main() {
  for (std::string line; std::getline(std::cin, line);) dossier::english::Print(line);
}
