// Fuzz target: a plugin file as a stranger would send it, down to its manifest. Also fed with bare
// manifests, so that mutations reach the JSON without passing the ELF headers first.
#include "server/extract/elf_image.h"
#include "server/extract/manifest.h"
#include "tests/fuzz/fuzz_target.h"

bool dossier::TryInput(std::string_view input) {
  const auto text = FindManifestText(input);
  const auto manifest = ParseManifest(text.ok() ? *text : input);
  if (manifest.ok()) {
    static_cast<void>(manifest->Reads("en"));
  }
  return manifest.ok();
}
