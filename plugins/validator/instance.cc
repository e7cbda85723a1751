#include "plugins/validator/instance.h"

#include <fmt/format.h>

#include <cstring>
#include <utility>

namespace dossier::validator {
namespace {

constexpr uint32_t kErrorCapacity = 1024;  // the server's

}  // namespace

// noexcept, here and below: an exception that leaves a plugin ends the process, as it would end a
// server's.
Creation Create(const Library& library, std::string_view config, uint32_t error_capacity,
                HostAge age, HostMemory* memory) noexcept {
  const GuardedMemory error(std::string(error_capacity, '\0'), GuardedMemory::Access::kWritable);
  Creation creation;
  creation.status = library.extractor().create(PlaceHost(age, memory), memory->Text(config),
                                               error.data(), error_capacity, &creation.instance);
  const std::size_t length = strnlen(error.data(), error_capacity);
  creation.terminated = error_capacity == 0 || length < error_capacity;
  creation.error.assign(error.data(), length);
  return creation;
}

absl::StatusOr<std::unique_ptr<Instance>> Instance::Make(const Library& library,
                                                         std::string_view config, HostAge age) {
  std::unique_ptr<Instance> made(new Instance(library, age));
  const Creation creation = Create(library, config, kErrorCapacity, age, &made->host_memory_);
  if (creation.status != DOSSIER_OK) {
    return absl::FailedPreconditionError(
        fmt::format("create() with the configuration {} returns status {}: {}", config,
                    creation.status, creation.error.empty() ? "no text" : creation.error));
  }
  if (creation.instance == nullptr) {
    return absl::FailedPreconditionError("create() returns OK and no instance");
  }
  made->instance_ = creation.instance;
  return made;
}

Instance::~Instance() {
  if (instance_ != nullptr) {
    library_.extractor().destroy(instance_);
  }
}

Answer Instance::Process(const DocumentInput& input, const HostMood& mood) const noexcept {
  HostMemory memory(mood.age);
  Recorder recorder(library_.manifest(), input, mood, &memory);
  const dossier_status status =
      library_.extractor().process(instance_, PlaceDocument(input, &memory), recorder.c_sink());
  return std::move(recorder).Finish(status);
}

}  // namespace dossier::validator
