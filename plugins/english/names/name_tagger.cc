#include "plugins/english/names/name_tagger.h"

#include "plugins/english/names/features.h"
#include "plugins/english/names/harmony.h"
#include "plugins/english/names/refine.h"
#include "plugins/english/names/tidy.h"

namespace dossier::english {

std::unique_ptr<const NameTagger> NameTagger::Open(const ModelFile& file) {
  std::unique_ptr<NameTagger> tagger(new NameTagger);
  const auto gazetteer = Gazetteer::Open(file.Section("names.gazetteer"));
  const auto clusters = WordClusters::Open(file.Section("names.clusters"));
  if (!gazetteer || !clusters || !tagger->weights_.Open(file.Section("names.weights")) ||
      tagger->weights_.classes() != kLabels) {
    return nullptr;
  }
  tagger->gazetteer_ = *gazetteer;
  tagger->clusters_ = *clusters;
  for (Label before = 0; before < kLabels; ++before) {
    const uint64_t feature = TransitionFeature(before);
    tagger->weights_.Score({&feature, 1}, tagger->transitions_[before].data());
  }
  return tagger;
}

std::vector<Name> NameTagger::Tag(const Annotation& annotation) const {
  std::vector<LabelledSpan> spans = Decode(annotation);
  Tidy(annotation, &spans);
  Harmonise(annotation, &spans);
  std::vector<Name> names;
  for (const LabelledSpan& span : spans) {
    names.push_back({annotation.tokens[span.begin].begin, annotation.tokens[span.end - 1].end,
                     Refine(annotation, gazetteer_, span)});
  }
  return names;
}

std::vector<LabelledSpan> NameTagger::Decode(const Annotation& annotation) const {
  const FeatureExtractor extractor(annotation, gazetteer_, clusters_);
  const auto count = static_cast<uint32_t>(annotation.tokens.size());
  std::vector<LabelledSpan> spans;
  std::vector<uint64_t> features;
  std::vector<LabelScores<int32_t>> rows;
  std::vector<Label> labels;
  Viterbi<int32_t> viterbi;
  for (uint32_t begin = 0; begin < count;) {
    const uint32_t sentence = annotation.tokens[begin].sentence;
    uint32_t end = begin;
    rows.clear();
    for (; end < count && annotation.tokens[end].sentence == sentence; ++end) {
      extractor.Extract(end, &features);
      weights_.Score(features, rows.emplace_back(LabelScores<int32_t>{}).data());
    }
    viterbi.Decode(rows, transitions_, &labels);
    for (const LabelledSpan& span : SpansOf(labels, begin)) spans.push_back(span);
    begin = end;
  }
  return spans;
}

}  // namespace dossier::english
