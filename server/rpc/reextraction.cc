#include "server/rpc/reextraction.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "server/base/status_macros.h"
#include "server/extract/plugin_host.h"
#include "server/ingest/ingestor.h"
#include "server/ingest/reextraction_commit.h"
#include "server/storage/store.h"

namespace dossier {
namespace {

constexpr int kMaxCatchUps = 3;

// What is tried of the plugin that has a candidate; nullopt: nothing of it, it is left out.
std::optional<Extractor> TriedVersion(const ReextractionRecord& record) {
  const auto tried =
      std::find_if(record.extractors.begin(), record.extractors.end(),
                   [&](const Extractor& extractor) { return extractor.id == record.plugin; });
  return tried == record.extractors.end() ? std::nullopt : std::optional(*tried);
}

// The plan that is tried, also when its candidate serves by now.
absl::StatusOr<std::shared_ptr<const Plan>> TriedPlan(PluginHost& plugins,
                                                      const ReextractionRecord& record) {
  std::shared_ptr<const Plan> serving = plugins.plan();
  if (record.plugin.empty() || ExtractorsOf(*serving) == record.extractors) {
    return serving;
  }
  return plugins.CandidatePlan(record.plugin);
}

absl::StatusOr<Revision> TryPromote(Ingestor& ingestor, const ReextractionName& name,
                                    const Plan& plan) {
  absl::StatusOr<Revision> revision = absl::UnknownError("");
  RETURN_IF_ERROR(ingestor.WriteAlone([&](Store& store) {
    revision = PromoteReextraction(store, name, plan);
    return revision.status();
  }));
  return revision;
}

absl::Status CatchUp(const Backends& backends, const ReextractionName& name,
                     std::shared_ptr<const Plan> plan, const StopToken& stop) {
  ASSIGN_OR_RETURN(const auto pass, ReextractionPass::Resume(backends.store, backends.ingestor,
                                                             std::move(plan), name));
  for (;;) {
    ASSIGN_OR_RETURN(const auto reading, pass->Next(stop));
    if (!reading) {
      return absl::OkStatus();
    }
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<ReextractionPass>> BeginPass(const Backends& backends,
                                                            ReextractionOrder order) {
  std::shared_ptr<const Plan> plan = backends.plugins.plan();
  if (!order.plugin.empty()) {
    ASSIGN_OR_RETURN(plan, backends.plugins.CandidatePlan(order.plugin));
  }
  return ReextractionPass::Begin(backends.store, backends.ingestor, std::move(plan),
                                 std::move(order));
}

absl::StatusOr<Revision> Promote(const Backends& backends, const ReextractionName& name,
                                 std::stop_token stop) {
  const StopToken until(std::move(stop), StopToken::Clock::time_point::max());
  auto snapshot = backends.store.NewSnapshot();
  ASSIGN_OR_RETURN(const ReextractionRecord record, FindReextraction(*snapshot, name));
  if (record.promoted.valid()) {
    return record.promoted;
  }
  ASSIGN_OR_RETURN(const std::shared_ptr<const Plan> plan, TriedPlan(backends.plugins, record));
  RETURN_IF_ERROR(CheckPromotable(std::move(snapshot), name, *plan));
  if (const auto tried = TriedVersion(record); !record.plugin.empty() && tried) {
    RETURN_IF_ERROR(backends.plugins.PromoteCandidate(*tried));
  }
  // From here on every document that comes is read by the version that was tried.
  absl::StatusOr<Revision> revision = TryPromote(backends.ingestor, name, *plan);
  for (int i = 0; i < kMaxCatchUps && absl::IsFailedPrecondition(revision.status()); ++i) {
    RETURN_IF_ERROR(CatchUp(backends, name, plan, until));
    revision = TryPromote(backends.ingestor, name, *plan);
  }
  return revision;
}

absl::Status Drop(const Backends& backends, const ReextractionName& name) {
  ASSIGN_OR_RETURN(const ReextractionRecord record,
                   FindReextraction(*backends.store.NewSnapshot(), name));
  RETURN_IF_ERROR(
      backends.ingestor.WriteAlone([&](Store& store) { return DropReextraction(store, name); }));
  const auto tried = TriedVersion(record);
  return !record.plugin.empty() && tried ? backends.plugins.DropCandidate(*tried)
                                         : absl::OkStatus();
}

}  // namespace dossier
