#ifndef DOSSIER_SERVER_EXTRACT_LIBRARY_H_
#define DOSSIER_SERVER_EXTRACT_LIBRARY_H_

#include <cstddef>
#include <utility>

#include "absl/status/statusor.h"
#include "plugins/abi/dossier_plugin.h"
#include "server/extract/plugin_file.h"

namespace dossier {

// A plugin whose code is in this process, for good: unmapping a library that a thread, a
// thread-local destructor or a stray pointer still knows ends in a crash, so nobody ever does. A
// newer version is loaded beside it. Immutable, thread-safe, never destroyed.
class Library {
 public:
  static constexpr std::size_t kMaxLibraries = 256;

  // Loads exactly the bytes that `file` holds; the same bytes are loaded once. FAILED_PRECONDITION,
  // with the file's name in front, when the loader refuses them (the text is the loader's), or when
  // what the code says of itself (magic, ABI, id, version, the functions) is not what the manifest
  // says; RESOURCE_EXHAUSTED when this process holds kMaxLibraries. Runs the plugin's static
  // constructors. Thread-safe.
  static absl::StatusOr<const Library*> Load(PluginFile file);

  const PluginFile& file() const { return file_; }
  const Manifest& manifest() const { return file_.manifest; }
  const dossier_extractor& extractor() const { return *extractor_; }

 private:
  explicit Library(PluginFile file) : file_(std::move(file)) {}

  absl::Status Check(void* handle);
  absl::Status CheckEntry(const dossier_plugin_entry* entry);

  const PluginFile file_;
  const dossier_extractor* extractor_ = nullptr;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_LIBRARY_H_
