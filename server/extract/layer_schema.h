// The rules of plugins/abi/LAYERS.md in code: what a provider must keep so that a reader of the
// layer can trust it without looking.
#ifndef DOSSIER_SERVER_EXTRACT_LAYER_SCHEMA_H_
#define DOSSIER_SERVER_EXTRACT_LAYER_SCHEMA_H_

#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "server/extract/layer.h"

namespace dossier {

// Both return INVALID_ARGUMENT with a text that names layer, column and row, and are linear in the
// rows.

// Looks at a layer alone: one of LAYERS.md has all its columns in their types; the columns `begin`
// and `end` of any layer hold spans of `text`, and those of a layer of LAYERS.md are neither empty
// nor overlap and come in order.
absl::Status CheckLayer(const Layer& layer, std::string_view text);

// Looks at how a layer of LAYERS.md fits the others: row numbers (`sentence`, `head`) lie in their
// layer, a token inside its sentence, a head in the token's own sentence, heads make trees, and
// dep.ud/1 is as long as token/1. A layer that is not among `others` is not checked against.
// REQUIRES: all have passed CheckLayer().
absl::Status CheckAgainst(const Layer& layer, const std::vector<const Layer*>& others);

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_LAYER_SCHEMA_H_
