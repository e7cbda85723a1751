#include "server/ingest/reextraction.h"

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

// What is tried of the plugin that has a candidate; nullopt: there is none, or it is left out.
std::optional<Extractor> TriedVersion(const ReextractionRecord& record) {
  const auto tried =
      std::find_if(record.extractors.begin(), record.extractors.end(),
                   [&](const Extractor& extractor) { return extractor.id == record.plugin; });
  return tried == record.extractors.end() ? std::nullopt : std::optional(*tried);
}

}  // namespace

absl::StatusOr<std::unique_ptr<ReextractionPass>> Reextractions::Begin(
    ReextractionOrder order) const {
  std::shared_ptr<const Plan> plan = plugins_.plan();
  if (!order.plugin.empty()) {
    ASSIGN_OR_RETURN(plan, plugins_.CandidatePlan(order.plugin));
  }
  return ReextractionPass::Begin(store_, ingestor_, std::move(plan), std::move(order));
}

absl::StatusOr<Revision> Reextractions::Promote(const ReextractionName& name,
                                                std::stop_token stop) const {
  const StopToken until(std::move(stop), StopToken::Clock::time_point::max());
  auto snapshot = store_.NewSnapshot();
  ASSIGN_OR_RETURN(const ReextractionRecord record, FindReextraction(*snapshot, name));
  if (record.promoted.valid()) {
    return record.promoted;
  }
  ASSIGN_OR_RETURN(const std::shared_ptr<const Plan> plan, TriedPlan(record));
  RETURN_IF_ERROR(CheckPromotable(std::move(snapshot), name, *plan));
  if (const auto tried = TriedVersion(record)) {
    RETURN_IF_ERROR(plugins_.PromoteCandidate(*tried));
  }
  // From here on every document that comes is read by the version that was tried.
  absl::StatusOr<Revision> revision = TryPromote(name, *plan);
  for (int i = 0; i < kMaxCatchUps && absl::IsFailedPrecondition(revision.status()); ++i) {
    RETURN_IF_ERROR(CatchUp(name, plan, until));
    revision = TryPromote(name, *plan);
  }
  return revision;
}

absl::Status Reextractions::Drop(const ReextractionName& name) const {
  ASSIGN_OR_RETURN(const ReextractionRecord record, FindReextraction(*store_.NewSnapshot(), name));
  RETURN_IF_ERROR(
      ingestor_.WriteAlone([&](Store& store) { return DropReextraction(store, name); }));
  const auto tried = TriedVersion(record);
  return tried ? plugins_.DropCandidate(*tried) : absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<const Plan>> Reextractions::TriedPlan(
    const ReextractionRecord& record) const {
  std::shared_ptr<const Plan> serving = plugins_.plan();
  if (record.plugin.empty() || ExtractorsOf(*serving) == record.extractors) {
    return serving;
  }
  return plugins_.CandidatePlan(record.plugin);
}

absl::StatusOr<Revision> Reextractions::TryPromote(const ReextractionName& name,
                                                   const Plan& plan) const {
  absl::StatusOr<Revision> revision = absl::UnknownError("");
  RETURN_IF_ERROR(ingestor_.WriteAlone([&](Store& store) {
    revision = PromoteReextraction(store, name, plan);
    return revision.status();
  }));
  return revision;
}

absl::Status Reextractions::CatchUp(const ReextractionName& name, std::shared_ptr<const Plan> plan,
                                    const StopToken& stop) const {
  ASSIGN_OR_RETURN(const auto pass,
                   ReextractionPass::Resume(store_, ingestor_, std::move(plan), name));
  for (;;) {
    ASSIGN_OR_RETURN(const auto reading, pass->Next(stop));
    if (!reading) {
      return absl::OkStatus();
    }
  }
}

}  // namespace dossier
