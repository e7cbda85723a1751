#include "client/cli/input.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

namespace dossier::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// The text files below `folder`, sorted.
std::vector<fs::path> TextFiles(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    if (it->is_regular_file(error) && it->path().extension() == ".txt") {
      files.push_back(it->path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

bool IsBlank(const std::string& line) {
  return line.find_first_not_of(" \t\r") == std::string::npos;
}

bool IsJsonl(const fs::path& path) { return path.extension() == ".jsonl"; }

// Fills `document` from one line. Returns what is wrong with it, empty when nothing is.
std::string ParseLine(const std::string& line, const fs::path& folder, v1::Document* document) {
  const json row = json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (!row.is_object()) {
    return "is not a JSON object";
  }
  const std::pair<const char*, std::string*> fields[] = {
      {"id", document->mutable_id()},
      {"uri", document->mutable_uri()},
      {"title", document->mutable_title()},
      {"source", document->mutable_source()},
      {"text", document->mutable_text()},
      {"published", document->mutable_published()},
      {"language", document->mutable_language()},
  };
  for (const auto& [name, value] : fields) {
    const auto it = row.find(name);
    if (it == row.end() || it->is_null()) {
      continue;
    }
    if (!it->is_string()) {
      return fmt::format("\"{}\" is not a string", name);
    }
    *value = it->get<std::string>();
  }
  if (document->id().empty()) {
    return "has no \"id\"";
  }
  const auto file = row.find("file");
  if (file == row.end() || file->is_null()) {
    return row.contains("text") ? "" : "has neither \"text\" nor \"file\"";
  }
  if (!file->is_string() || row.contains("text")) {
    return "\"file\" must be a string, and stands instead of \"text\"";
  }
  const fs::path path = folder / file->get<std::string>();
  std::string why;
  if (!ReadWhole(path.string(), document->mutable_text(), &why)) {
    return fmt::format("\"file\" {}: {}", path.string(), why);
  }
  return "";
}

void Fill(const Defaults& defaults, v1::Document* document) {
  if (document->published().empty()) {
    document->set_published(defaults.published);
  }
  if (document->source().empty()) {
    document->set_source(defaults.source);
  }
  if (document->language().empty()) {
    document->set_language(defaults.language);
  }
}

bool WalkJsonl(const fs::path& path, const Defaults& defaults, const Input::OnDocument& on_document,
               const Input::OnError& on_error) {
  std::ifstream in(path);
  if (!in) {
    on_error(path.string(), std::strerror(errno));
    return true;
  }
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (IsBlank(line)) {
      continue;
    }
    v1::Document document;
    if (const std::string why = ParseLine(line, path.parent_path(), &document); !why.empty()) {
      on_error(fmt::format("{}:{}", path.string(), number), why);
      continue;
    }
    Fill(defaults, &document);
    if (!on_document(std::move(document))) {
      return false;
    }
  }
  return true;
}

bool WalkText(const std::string& path, const std::string& id, const Defaults& defaults,
              const Input::OnDocument& on_document, const Input::OnError& on_error) {
  v1::Document document;
  std::string why;
  if (!ReadWhole(path, document.mutable_text(), &why)) {
    on_error(path, why);
    return true;
  }
  document.set_id(id);
  Fill(defaults, &document);
  return on_document(std::move(document));
}

}  // namespace

bool ReadWhole(const std::string& path, std::string* text, std::string* why) {
  if (path == "-") {
    text->assign(std::istreambuf_iterator<char>(std::cin), {});
    return true;
  }
  std::error_code error;
  if (fs::is_directory(path, error)) {
    *why = "is a folder";
    return false;
  }
  std::ifstream in(path, std::ios::binary);
  if (in) {
    text->assign(std::istreambuf_iterator<char>(in), {});
  }
  if (!in) {
    *why = std::strerror(errno);
    return false;
  }
  return true;
}

uint64_t Input::CountDocuments() const {
  uint64_t total = 0;
  std::error_code error;
  for (const std::string& path : paths_) {
    if (path == "-" || !fs::exists(path, error)) {
      return 0;
    }
    if (fs::is_directory(path, error)) {
      total += TextFiles(path).size();
    } else if (IsJsonl(path)) {
      std::ifstream in(path);
      for (std::string line; std::getline(in, line);) {
        total += IsBlank(line) ? 0u : 1u;
      }
    } else {
      ++total;
    }
  }
  return total;
}

void Input::ForEach(const OnDocument& on_document, const OnError& on_error) const {
  for (const std::string& path : paths_) {
    std::error_code error;
    bool go_on = true;
    if (path == "-") {
      go_on = WalkText(path, "stdin", defaults_, on_document, on_error);
    } else if (fs::is_directory(path, error)) {
      const std::vector<fs::path> files = TextFiles(path);
      if (files.empty()) {
        on_error(path, "the folder holds no .txt file");
      }
      for (const fs::path& file : files) {
        const std::string id = fs::relative(file, path, error).generic_string();
        go_on = go_on && WalkText(file.string(), id, defaults_, on_document, on_error);
      }
    } else if (IsJsonl(path)) {
      go_on = WalkJsonl(path, defaults_, on_document, on_error);
    } else {
      const std::string id = fs::path(path).filename().string();
      go_on = WalkText(path, id, defaults_, on_document, on_error);
    }
    if (!go_on) {
      return;
    }
  }
}

}  // namespace dossier::cli
