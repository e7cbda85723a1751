// Evidence as the line of JSON that `dossier export` promises to scripts.
#ifndef DOSSIER_CLIENT_CLI_EVIDENCE_JSON_H_
#define DOSSIER_CLIENT_CLI_EVIDENCE_JSON_H_

#include <string>
#include <string_view>

#include "dossier/v1/types.pb.h"

namespace dossier::cli {

// One object without line breaks:
//   {"document", "subject": {"text", "entity", "id", "type"}, "predicate",
//    "object": {"text", "entity" or "value", "id", "type"},
//    "qualifiers": [{"role", "text", "from", "to", "value"}],
//    "quantity": {"value", "unit", "bound"} or null, "attribution": {"text", "entity", "id"} or
//    null, "polarity", "modality", "confidence", "begin", "end", "sentence", "extractor"}
// begin and end are the sentence's byte offsets in the document. A qualifier has from and to only
// when it is a time, value only when it is a quantity. The attribution is the outermost speaker.
std::string EvidenceJson(const v1::Evidence& evidence);

// The values as users write them: "positive", "reported", "place", "at_least".
std::string PolarityWord(v1::Polarity polarity);
std::string ModalityWord(v1::Modality modality);
std::string RoleWord(v1::Role role);
std::string BoundWord(v1::Bound bound);

}  // namespace dossier::cli

#endif  // DOSSIER_CLIENT_CLI_EVIDENCE_JSON_H_
