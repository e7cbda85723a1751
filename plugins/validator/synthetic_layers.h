// Layers for authors who have no provider at hand: not what a parser would say, but all that
// plugins/abi/LAYERS.md allows it to say.
#ifndef DOSSIER_PLUGINS_VALIDATOR_SYNTHETIC_LAYERS_H_
#define DOSSIER_PLUGINS_VALIDATOR_SYNTHETIC_LAYERS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "server/extract/layer.h"

namespace dossier::validator {

// The layers that SyntheticLayers() makes.
bool IsSynthetic(std::string_view layer);

// All layers of LAYERS.md over `text`, in its order: sentences end at marks and line ends, tokens
// at white space and ASCII marks, names and listed names are words in capitals, values are words
// with digits. Kinds, tags, relations and heads are drawn by `seed`. They pass CheckLayer() and
// CheckAgainst(). Linear. REQUIRES: `text` is UTF-8.
std::vector<Layer> SyntheticLayers(std::string_view text, uint64_t seed);

}  // namespace dossier::validator

#endif  // DOSSIER_PLUGINS_VALIDATOR_SYNTHETIC_LAYERS_H_
