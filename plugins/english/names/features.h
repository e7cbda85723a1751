// What the sequence model looks at: the words around a token, their shapes and affixes, tags,
// gazetteer entries and cue words, and what the rest of the document shows of the same word.
#ifndef DOSSIER_PLUGINS_ENGLISH_NAMES_FEATURES_H_
#define DOSSIER_PLUGINS_ENGLISH_NAMES_FEATURES_H_

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "plugins/english/names/clusters.h"
#include "plugins/english/names/cues.h"
#include "plugins/english/names/gazetteer.h"
#include "plugins/english/syntax/lexeme.h"
#include "plugins/english/text/annotation.h"

namespace dossier::english {

// The feature whose weights score each label after the label `before`.
uint64_t TransitionFeature(uint64_t before);

// The features of one document. Linear time to make. Not thread-safe: one per call.
class FeatureExtractor {
 public:
  // All are borrowed. Without words there are no features of tags.
  FeatureExtractor(const Annotation& annotation, const Gazetteer& gazetteer,
                   const WordClusters& clusters);

  // The hashes of the features of a token; cleared first. Constant time.
  void Extract(uint32_t token, std::vector<uint64_t>* features) const;

 private:
  struct Word {
    Lexeme lexeme;
    uint64_t tag = 0;
    uint32_t sentence = 0;
    GazetteerClasses alone = 0;   // as a phrase of one word
    GazetteerClasses phrase = 0;  // as part of the longest phrase of several
    uint8_t phrase_place = 0;     // 1 first, 2 inner, 3 last of that phrase
    uint8_t document = 0;         // DocumentSign bits of the same word elsewhere
    Cue cue = Cue::kNone;
    Cluster cluster;
    bool first = false;     // of its sentence, opening quotes aside
    bool shouting = false;  // in a sentence without small letters, or a heading in capitals
  };

  void MakeWords(const Annotation& annotation, const WordClusters& clusters);
  void MatchGazetteer(const Gazetteer& gazetteer);
  void MarkSentences(const Annotation& annotation);
  void GatherDocument();
  void GatherRun(size_t begin, size_t end, std::unordered_map<uint64_t, uint8_t>* signs) const;
  const Word& At(uint32_t token, int offset) const;
  void ExtractClusters(uint32_t token, std::vector<uint64_t>* features) const;
  void ExtractGazetteer(uint32_t token, std::vector<uint64_t>* features) const;

  std::vector<Word> words_;
  Word before_;  // stands for what precedes a sentence
  Word after_;
};

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_NAMES_FEATURES_H_
