// A plugin's manifest: plugins/abi/MANIFEST.md in code.
#ifndef DOSSIER_SERVER_EXTRACT_MANIFEST_H_
#define DOSSIER_SERVER_EXTRACT_MANIFEST_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace dossier {

struct Manifest {
  std::string id;
  std::string version;
  uint32_t abi_major = 0;
  uint32_t abi_minor = 0;
  std::string description;
  std::string license;
  std::vector<std::string> requires_layers;  // "token/1"; no name twice
  std::vector<std::string> accepts_layers;   // read where somebody provides them
  std::vector<std::string> provides;
  bool emits_mentions = false;
  bool emits_triples = false;
  bool emits_propositions = false;
  std::vector<std::string> languages;  // BCP 47; empty: any
  std::string config_schema;           // JSON Schema; empty when there is none

  // Whether it reads documents of this BCP 47 language: "en" reads "en-GB". A document of unknown
  // language is read by everybody.
  bool Reads(std::string_view language) const;
};

// INVALID_ARGUMENT, with a text that names the key and the fault, when `json` is no manifest;
// FAILED_PRECONDITION when it was built for an ABI that this server does not speak.
absl::StatusOr<Manifest> ParseManifest(std::string_view json);

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_MANIFEST_H_
