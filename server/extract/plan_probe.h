#ifndef DOSSIER_SERVER_EXTRACT_PLAN_PROBE_H_
#define DOSSIER_SERVER_EXTRACT_PLAN_PROBE_H_

#include <chrono>
#include <string_view>

#include "absl/status/status.h"
#include "server/extract/plan.h"

namespace dossier {

// Runs `plan` over a small document of its own, as a trial of the plugin `id` and of how those that
// read its layers take them. The error is that of the first extractor that fails; DEADLINE_EXCEEDED
// when it took longer than `limit`, as far as the plugin's carrier can end it. Blocks.
absl::Status ProbePlan(const Plan& plan, std::string_view id, std::chrono::milliseconds limit);

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_PLAN_PROBE_H_
