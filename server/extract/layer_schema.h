// The rules of plugins/abi/LAYERS.md in code: what a provider must keep so that a reader of the
// layer can trust it without looking.
#ifndef DOSSIER_SERVER_EXTRACT_LAYER_SCHEMA_H_
#define DOSSIER_SERVER_EXTRACT_LAYER_SCHEMA_H_

#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "server/extract/layer.h"

namespace dossier {

// INVALID_ARGUMENT, with a text that names layer, column and row, when
//  - a layer of LAYERS.md lacks a column, or has it in another type,
//  - a row of any layer with the columns `begin` and `end` is no span of `text`, or one of a layer
//    of LAYERS.md is empty, overlaps the row before or stands before it,
//  - a column that holds rows of another layer (`sentence`, `head`) points beyond it. `others` are
//    the layers that the plugin read or wrote before; one that is not there is not checked against.
// Linear in the rows.
absl::Status CheckLayer(const Layer& layer, std::string_view text,
                        const std::vector<const Layer*>& others);

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_LAYER_SCHEMA_H_
