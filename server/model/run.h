#ifndef DOSSIER_SERVER_MODEL_RUN_H_
#define DOSSIER_SERVER_MODEL_RUN_H_

#include <compare>
#include <string>

namespace dossier {

// One extractor at one version with one configuration. With a document revision it makes a run:
// the unit that is retracted and compared.
struct Extractor {
  std::string id;  // the plugin's, "org.dossier.openie"
  std::string version;
  std::string sha256;       // of the plugin's file, in hex
  std::string config_hash;  // SHA-256 of its configuration, in hex

  friend auto operator<=>(const Extractor&, const Extractor&) = default;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_MODEL_RUN_H_
