// The documents that command-line arguments name: text files, folders, .jsonl files and standard
// input, read one at a time so that memory holds one text.
#ifndef DOSSIER_CLIENT_CLI_INPUT_H_
#define DOSSIER_CLIENT_CLI_INPUT_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "dossier/v1/types.pb.h"

namespace dossier::cli {

// What holds for all documents that do not say otherwise themselves.
struct Defaults {
  std::string published;
  std::string source;
  std::string language;
};

class Input {
 public:
  // Returns false to end the walk.
  using OnDocument = std::function<bool(v1::Document document)>;
  // What could not be read: the place (a file, or file:line) and why. The walk goes on.
  using OnError = std::function<void(std::string_view place, std::string_view why)>;

  Input(std::vector<std::string> paths, Defaults defaults)
      : paths_(std::move(paths)), defaults_(std::move(defaults)) {}

  // How many documents the walk will meet, for a progress bar; 0 when it cannot tell.
  uint64_t CountDocuments() const;

  // A text file's id is its name; a folder's files (*.txt, at any depth, in the order of their
  // paths) have their path below the folder; standard input ("-") has the id "stdin". A .jsonl
  // file holds a document a line: id, uri, title, source, published, language, and text or file (a
  // path beside the .jsonl).
  void ForEach(const OnDocument& on_document, const OnError& on_error) const;

 private:
  std::vector<std::string> paths_;
  Defaults defaults_;
};

// The whole of a file, or of standard input for "-". False when it cannot be read; *why says so.
bool ReadWhole(const std::string& path, std::string* text, std::string* why);

}  // namespace dossier::cli

#endif  // DOSSIER_CLIENT_CLI_INPUT_H_
