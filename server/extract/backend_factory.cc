#include "server/extract/backend_factory.h"

#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "server/base/status_macros.h"
#include "server/extract/in_process_backend.h"
#include "server/extract/library.h"

namespace dossier {

absl::StatusOr<std::shared_ptr<ExtractorBackend>> MakeInProcessBackend(
    PluginFile file, const BackendOptions& options) {
  ASSIGN_OR_RETURN(const Library* library, Library::Load(std::move(file)));
  return InProcessBackend::Create(*library, options.config, options.limits);
}

std::vector<std::filesystem::path> FilesNamedIn(const std::string& config) {
  std::vector<std::filesystem::path> files;
  const auto values = nlohmann::json::parse(config, nullptr, /*allow_exceptions=*/false).flatten();
  for (const auto& value : values) {
    std::error_code ignored;  // what cannot be looked at cannot be read either
    if (value.is_string() &&
        std::filesystem::is_regular_file(value.get_ref<const std::string&>(), ignored)) {
      files.emplace_back(value.get<std::string>());
    }
  }
  return files;
}

}  // namespace dossier
