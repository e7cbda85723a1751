#ifndef DOSSIER_SERVER_EXTRACT_PIPELINE_H_
#define DOSSIER_SERVER_EXTRACT_PIPELINE_H_

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "server/extract/extraction.h"
#include "server/extract/plan.h"
#include "server/extract/stop_token.h"
#include "server/model/document.h"

namespace dossier {

enum class KeepLayers { kNo, kYes };

// Runs every extractor of `plan` that reads the document's language over it, each with the layers
// that it requires, those that it accepts and an extractor before it wrote, and no others. One that
// requires a layer of an extractor which passed the document by passes it by as well.
//
// All or nothing: when one extractor fails, the document has no extraction, and the error names the
// extractor, the document and the reason. One that its carrier keeps from the document passes it
// by, with a warning. Layers are left out of the result unless they are kept.
// What the plan says is absent is a warning as well. ABORTED: the plan was abandoned meanwhile; run
// the document with the next one. Blocks; thread-safe. `name_space` is the document's, for reports
// about it. REQUIRES: ValidateDocument(document) is OK.
absl::StatusOr<Extraction> RunPipeline(const Plan& plan, const Document& document,
                                       const StopToken& stop, KeepLayers keep_layers,
                                       std::string_view name_space = "");

// The plan that a document is extracted with from now on, for as long as it takes. Thread-safe.
using PlanSource = std::function<std::shared_ptr<const Plan>()>;

// RunPipeline() with the plan of this moment, and again with the next when that is abandoned.
absl::StatusOr<Extraction> RunPipeline(const PlanSource& plan, const Document& document,
                                       const StopToken& stop, KeepLayers keep_layers,
                                       std::string_view name_space);

// The extractors that will run over `document`, unless one of them withholds a layer that it
// promises or is kept from the document.
std::vector<Extractor> PlannedExtractors(const Plan& plan, const Document& document);

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_PIPELINE_H_
