// Every extractor that the project ships, in this process, with a list and rules of the tests' own.
#ifndef DOSSIER_TESTS_SUPPORT_EXTRACTORS_H_
#define DOSSIER_TESTS_SUPPORT_EXTRACTORS_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "server/extract/extraction.h"
#include "server/extract/plugin_host.h"

namespace dossier {

class Extractors {
 public:
  // Loads them; a failure ends the process. Thread-safe.
  Extractors();

  // What they say about `text`, which becomes UTF-8 without NUL first: other bytes become "?".
  absl::StatusOr<Extraction> Run(std::string_view text) const;

 private:
  std::unique_ptr<PluginHost> host_;
};

}  // namespace dossier

#endif  // DOSSIER_TESTS_SUPPORT_EXTRACTORS_H_
