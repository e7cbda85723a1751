// pipeline_bench PLUGIN_FOLDER FILE...: how fast the folder's plugins read text, on one thread and
// in CPU time, so that other programs on the machine do not count. Each file is a document. Prints
//
//   {"load_ms": ..., "sentences": ..., "sentences_per_second": ..., "words_per_second": ...}
//
// load_ms is the time until the plugins have read a first, short document; sentences and words are
// those of the files, which are read again and again for kSeconds.
#include <spdlog/spdlog.h>

#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "server/extract/pipeline.h"
#include "server/extract/plugin_host.h"

namespace dossier {
namespace {

constexpr double kSeconds = 5;

double SecondsSince(std::clock_t start) {
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

Document MakeDocument(const std::string& id, const std::string& text) {
  Document document;
  document.id = id;
  document.text = text;
  document.language = "en";
  return document;
}

uint64_t RowsOf(const Extraction& extraction, std::string_view layer_name) {
  uint64_t rows = 0;
  for (const ExtractorRun& run : extraction.runs) {
    for (const Layer& layer : run.output.layers) {
      if (layer.name == layer_name) rows += layer.rows;
    }
  }
  return rows;
}

Extraction Run(const Plan& plan, const Document& document, KeepLayers keep) {
  auto extraction = RunPipeline(plan, document, StopToken(), keep);
  if (!extraction.ok()) {
    std::cerr << "pipeline_bench: " << extraction.status().message() << "\n";
    std::exit(1);
  }
  return *std::move(extraction);
}

bool ReadFiles(const std::vector<std::string>& paths, std::vector<Document>* documents) {
  for (const std::string& path : paths) {
    std::ifstream file(path, std::ios::binary);
    documents->push_back(MakeDocument(path, std::string(std::istreambuf_iterator<char>(file), {})));
    if (documents->back().text.empty()) {
      std::cerr << "pipeline_bench: " << path << ": empty or not readable\n";
      return false;
    }
  }
  return true;
}

int Main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: pipeline_bench PLUGIN_FOLDER FILE...\n";
    return 2;
  }
  std::vector<Document> documents;
  if (!ReadFiles({argv + 2, argv + argc}, &documents)) return 1;
  spdlog::set_level(spdlog::level::warn);  // the log would stand among the results
  std::clock_t start = std::clock();
  PluginHost::Options options;
  options.folder = argv[1];
  const auto host = PluginHost::Start(options);
  if (!host.ok()) {
    std::cerr << "pipeline_bench: " << host.status().message() << "\n";
    return 1;
  }
  const auto plan = (*host)->plan();
  Run(*plan, MakeDocument("first", "The envoy left."), KeepLayers::kNo);
  const double load_ms = 1000 * SecondsSince(start);

  uint64_t sentences = 0, words = 0;
  for (const Document& document : documents) {
    const Extraction extraction = Run(*plan, document, KeepLayers::kYes);
    sentences += RowsOf(extraction, "sentence/1");
    words += RowsOf(extraction, "token/1");
  }
  int rounds = 0;
  start = std::clock();
  while (SecondsSince(start) < kSeconds) {
    for (const Document& document : documents) Run(*plan, document, KeepLayers::kNo);
    ++rounds;
  }
  const double rate = rounds / SecondsSince(start);
  std::cout << nlohmann::ordered_json{
                   {"load_ms", load_ms},
                   {"sentences", sentences},
                   {"sentences_per_second", rate * static_cast<double>(sentences)},
                   {"words_per_second", rate * static_cast<double>(words)},
               }
            << "\n";
  return 0;
}

}  // namespace
}  // namespace dossier

int main(int argc, char** argv) { return dossier::Main(argc, argv); }
