// Capitals that stand for the government that sits there: "Northport denied it", not "in
// Northport".
#ifndef DOSSIER_SERVER_INGEST_CAPITALS_H_
#define DOSSIER_SERVER_INGEST_CAPITALS_H_

#include <string_view>

#include "server/model/span.h"

namespace dossier {

// Whether the capital at `span` of `text` does, says or is given something, as far as the words
// around it tell (English): it begins a clause, owns what no town owns, or follows a preposition or
// verb that wants somebody. In doubt it is the town. Constant cost.
bool StandsForGovernment(std::string_view text, Span span);

}  // namespace dossier

#endif  // DOSSIER_SERVER_INGEST_CAPITALS_H_
