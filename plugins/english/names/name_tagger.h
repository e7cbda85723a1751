// Names of persons, organisations, places and so on: an averaged structured perceptron (Collins
// 2002) over labels per token, decoded by Viterbi's algorithm; then finer types by word.
#ifndef DOSSIER_PLUGINS_ENGLISH_NAMES_NAME_TAGGER_H_
#define DOSSIER_PLUGINS_ENGLISH_NAMES_NAME_TAGGER_H_

#include <array>
#include <memory>
#include <vector>

#include "plugins/english/model/model_file.h"
#include "plugins/english/model/weight_table.h"
#include "plugins/english/names/clusters.h"
#include "plugins/english/names/gazetteer.h"
#include "plugins/english/names/name.h"
#include "plugins/english/names/viterbi.h"
#include "plugins/english/text/annotation.h"

namespace dossier::english {

// Thread-safe; borrows the bytes of the model file.
class NameTagger {
 public:
  // Null when a section is missing or malformed.
  static std::unique_ptr<const NameTagger> Open(const ModelFile& file);

  // The names of a document: sorted, disjoint, each of whole tokens within one sentence. The model
  // learned from tagged words; an annotation without them gets fewer and worse names. Linear time.
  std::vector<Name> Tag(const Annotation& annotation) const;

 private:
  NameTagger() = default;

  std::vector<LabelledSpan> Decode(const Annotation& annotation) const;

  Gazetteer gazetteer_;
  WordClusters clusters_;
  SparseWeights weights_;
  std::array<LabelScores<int32_t>, kLabels> transitions_ = {};
};

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_NAMES_NAME_TAGGER_H_
