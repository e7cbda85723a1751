#include "plugins/english/names/training/corpus.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>

#include "plugins/english/names/training/document_builder.h"
#include "plugins/english/names/training/gum.h"
#include "plugins/english/text/tokenizer.h"

namespace dossier::english {
namespace {

// The scheme of every corpus, in lower case. Labels that are missing are no names.
std::optional<Coarse> CoarseOf(std::string_view label) {
  static const std::map<std::string, Coarse, std::less<>> kTypes = {
      {"per", Coarse::kPerson},
      {"person", Coarse::kPerson},
      {"org", Coarse::kOrg},
      {"organisation", Coarse::kOrg},
      {"corporation", Coarse::kOrg},
      {"group", Coarse::kOrg},
      {"loc", Coarse::kPlace},
      {"location", Coarse::kPlace},
      {"nationality", Coarse::kNorp},
      {"militaryplatform", Coarse::kProduct},
      {"weapon", Coarse::kProduct},
      {"product", Coarse::kProduct},
      {"creative-work", Coarse::kMisc},
      {"misc", Coarse::kMisc},
  };
  std::string lower(label);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto found = kTypes.find(lower);
  return found == kTypes.end() ? std::nullopt : std::optional(found->second);
}

// One token a line with an IO, BIO or IOB2 label; blank lines part sentences.
class ColumnReader {
 public:
  // Where the corpus is `ready_made`, its tokens and names are taken as they stand.
  ColumnReader(DocumentBuilder* builder, bool ready_made)
      : builder_(builder), ready_made_(ready_made) {}

  void ReadLine(const std::string& line, size_t form_column, int label_column) {
    std::vector<std::string> columns;
    std::istringstream stream(line);
    for (std::string column; stream >> column;) columns.push_back(column);
    if (columns.size() < 2) {
      EndName();
      builder_->EndSentence();
      return;
    }
    const std::string& label =
        label_column < 0 ? columns.back() : columns[static_cast<size_t>(label_column)];
    if (columns[0] == "-DOCSTART-") {
      builder_->EndDocument();
      return;
    }
    const std::string type = label.size() > 2 ? label.substr(2) : "";
    if (label[0] == 'B' || type != open_type_) EndName();
    const uint32_t begin = builder_->token_count();
    AddToken(columns[form_column]);
    if (!type.empty() && open_type_.empty()) {
      open_type_ = type;
      open_begin_ = begin;
    }
  }

  void EndName() {
    if (!open_type_.empty()) {
      if (const auto type = CoarseOf(open_type_)) {
        const LabelledSpan name = {open_begin_, builder_->token_count(), *type};
        // WNUT 2017, whose labels are small, has names that are, too.
        const bool keep_small = std::islower(static_cast<unsigned char>(open_type_[0])) != 0;
        ready_made_ ? builder_->AddExactName(name) : builder_->AddName(name, keep_small);
      }
    }
    open_type_.clear();
  }

 private:
  void AddToken(const std::string& form) {
    std::vector<Token> parts;
    if (!ready_made_) Tokenize(form, 0, static_cast<uint32_t>(form.size()), parts);
    if (parts.empty()) {
      builder_->AddToken(form);
      return;
    }
    for (const Token& part : parts)
      builder_->AddToken(form.substr(part.begin, part.end - part.begin));
  }

  DocumentBuilder* builder_;
  bool ready_made_;
  std::string open_type_;
  uint32_t open_begin_ = 0;
};

void ReadColumns(std::istream& file, DocumentBuilder* builder) {
  ColumnReader reader(builder, false);
  for (std::string line; std::getline(file, line);) reader.ReadLine(line, 0, -1);
  reader.EndName();
}

void ReadUner(std::istream& file, DocumentBuilder* builder) {
  ColumnReader reader(builder, true);
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("# newdoc")) builder->EndDocument();
    if (!line.starts_with('#')) reader.ReadLine(line, 1, 2);
  }
  reader.EndName();
}

}  // namespace

void ReadCorpus(const std::string& path, Corpus* corpus) {
  std::ifstream file(path);
  if (!file) {
    std::fprintf(stderr, "%s: cannot be read\n", path.c_str());
    std::exit(1);
  }
  DocumentBuilder builder(corpus);
  if (path.ends_with(".conllu")) {
    ReadGum(file, &builder);
  } else if (path.ends_with(".iob2")) {
    ReadUner(file, &builder);
  } else {
    ReadColumns(file, &builder);
  }
  builder.EndDocument();
}

}  // namespace dossier::english
