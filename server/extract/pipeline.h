#ifndef DOSSIER_SERVER_EXTRACT_PIPELINE_H_
#define DOSSIER_SERVER_EXTRACT_PIPELINE_H_

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
// Blocks; thread-safe. REQUIRES: ValidateDocument(document) is OK.
absl::StatusOr<Extraction> RunPipeline(const Plan& plan, const Document& document,
                                       const StopToken& stop, KeepLayers keep_layers);

// The extractors that will run over `document`, unless one of them withholds a layer that it
// promises or is kept from the document.
std::vector<Extractor> PlannedExtractors(const Plan& plan, const Document& document);

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_PIPELINE_H_
