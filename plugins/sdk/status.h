// What an SDK call returns, and what it throws. Errors end at the C boundary: extractor.h catches
// everything that the plugin throws and hands the host a status and its text.
#ifndef DOSSIER_PLUGINS_SDK_STATUS_H_
#define DOSSIER_PLUGINS_SDK_STATUS_H_

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>

#include "plugins/abi/dossier_plugin.h"

namespace dossier::sdk {

enum class StatusCode : int32_t {
  kOk = DOSSIER_OK,
  kCancelled = DOSSIER_CANCELLED,
  kInvalidArgument = DOSSIER_INVALID_ARGUMENT,
  kResourceExhausted = DOSSIER_RESOURCE_EXHAUSTED,
  kFailedPrecondition = DOSSIER_FAILED_PRECONDITION,
  kInternal = DOSSIER_INTERNAL,
};

// Success, or a code and a text that the operator can act on.
class [[nodiscard]] Status {
 public:
  Status(StatusCode code, std::string text) : code_(code), text_(std::move(text)) {}

  static Status Ok() { return Status(StatusCode::kOk, ""); }
  static Status Cancelled() { return Status(StatusCode::kCancelled, "asked to stop"); }

  bool ok() const { return code_ == StatusCode::kOk; }
  StatusCode code() const { return code_; }
  const std::string& text() const { return text_; }

 private:
  StatusCode code_;
  std::string text_;
};

// Thrown by the SDK when a layer or column is not there, and by a plugin's constructor that refuses
// its configuration.
class Error : public std::runtime_error {
 public:
  Error(StatusCode code, const std::string& text) : std::runtime_error(text), code_(code) {}

  StatusCode code() const { return code_; }

 private:
  StatusCode code_;
};

}  // namespace dossier::sdk

#endif  // DOSSIER_PLUGINS_SDK_STATUS_H_
