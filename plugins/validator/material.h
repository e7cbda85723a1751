#ifndef DOSSIER_PLUGINS_VALIDATOR_MATERIAL_H_
#define DOSSIER_PLUGINS_VALIDATOR_MATERIAL_H_

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "plugins/validator/texts.h"
#include "server/extract/extractor_backend.h"
#include "server/extract/plan.h"

namespace dossier::validator {

// A document, the layers that the plugin under test requires of it, and those that it accepts and
// somebody provides.
struct Material {
  std::string name;
  Document document;
  std::vector<Layer> layers;

  DocumentInput input() const;
};

// Makes material for one plugin: layers come from provider plugins when the author gave some, and
// are synthetic otherwise.
class MaterialSource {
 public:
  // Loads the providers into this process. FAILED_PRECONDITION, with a text that says what to give,
  // when a layer that `manifest` requires can come from nowhere.
  static absl::StatusOr<MaterialSource> Open(const Manifest& manifest,
                                             const std::vector<std::filesystem::path>& providers);

  absl::StatusOr<Material> Make(const Sample& sample, uint64_t seed) const;
  // As Make(), but of synthetic layers wherever there can be some, which go further than any
  // provider.
  absl::StatusOr<Material> MakeWild(const Sample& sample, uint64_t seed) const;

 private:
  explicit MaterialSource(const Manifest& manifest) : manifest_(manifest) {}

  Document MakeDocument(const Sample& sample) const;
  absl::StatusOr<Material> Gather(const Sample& sample, Document document,
                                  std::vector<Layer> layers) const;

  Manifest manifest_;
  std::shared_ptr<const Plan> providers_;  // null when there are none
};

}  // namespace dossier::validator

#endif  // DOSSIER_PLUGINS_VALIDATOR_MATERIAL_H_
