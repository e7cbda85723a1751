// The seam between the server and whatever carries an extractor: this process, a worker process, a
// remote service.
#ifndef DOSSIER_SERVER_EXTRACT_EXTRACTOR_BACKEND_H_
#define DOSSIER_SERVER_EXTRACT_EXTRACTOR_BACKEND_H_

#include <cstdint>
#include <string>
#include <string_view>
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
  std::string_view name_space = {};  // the document's; extractors do not see it
};

enum class Carrier : uint8_t { kInProcess, kWorker, kRemote };

// A document that this backend does not give to the extractor any more, as it killed it.
struct SetAsideDocument {
  std::string name_space;
  std::string document_id;
  std::string reason;
};

// How an extractor fares. A backend never forgets a quarantine or a set-aside document: make
// another one in its place.
struct BackendState {
  Carrier carrier = Carrier::kInProcess;
  bool quarantined = false;  // it is given no document
  bool unreachable = false;  // the last document found it not answering
  std::string reason;        // of the quarantine, or of the last restart; empty when there was none
  uint64_t restarts = 0;     // processes that ended and were replaced
  uint64_t timeouts = 0;     // of these: killed, as they took too long
  std::vector<SetAsideDocument> set_aside;
};

// One extractor at one version with one configuration, ready to run. Thread-safe.
class ExtractorBackend {
 public:
  virtual ~ExtractorBackend() = default;

  // The whole of what the extractor says about the document, checked, or none of it: on an error
  // nothing of its output is left, so a retry is safe. The error's text is the extractor's own; the
  // caller adds its name and the document's. ABORTED: the carrier keeps this document, or every
  // one, from the extractor (see State()), and the others may go on without it. Blocks until the
  // extractor is done, also after `stop` has stopped when the carrier cannot end it by force.
  virtual absl::StatusOr<RunOutput> Process(const DocumentInput& input, const StopToken& stop) = 0;

  virtual BackendState State() const { return {}; }
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_EXTRACTOR_BACKEND_H_
