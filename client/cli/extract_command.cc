#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <sstream>

#include "client/cli/command.h"
#include "client/cli/evidence_json.h"
#include "client/cli/input.h"

namespace dossier::cli {
namespace {

struct Options {
  std::string path;
  std::string format;
  std::string published;
  std::string language;
  bool lines = false;
};

// A cell of a tab-separated line.
std::string Cell(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
  return text;
}

void PrintTuple(const v1::Proposition& proposition, const std::string& sentence) {
  fmt::print("{}\t{:.4f}\t{}", Cell(sentence), proposition.confidence(),
             Cell(proposition.relation()));
  for (const std::string& argument : proposition.arguments()) {
    fmt::print("\t{}", Cell(argument));
  }
  fmt::print("\n");
}

class Extraction {
 public:
  Extraction(const Global& global, const Options& options)
      : global_(global), options_(options), server_(global.Connect()) {}

  // Runs one document through the server and prints what comes back.
  grpc::Status Run(const std::string& id, const std::string& text) {
    v1::ExtractRequest request;
    request.set_namespace_(global_.name_space);
    v1::Document* document = request.mutable_document();
    document->set_id(id);
    document->set_text(text);
    document->set_published(options_.published);
    document->set_language(options_.language);
    const auto context = server_.NewStreamContext();
    const auto stream = server_.extract().Extract(context.get(), request);
    for (v1::ExtractResponse part; stream->Read(&part);) {
      Print(id, text, part);
    }
    return stream->Finish();
  }

 private:
  void Print(const std::string& id, const std::string& text, const v1::ExtractResponse& part) {
    for (const std::string& warning : part.warnings()) {
      fmt::print(stderr, "dossier: {}: {}\n", id, warning);
    }
    if (options_.format == "tuples") {
      for (const v1::Proposition& proposition : part.propositions()) {
        // A line is one sentence by the user's word, however the extractor splits it.
        PrintTuple(proposition, options_.lines ? text : proposition.sentence());
      }
      return;
    }
    for (v1::Evidence evidence : part.evidence()) {
      evidence.set_document_id(id);
      fmt::print("{}\n", EvidenceJson(evidence));
    }
  }

  const Global& global_;
  const Options& options_;
  const client::Connection server_;
};

int Extract(const Global& global, const Options& options) {
  std::string text;
  std::string why;
  if (!ReadWhole(options.path, &text, &why)) {
    fmt::print(stderr, "dossier: {}: {}\n", options.path, why);
    return 1;
  }
  Extraction extraction(global, options);
  const std::string name = options.path == "-" ? "stdin" : options.path;
  if (!options.lines) {
    return Report(global, extraction.Run(name, text));
  }
  int exit_code = 0;
  std::istringstream lines(text);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) {
      continue;
    }
    const grpc::Status status = extraction.Run(fmt::format("{}:{}", name, number), line);
    if (status.error_code() == grpc::StatusCode::UNAVAILABLE) {
      return Report(global, status);
    }
    if (!status.ok()) {
      fmt::print(stderr, "dossier: {}:{}: {}\n", name, number, status.error_message());
      exit_code = 1;
    }
  }
  return exit_code;
}

}  // namespace

void AddExtract(CLI::App& app, const Global& global, int* exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "extract", "Runs the extractors over a text, prints what they find and stores nothing.");
  command->add_option("path", options->path, "A text file, or - for standard input")->required();
  AddFormat(*command, &options->format, {"jsonl", "tuples"});
  command->add_flag("--lines", options->lines, "Each line is a document of its own");
  command->add_option("--published", options->published,
                      "When it was published; words such as Friday are read against it");
  command->add_option("--language", options->language, "Its language (en)");
  command->callback([=, &global] { *exit_code = Extract(global, *options); });
}

}  // namespace dossier::cli
