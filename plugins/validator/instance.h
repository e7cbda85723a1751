#ifndef DOSSIER_PLUGINS_VALIDATOR_INSTANCE_H_
#define DOSSIER_PLUGINS_VALIDATOR_INSTANCE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "plugins/abi/dossier_plugin.h"
#include "plugins/validator/host_shim.h"
#include "plugins/validator/recorder.h"
#include "server/extract/library.h"

namespace dossier::validator {

// What create() answered.
struct Creation {
  dossier_status status = DOSSIER_OK;
  std::string error;  // the text in the error buffer, up to its NUL
  bool terminated = true;
  dossier_instance* instance = nullptr;
};

// Calls create() with an error buffer of that size which ends where memory ends. `memory` keeps
// the host and the configuration and outlives the instance.
Creation Create(const Library& library, std::string_view config, uint32_t error_capacity,
                HostAge age, HostMemory* memory) noexcept;

// An instance of the plugin, destroyed with this object.
class Instance {
 public:
  // An error has the plugin's text.
  static absl::StatusOr<std::unique_ptr<Instance>> Make(const Library& library,
                                                        std::string_view config,
                                                        HostAge age = HostAge::kToday);
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;
  ~Instance();

  // One call of process(). As thread-safe as the plugin's own.
  Answer Process(const DocumentInput& input, const HostMood& mood = {}) const noexcept;

 private:
  Instance(const Library& library, HostAge age) : library_(library), host_memory_(age) {}

  const Library& library_;
  HostMemory host_memory_;
  dossier_instance* instance_ = nullptr;
};

}  // namespace dossier::validator

#endif  // DOSSIER_PLUGINS_VALIDATOR_INSTANCE_H_
