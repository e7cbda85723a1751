// The write path: admit a document, run the extractors over it, resolve mentions to entities,
// commit everything in one atomic batch together with its change event.
#ifndef DOSSIER_SERVER_INGEST_INGESTOR_H_
#define DOSSIER_SERVER_INGEST_INGESTOR_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "server/model/document.h"
#include "server/model/ids.h"

namespace dossier {

class PluginHost;
class Store;

enum class CommitStatus : uint8_t { kAdded, kReplaced, kUnchanged };

struct IngestResult {
  CommitStatus status = CommitStatus::kAdded;
  Revision revision;
  uint64_t mentions = 0;
  uint64_t triples = 0;
  uint64_t evidence = 0;
  std::vector<std::string> warnings;  // what extractors said that was refused; at most 10
};

// Thread-safe. Borrows the store and the plugin host, which must outlive it. Destruction waits for
// the documents that were submitted; their callbacks run.
class Ingestor {
 public:
  struct Options {
    std::size_t extract_threads = 2;
    // Text bytes that may wait or be worked on at once; Submit blocks nobody, so callers ask
    // before they take in more (see Busy).
    std::size_t max_pending_bytes = 64u << 20;
  };
  using Done = std::function<void(absl::StatusOr<IngestResult>)>;

  static std::unique_ptr<Ingestor> Create(Store& store, PluginHost& plugins, Options options);
  virtual ~Ingestor() = default;

  // Takes `document` on its way; calls `done` exactly once, from a thread of the ingestor, when the
  // document is durable or refused. Documents with the same namespace and id are committed in the
  // order of their submission. A stop request before the commit begins refuses the document with
  // CANCELLED. Returns at once.
  virtual void Submit(std::string name_space, Document document, std::stop_token stop,
                      Done done) = 0;

  // Takes a document out and returns the commit that did. NOT_FOUND when there is none. Blocks.
  virtual absl::StatusOr<Revision> Delete(std::string_view name_space,
                                          std::string_view document_id) = 0;

  // Calls `ready`, once, as soon as fewer than max_pending_bytes are on their way; at once, on the
  // calling thread, when that is so now. Streams read their next message then.
  virtual void WhenReady(std::function<void()> ready) = 0;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_INGEST_INGESTOR_H_
