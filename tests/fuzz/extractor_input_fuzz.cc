// Fuzz target: what an extractor in a process of its own is given to read. What is accepted must
// come out of the wire as it went in.
#include <cstdlib>

#include "dossier/v1/extractor_service.pb.h"
#include "server/extract/wire/input_wire.h"
#include "tests/fuzz/fuzz_target.h"

bool dossier::TryInput(std::string_view input) {
  v1::ExtractorInput message;
  if (!message.ParseFromArray(input.data(), static_cast<int>(input.size()))) {
    return false;
  }
  const auto owned = FromWire(message);
  if (!owned.ok()) {
    return false;
  }
  v1::ExtractorInput once;
  ToWire(owned->View(), &once);
  const auto again = FromWire(once);
  v1::ExtractorInput twice;
  if (again.ok()) {
    ToWire(again->View(), &twice);
  }
  if (!again.ok() || twice.SerializeAsString() != once.SerializeAsString()) {
    std::abort();
  }
  return true;
}
