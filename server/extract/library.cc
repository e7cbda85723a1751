#include "server/extract/library.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace dossier {
namespace {

absl::Status Mismatch(std::string_view what) {
  return absl::FailedPreconditionError(
      fmt::format("its code does not keep its manifest: {}", what));
}

// What dlerror() says, in terms of the file that the operator knows.
std::string LoaderError(const PluginFile& file) {
  const char* error = dlerror();
  std::string text = error == nullptr ? "unknown loader error" : error;
  const std::string path = file.copy.path();
  if (const std::size_t at = text.find(path); at != text.npos) {
    text.replace(at, path.size(), file.name);
  }
  return text;
}

bool Equals(const char* text, std::string_view expected) {
  return text != nullptr && text == expected;
}

}  // namespace

absl::StatusOr<const Library*> Library::Load(PluginFile file) {
  struct Mapped {
    std::unique_ptr<Library> library;
    absl::Status status;
  };
  static std::mutex mutex;  // dlerror() speaks of the last call
  // By SHA-256. Kept also when the code turns out not to fit: the loader knows it by the path of
  // its copy, which must never come to name another one.
  static auto* const mapped = new std::map<std::string, Mapped>;

  const std::lock_guard lock(mutex);
  const std::string name = file.name;
  const std::string sha256 = file.sha256;
  if (!mapped->contains(sha256)) {
    if (mapped->size() == kMaxLibraries) {
      return absl::ResourceExhaustedError(fmt::format(
          "{}: this process has loaded {} plugin files, and can unload none: restart it", name,
          kMaxLibraries));
    }
    std::unique_ptr<Library> library(new Library(std::move(file)));
    void* handle =
        dlopen(library->file_.copy.path().c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == nullptr) {
      return absl::FailedPreconditionError(
          fmt::format("{}: cannot be loaded: {} (ldd tells which libraries it needs)", name,
                      LoaderError(library->file_)));
    }
    const absl::Status status = library->Check(handle);
    mapped->emplace(sha256, Mapped{std::move(library), status});
  }
  const Mapped& found = mapped->at(sha256);
  if (!found.status.ok()) {
    return absl::Status(found.status.code(),
                        fmt::format("{}: {}", name, std::string(found.status.message())));
  }
  return found.library.get();
}

absl::Status Library::Check(void* handle) {
  void* symbol = dlsym(handle, DOSSIER_PLUGIN_ENTRY_NAME);
  if (symbol == nullptr) {
    return Mismatch("it does not export " DOSSIER_PLUGIN_ENTRY_NAME);
  }
  return CheckEntry(reinterpret_cast<dossier_plugin_entry_function>(symbol)());
}

absl::Status Library::CheckEntry(const dossier_plugin_entry* entry) {
  const Manifest& manifest = file_.manifest;
  if (entry == nullptr || entry->magic != DOSSIER_ABI_MAGIC || entry->size < sizeof(*entry)) {
    return Mismatch("its entry is not that of a Dossier plugin");
  }
  if (entry->abi_major != manifest.abi_major || entry->abi_minor != manifest.abi_minor) {
    return Mismatch(fmt::format("the manifest says ABI {}.{}, the code {}.{}", manifest.abi_major,
                                manifest.abi_minor, entry->abi_major, entry->abi_minor));
  }
  if (entry->extractor_count != 1 || entry->extractors == nullptr ||
      entry->extractors[0] == nullptr) {
    return Mismatch(fmt::format("it has {} extractors instead of one", entry->extractor_count));
  }
  const dossier_extractor& extractor = *entry->extractors[0];
  if (extractor.size < sizeof(extractor) || extractor.create == nullptr ||
      extractor.destroy == nullptr || extractor.process == nullptr) {
    return Mismatch("create, destroy or process is missing");
  }
  if (!Equals(extractor.id, manifest.id) || !Equals(extractor.version, manifest.version)) {
    return Mismatch(fmt::format("the manifest says {} {}, the code {} {}", manifest.id,
                                manifest.version, extractor.id == nullptr ? "" : extractor.id,
                                extractor.version == nullptr ? "" : extractor.version));
  }
  extractor_ = &extractor;
  return absl::OkStatus();
}

}  // namespace dossier
