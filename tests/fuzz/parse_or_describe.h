#ifndef DOSSIER_TESTS_FUZZ_PARSE_OR_DESCRIBE_H_
#define DOSSIER_TESTS_FUZZ_PARSE_OR_DESCRIBE_H_

#include <cstdlib>
#include <string_view>

#include "absl/status/status.h"
#include "server/rpc/parse_fault.h"

namespace dossier {

// Fails when the fault of `bytes` is no error; true when they parse.
template <class Message>
bool ParseOrDescribe(std::string_view bytes, Message* message) {
  if (message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return true;
  }
  if (!absl::IsInvalidArgument(DescribeParseFault(bytes, *Message::descriptor()))) {
    std::abort();
  }
  return false;
}

}  // namespace dossier

#endif  // DOSSIER_TESTS_FUZZ_PARSE_OR_DESCRIBE_H_
