// The seam between the server and whatever carries an extractor: this process, a worker process, a
// remote service.
#ifndef DOSSIER_SERVER_EXTRACT_EXTRACTOR_BACKEND_H_
#define DOSSIER_SERVER_EXTRACT_EXTRACTOR_BACKEND_H_

#include <vector>

#include "absl/status/statusor.h"
#include "server/extract/extraction.h"
#include "server/extract/layer.h"
#include "server/extract/stop_token.h"
#include "server/model/document.h"

namespace dossier {

// What an extractor sees: the document and the layers that its manifest requires, in its order.
struct DocumentInput {
  const Document& document;
  std::vector<const Layer*> layers;
};

// One extractor at one version with one configuration, ready to run.
class ExtractorBackend {
 public:
  virtual ~ExtractorBackend() = default;

  // The whole of what the extractor says about the document, checked, or none of it: on an error
  // nothing of its output is left, so a retry is safe. The error's text is the extractor's own; the
  // caller adds its name and the document's. Thread-safe; blocks until the extractor is done, also
  // after `stop` has stopped when the carrier cannot end it by force.
  virtual absl::StatusOr<RunOutput> Process(const DocumentInput& input, const StopToken& stop) = 0;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_EXTRACTOR_BACKEND_H_
