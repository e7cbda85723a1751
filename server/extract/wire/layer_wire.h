// Layers as messages of ExtractorService.
#ifndef DOSSIER_SERVER_EXTRACT_WIRE_LAYER_WIRE_H_
#define DOSSIER_SERVER_EXTRACT_WIRE_LAYER_WIRE_H_

#include <vector>

#include "absl/status/statusor.h"
#include "dossier/v1/extractor_service.pb.h"
#include "plugins/abi/dossier_plugin.h"
#include "server/extract/layer.h"

namespace dossier {

void ToWire(const Layer& layer, v1::Layer* message);

// A message as the C ABI shows a layer, so that it goes through the same checks as a plugin's:
// CopyLayer(*view.get(), ...). Borrows the message. Does not move.
class WireLayer {
 public:
  explicit WireLayer(const v1::Layer& message);
  WireLayer(const WireLayer&) = delete;
  WireLayer& operator=(const WireLayer&) = delete;

  // INVALID_ARGUMENT, naming the column, unless every pointer of get() points to what it claims.
  absl::Status Check() const;
  // REQUIRES: Check() is OK.
  const dossier_layer* get() const { return &layer_; }

 private:
  const v1::Layer& message_;
  std::vector<dossier_column> columns_;
  std::vector<const dossier_column*> pointers_;
  dossier_layer layer_ = {};
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_WIRE_LAYER_WIRE_H_
