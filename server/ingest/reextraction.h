#ifndef DOSSIER_SERVER_INGEST_REEXTRACTION_H_
#define DOSSIER_SERVER_INGEST_REEXTRACTION_H_

#include <memory>
#include <stop_token>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/ingest/reextraction_pass.h"
#include "server/model/ids.h"

namespace dossier {

class Ingestor;
class PluginHost;
class Store;

// Reextractions as a whole: the plan that is tried, and the plugins and the store together when one
// ends. Borrows all that it is given. Thread-safe; all of it blocks.
class Reextractions {
 public:
  Reextractions(const Store& store, Ingestor& ingestor, PluginHost& plugins)
      : store_(store), ingestor_(ingestor), plugins_(plugins) {}

  absl::StatusOr<std::unique_ptr<ReextractionPass>> Begin(ReextractionOrder order) const;

  // Lets the candidate serve that was tried, if one was, and puts the shadows in place. What came
  // while the former version still read is read again in between.
  absl::StatusOr<Revision> Promote(const ReextractionName& name, std::stop_token stop) const;

  absl::Status Drop(const ReextractionName& name) const;

 private:
  // The plan that is tried, also when its candidate serves by now.
  absl::StatusOr<std::shared_ptr<const Plan>> TriedPlan(const ReextractionRecord& record) const;
  absl::StatusOr<Revision> TryPromote(const ReextractionName& name, const Plan& plan) const;
  absl::Status CatchUp(const ReextractionName& name, std::shared_ptr<const Plan> plan,
                       const StopToken& stop) const;

  const Store& store_;
  Ingestor& ingestor_;
  PluginHost& plugins_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_INGEST_REEXTRACTION_H_
