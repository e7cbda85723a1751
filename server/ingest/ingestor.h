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
#include "server/extract/pipeline.h"
#include "server/ingest/merge_entities.h"
#include "server/model/document.h"
#include "server/model/ids.h"

namespace dossier {

class Store;

enum class CommitStatus : uint8_t { kAdded, kReplaced, kUnchanged };

// What is on its way into the graph at a moment.
struct IngestLoad {
  std::size_t documents = 0;   // submitted and not answered, deletions among them
  std::size_t text_bytes = 0;  // of these
  std::size_t to_extract = 0;  // of these: waiting for a thread that runs the extractors
  std::size_t to_commit = 0;   // of these: waiting to be written
};

struct IngestResult {
  CommitStatus status = CommitStatus::kAdded;
  Revision revision;
  uint64_t mentions = 0;
  uint64_t triples = 0;
  uint64_t evidence = 0;
  std::vector<std::string> warnings;  // what extractors said that was refused; at most 10
};

// Thread-safe. The only writer of its store, which it borrows and which must outlive it, as must
// all that `plan` refers to. Destruction waits for the documents that were submitted; their
// callbacks run. Callbacks come from the ingestor's threads, hold no lock and may submit more; they
// must neither block nor throw.
class Ingestor {
 public:
  struct Options {
    std::size_t extract_threads = 2;
    // Text bytes that may wait or be worked on at once; Submit blocks nobody, so callers ask
    // before they take in more (see WhenReady).
    std::size_t max_pending_bytes = 64u << 20;
  };
  using Done = std::function<void(absl::StatusOr<IngestResult>)>;

  static std::unique_ptr<Ingestor> Create(Store& store, PlanSource plan, Options options);
  virtual ~Ingestor() = default;

  // Takes `document` on its way; calls `done` exactly once, when the document is durable or
  // refused. Documents with the same namespace and id are committed in the order of their
  // submission. A stop request before the commit begins refuses the document with CANCELLED.
  // Returns at once.
  //
  // Refused, with nothing of it stored: INVALID_ARGUMENT (see ValidateDocument), what an extractor
  // answered, what the store answered. Those that follow may succeed.
  virtual void Submit(std::string name_space, Document document, std::stop_token stop,
                      Done done) = 0;

  // Takes a document out, after those of its id that were submitted before, and returns the commit
  // that did. NOT_FOUND when there is none. Blocks; never call it from a callback.
  virtual absl::StatusOr<Revision> Delete(std::string_view name_space,
                                          std::string_view document_id) = 0;

  // The same, and forgets the past with it: the history and the log of changes end with this
  // commit.
  virtual absl::StatusOr<Revision> Purge(std::string_view name_space,
                                         std::string_view document_id) = 0;

  // Merges or splits entities or undoes it (CarryOut()), in what is committed when its turn comes.
  // Blocks; never call it from a callback.
  virtual absl::StatusOr<EntityOrderResult> Decide(std::string_view name_space,
                                                   EntityOrder order) = 0;

  // Runs `write` on the thread that commits, when its turn comes, with nothing else being written,
  // and returns what it returns. Blocks; never call it from a callback.
  virtual absl::Status WriteAlone(std::function<absl::Status(Store&)> write) = 0;

  // Calls `ready`, once, as soon as fewer than max_pending_bytes are on their way; at once, on the
  // calling thread, when that is so now. Streams read their next message then. Those who wait are
  // called one after the other; what one submits within the call counts for the next.
  virtual void WhenReady(std::function<void()> ready) = 0;

  virtual IngestLoad Load() const = 0;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_INGEST_INGESTOR_H_
