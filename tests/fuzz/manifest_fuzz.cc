// Fuzz target: a plugin file as a stranger would send it, down to its manifest. Also fed with bare
// manifests, so that mutations reach the JSON without passing the ELF headers first.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "server/extract/elf_image.h"
#include "server/extract/manifest.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto text = dossier::FindManifestText(bytes);
  const auto manifest = dossier::ParseManifest(text.ok() ? *text : bytes);
  if (manifest.ok()) {
    static_cast<void>(manifest->Reads("en"));
  }
  return 0;
}
