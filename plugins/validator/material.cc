#include "plugins/validator/material.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "plugins/validator/synthetic_layers.h"
#include "server/base/status_macros.h"
#include "server/extract/config_schema.h"
#include "server/extract/in_process_backend.h"
#include "server/extract/pipeline.h"

namespace dossier::validator {
namespace {

absl::StatusOr<ActivePlugin> LoadProvider(const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(PluginFile file, OpenPluginFile(path));
  Manifest manifest = file.manifest;
  Extractor extractor = {manifest.id, manifest.version, file.sha256, ""};
  ASSIGN_OR_RETURN(const Library* library, Library::Load(std::move(file)));
  ASSIGN_OR_RETURN(std::string config, CompleteConfig(manifest.config_schema, "{}"));
  ASSIGN_OR_RETURN(std::shared_ptr<ExtractorBackend> backend,
                   InProcessBackend::Create(*library, std::move(config), OutputLimits()));
  return ActivePlugin{std::move(manifest), std::move(extractor), std::move(backend)};
}

bool AreSynthetic(const std::vector<std::string>& layers) {
  return std::all_of(layers.begin(), layers.end(), IsSynthetic);
}

bool Provides(const Plan& plan, std::string_view layer) {
  return std::any_of(plan.plugins().begin(), plan.plugins().end(), [&](const ActivePlugin& plugin) {
    const auto& provided = plugin.manifest.provides;
    return std::find(provided.begin(), provided.end(), layer) != provided.end();
  });
}

}  // namespace

DocumentInput Material::input() const {
  DocumentInput input = {document, {}};
  for (const Layer& layer : layers) {
    input.layers.push_back(&layer);
  }
  return input;
}

absl::StatusOr<MaterialSource> MaterialSource::Open(
    const Manifest& manifest, const std::vector<std::filesystem::path>& providers) {
  MaterialSource source(manifest);
  if (!providers.empty()) {
    std::vector<ActivePlugin> plugins;
    for (const auto& path : providers) {
      ASSIGN_OR_RETURN(ActivePlugin plugin, LoadProvider(path));
      plugins.push_back(std::move(plugin));
    }
    ASSIGN_OR_RETURN(source.providers_, Plan::Make(std::move(plugins)));
  }
  for (const std::string& layer : manifest.requires_layers) {
    if (source.providers_ != nullptr ? !Provides(*source.providers_, layer) : !IsSynthetic(layer)) {
      return absl::FailedPreconditionError(
          fmt::format("it requires {}, which nobody here provides; name the plugin that does: "
                      "--with PLUGIN.so",
                      layer));
    }
  }
  return source;
}

Document MaterialSource::MakeDocument(const Sample& sample) const {
  Document document;
  document.id = "validator/" + sample.name;
  document.title = sample.name;
  document.source = "dossier-plugin-validate";
  document.published = "2025-03-15";
  document.language = manifest_.languages.empty() ? "en" : manifest_.languages.front();
  document.text = sample.text;
  return document;
}

absl::StatusOr<Material> MaterialSource::Make(const Sample& sample, uint64_t seed) const {
  Document document = MakeDocument(sample);
  if (providers_ == nullptr) {
    std::vector<Layer> layers = SyntheticLayers(document.text, seed);
    return Gather(sample, std::move(document), std::move(layers));
  }
  ASSIGN_OR_RETURN(Extraction extraction,
                   RunPipeline(*providers_, document, StopToken(), KeepLayers::kYes));
  std::vector<Layer> layers;
  for (ExtractorRun& run : extraction.runs) {
    std::move(run.output.layers.begin(), run.output.layers.end(), std::back_inserter(layers));
  }
  return Gather(sample, std::move(document), std::move(layers));
}

absl::StatusOr<Material> MaterialSource::MakeWild(const Sample& sample, uint64_t seed) const {
  if (!AreSynthetic(manifest_.requires_layers)) {
    return Make(sample, seed);
  }
  return Gather(sample, MakeDocument(sample), SyntheticLayers(sample.text, seed));
}

absl::StatusOr<Material> MaterialSource::Gather(const Sample& sample, Document document,
                                                std::vector<Layer> layers) const {
  Material material = {sample.name, std::move(document), {}};
  const auto take = [&](const std::string& name) {
    const auto found = std::find_if(layers.begin(), layers.end(),
                                    [&](const Layer& layer) { return layer.name == name; });
    if (found != layers.end()) {
      material.layers.push_back(std::move(*found));
    }
    return found != layers.end();
  };
  for (const std::string& name : manifest_.requires_layers) {
    if (!take(name)) {
      return absl::FailedPreconditionError(
          fmt::format("the providers passed the document \"{}\" by; do they read {}?", sample.name,
                      material.document.language));
    }
  }
  for (const std::string& name : manifest_.accepts_layers) {
    take(name);
  }
  return material;
}

}  // namespace dossier::validator
