#include "tests/support/extractors.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "server/base/utf8.h"
#include "server/extract/pipeline.h"

namespace dossier {
namespace {

constexpr char kConfig[] = R"({{"file": "{}/{}"}})";

std::string Clean(std::string_view text) {
  std::string clean(text.empty() ? " " : text);
  for (char& c : clean) {
    if (c == '\0') {
      c = '?';
    }
  }
  for (std::size_t at = 0; at < clean.size(); ++at) {
    const auto bad = FindInvalidUtf8(std::string_view(clean).substr(at));
    if (!bad) {
      break;
    }
    at += *bad;
    clean[at] = '?';
  }
  return clean;
}

}  // namespace

Extractors::Extractors() {
  PluginHost::Options options;
  options.folder = DOSSIER_PLUGIN_DIR;
  options.configs = {
      {"org.dossier.gazetteer", fmt::format(kConfig, DOSSIER_EXTRACTOR_FILES, "names.tsv")},
      {"org.dossier.rules", fmt::format(kConfig, DOSSIER_EXTRACTOR_FILES, "my.rules")}};
  auto host = PluginHost::Start(options);
  if (host.ok()) {
    for (const PluginInfo& info : (*host)->List()) {
      if (info.state != PluginState::kLoaded) {
        std::fprintf(stderr, "%s: %s\n", info.file.c_str(), info.reason.c_str());
        std::abort();
      }
    }
    host_ = *std::move(host);
  } else {
    std::fprintf(stderr, "%s\n", host.status().ToString().c_str());
    std::abort();
  }
}

absl::StatusOr<Extraction> Extractors::Run(std::string_view text) const {
  Document document;
  document.id = "d";
  document.published = "2025-03-15";
  document.language = "en";
  document.text = Clean(text);
  return RunPipeline(*host_->plan(), document, StopToken(), KeepLayers::kYes);
}

}  // namespace dossier
