// Reads stored documents with other extractors, keeps what these say as shadows and tells what
// would change.
#ifndef DOSSIER_SERVER_INGEST_REEXTRACTION_PASS_H_
#define DOSSIER_SERVER_INGEST_REEXTRACTION_PASS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/extract/plan.h"
#include "server/extract/stop_token.h"
#include "server/ingest/difference.h"
#include "server/ingest/ingestor.h"
#include "server/ingest/reextraction_commit.h"
#include "server/model/document.h"
#include "server/storage/store.h"

namespace dossier {

// A document as it is stored and as it would be.
struct DocumentReading {
  Document document;  // with its text; empty when nothing differs
  std::string error;  // why it could not be read; the rest is empty then
  std::vector<std::string> warnings;
  std::vector<PreparedRun> before;
  std::vector<PreparedRun> after;
  std::vector<TripleDifference> differences;  // point into the two
};

// One walk over the documents that a reextraction concerns, in the order of their first ingestion,
// up to the last that there was at its beginning. What has a shadow, or was read by these very
// extractors, is not read again; what could not be read is. Each document is durable before Next()
// returns it, so that whatever ends the walk loses only the one in hand. Not thread-safe. Borrows
// its arguments.
class ReextractionPass {
 public:
  // Begins or goes on with a reextraction; errors are those of BeginReextraction(). Blocks.
  static absl::StatusOr<std::unique_ptr<ReextractionPass>> Begin(const Store& store,
                                                                 Ingestor& ingestor,
                                                                 std::shared_ptr<const Plan> plan,
                                                                 ReextractionOrder order);

  // Goes on with one that has begun. NOT_FOUND.
  static absl::StatusOr<std::unique_ptr<ReextractionPass>> Resume(const Store& store,
                                                                  Ingestor& ingestor,
                                                                  std::shared_ptr<const Plan> plan,
                                                                  ReextractionName name);

  // The next document; nullopt at the end. Blocks for as long as the extractors take. After an
  // error the walk may be taken up again by another pass. NOT_FOUND: it was dropped meanwhile.
  absl::StatusOr<std::optional<DocumentReading>> Next(const StopToken& stop);

  uint64_t done() const { return done_; }    // documents passed
  uint64_t total() const { return total_; }  // about: documents come and go

 private:
  ReextractionPass(const Store& store, Ingestor& ingestor, std::shared_ptr<const Plan> plan,
                   ReextractionName name, ReextractionRecord record)
      : store_(store),
        ingestor_(ingestor),
        plan_(std::move(plan)),
        name_(std::move(name)),
        record_(std::move(record)) {}

  absl::Status FindEnd();
  // nullopt: it changed meanwhile.
  absl::StatusOr<std::optional<DocumentReading>> Read(const GraphReader& graph, DocumentRow row,
                                                      const StopToken& stop);
  // What the extractors say; an error of theirs is part of it.
  absl::StatusOr<ShadowDocument> Extract(const Document& document, const StopToken& stop) const;

  const Store& store_;
  Ingestor& ingestor_;
  const std::shared_ptr<const Plan> plan_;
  const ReextractionName name_;
  const ReextractionRecord record_;
  NamespaceId ns_;
  DocumentNumber last_;
  ScopePosition position_;
  uint64_t done_ = 0;
  uint64_t total_ = 0;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_INGEST_REEXTRACTION_PASS_H_
