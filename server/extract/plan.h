#ifndef DOSSIER_SERVER_EXTRACT_PLAN_H_
#define DOSSIER_SERVER_EXTRACT_PLAN_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/extract/extractor_backend.h"
#include "server/extract/manifest.h"
#include "server/extract/plugin_activity.h"
#include "server/model/run.h"

namespace dossier {

// An extractor that is ready to run: what it says of itself, how evidence names it, what runs it.
struct ActivePlugin {
  Manifest manifest;
  Extractor extractor;
  std::shared_ptr<ExtractorBackend> backend;
  uint64_t generation = 0;  // counts all that were loaded since the server's start
  std::shared_ptr<PluginActivity> activity = std::make_shared<PluginActivity>();
};

// Why a plugin cannot stand in a plan with the others.
struct PlanFault {
  std::size_t plugin = 0;  // index into the plugins that were given
  std::string text;        // names every plugin that is party to it
};

// Every plugin that cannot be planned: it requires a layer that nobody provides, it has the id of
// an earlier one, it provides a layer that an earlier one provides, or it stands in a circle of
// plugins that wait for each other's layers. In the order of `plugins`; at most one fault for each.
// What a faulty plugin provides still counts, so that only causes are reported: leave the faulty
// ones out and ask again.
std::vector<PlanFault> FindPlanFaults(const std::vector<ActivePlugin>& plugins);

// One generation of plugins, in the order in which they run: every layer is provided before it is
// required or accepted; where that leaves a choice, by id. Immutable, so a document keeps its plan
// from admission to commit while another takes its place.
class Plan {
 public:
  // `absent`: why extractors that belong here are not, which every document is told.
  // FAILED_PRECONDITION with the texts of all faults.
  static absl::StatusOr<std::shared_ptr<const Plan>> Make(std::vector<ActivePlugin> plugins,
                                                          std::vector<std::string> absent = {});

  const std::vector<ActivePlugin>& plugins() const { return plugins_; }
  const std::vector<std::string>& absent() const { return absent_; }

  // Ends what still reads with this plan: another one has been in its place for too long.
  void Abandon() const { abandoned_.request_stop(); }
  std::stop_token abandoned() const { return abandoned_.get_token(); }

 private:
  Plan(std::vector<ActivePlugin> plugins, std::vector<std::string> absent)
      : plugins_(std::move(plugins)), absent_(std::move(absent)) {}

  const std::vector<ActivePlugin> plugins_;
  const std::vector<std::string> absent_;
  mutable std::stop_source abandoned_;  // thread-safe by itself
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_PLAN_H_
