#include "server/extract/pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "server/base/status_macros.h"

namespace dossier {
namespace {

const Layer* FindLayer(const Extraction& extraction, std::string_view name) {
  for (const ExtractorRun& run : extraction.runs) {
    for (const Layer& layer : run.output.layers) {
      if (layer.name == name) {
        return &layer;
      }
    }
  }
  return nullptr;
}

// What `plugin` is given; nothing when it passes the document by.
std::optional<DocumentInput> InputFor(const Manifest& manifest, const Document& document,
                                      std::string_view name_space, const Extraction& extraction) {
  if (!manifest.Reads(document.language)) {
    return std::nullopt;
  }
  DocumentInput input{document, {}, name_space};
  for (const std::string& name : manifest.requires_layers) {
    const Layer* layer = FindLayer(extraction, name);
    if (layer == nullptr) {
      return std::nullopt;
    }
    input.layers.push_back(layer);
  }
  for (const std::string& name : manifest.accepts_layers) {
    if (const Layer* layer = FindLayer(extraction, name); layer != nullptr) {
      input.layers.push_back(layer);
    }
  }
  return input;
}

absl::StatusOr<RunOutput> Process(const ActivePlugin& plugin, const DocumentInput& input,
                                  const StopToken& stop) {
  const PluginActivity::Reading reading(plugin.activity.get());
  return plugin.backend->Process(input, stop);
}

// Runs the plan's extractors over the document, one after the other.
absl::StatusOr<Extraction> RunAll(const Plan& plan, const Document& document,
                                  std::string_view name_space, const StopToken& stop) {
  Extraction extraction;
  for (const std::string& absent : plan.absent()) {
    extraction.warnings.push_back(fmt::format("an extractor was left out: {}", absent));
  }
  for (const ActivePlugin& plugin : plan.plugins()) {
    RETURN_IF_ERROR(stop.status());
    const auto input = InputFor(plugin.manifest, document, name_space, extraction);
    if (!input) {
      continue;
    }
    absl::StatusOr<RunOutput> output = Process(plugin, *input, stop);
    if (absl::IsAborted(output.status())) {
      extraction.warnings.push_back(fmt::format("{} was left out: {}", plugin.manifest.id,
                                                std::string(output.status().message())));
      continue;
    }
    if (!output.ok()) {
      return absl::Status(output.status().code(),
                          fmt::format("extractor {} {} failed on document \"{}\": {}",
                                      plugin.manifest.id, plugin.manifest.version, document.id,
                                      std::string(output.status().message())));
    }
    extraction.runs.push_back({plugin.extractor, *std::move(output)});
  }
  return extraction;
}

}  // namespace

std::vector<Extractor> PlannedExtractors(const Plan& plan, const Document& document) {
  std::vector<Extractor> extractors;
  std::set<std::string_view> layers;
  for (const ActivePlugin& plugin : plan.plugins()) {
    const std::vector<std::string>& needs = plugin.manifest.requires_layers;
    if (plugin.manifest.Reads(document.language) &&
        std::all_of(needs.begin(), needs.end(),
                    [&](const std::string& layer) { return layers.count(layer) > 0; })) {
      extractors.push_back(plugin.extractor);
      layers.insert(plugin.manifest.provides.begin(), plugin.manifest.provides.end());
    }
  }
  return extractors;
}

absl::StatusOr<Extraction> RunPipeline(const Plan& plan, const Document& document,
                                       const StopToken& stop, KeepLayers keep_layers,
                                       std::string_view name_space) {
  std::stop_source either;
  const auto request_stop = [&] { either.request_stop(); };
  const std::stop_callback by_caller(stop.caller(), request_stop);
  const std::stop_callback by_plan(plan.abandoned(), request_stop);
  absl::StatusOr<Extraction> extraction =
      RunAll(plan, document, name_space, StopToken(either.get_token(), stop.deadline()));
  if (!extraction.ok() && stop.status().ok() && plan.abandoned().stop_requested()) {
    return absl::AbortedError("the plugins of its generation have been replaced: begin again");
  }
  RETURN_IF_ERROR(extraction.status());
  if (keep_layers == KeepLayers::kNo) {
    for (ExtractorRun& run : extraction->runs) {
      run.output.layers.clear();
    }
  }
  return extraction;
}

absl::StatusOr<Extraction> RunPipeline(const PlanSource& plan, const Document& document,
                                       const StopToken& stop, KeepLayers keep_layers,
                                       std::string_view name_space) {
  for (;;) {
    absl::StatusOr<Extraction> extraction =
        RunPipeline(*plan(), document, stop, keep_layers, name_space);
    if (!absl::IsAborted(extraction.status())) {
      return extraction;
    }
  }
}

}  // namespace dossier
