// What an extractor is given, as a message of ExtractorService.
#ifndef DOSSIER_SERVER_EXTRACT_WIRE_INPUT_WIRE_H_
#define DOSSIER_SERVER_EXTRACT_WIRE_INPUT_WIRE_H_

#include <vector>

#include "absl/status/statusor.h"
#include "dossier/v1/extractor_service.pb.h"
#include "server/extract/extractor_backend.h"
#include "server/extract/layer.h"
#include "server/model/document.h"

namespace dossier {

void ToWire(const DocumentInput& input, v1::ExtractorInput* message);

// A DocumentInput that owns what it points to.
struct OwnedInput {
  Document document;
  std::vector<Layer> layers;

  DocumentInput View() const;
};

// INVALID_ARGUMENT, naming the fault, when the text is not UTF-8 or a layer is malformed.
absl::StatusOr<OwnedInput> FromWire(const v1::ExtractorInput& message);

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_WIRE_INPUT_WIRE_H_
