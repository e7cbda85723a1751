// names_train MODEL GAZETTEER.txt CLUSTERS.txt CORPUS...: trains the model of names and writes it
// to MODEL.

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <unordered_map>
#include <vector>

#include "plugins/english/model/model_file.h"
#include "plugins/english/names/clusters.h"
#include "plugins/english/names/features.h"
#include "plugins/english/names/gazetteer.h"
#include "plugins/english/names/training/corpus.h"
#include "plugins/english/names/training/learner.h"
#include "plugins/english/names/training/tags.h"

namespace dossier::english {
namespace {

constexpr int kCommon = 3;  // sightings in small letters that make a word a common one

std::string ReadFile(const char* path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::fprintf(stderr, "%s: cannot be read\n", path);
    std::exit(1);
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

void AddCommonWords(const Corpus& corpus, GazetteerBuilder* builder) {
  std::unordered_map<std::string_view, int> counts;
  for (const auto& document : corpus) {
    for (uint32_t i = 0; i < document->annotation.tokens.size(); ++i) {
      const std::string_view form = document->annotation.Form(i);
      if (form[0] >= 'a' && form[0] <= 'z' && ++counts[form] == kCommon) {
        builder->Add(form, kCommonWord);
      }
    }
  }
}

GazetteerClasses ClassesOf(const Gazetteer& gazetteer, const Annotation& annotation,
                           const LabelledSpan& name) {
  uint64_t phrase = kEmptyPhrase;
  for (uint32_t i = name.begin; i < name.end; ++i) {
    phrase = ExtendPhrase(phrase, MakeLexeme(annotation.Form(i)).lower);
  }
  return gazetteer.Find(phrase).classes;
}

// Brings what the corpora take for different things to one: countries are places, never
// organisations that act; peoples, which no corpus marks as such, are marked wherever the gazetteer
// knows them and no longer name holds them.
void Unify(const Gazetteer& gazetteer, NamesDocument* document) {
  const Annotation& annotation = document->annotation;
  std::vector<bool> named(annotation.tokens.size());
  for (LabelledSpan& name : document->names) {
    for (uint32_t i = name.begin; i < name.end; ++i) named[i] = true;
    const GazetteerClasses classes = ClassesOf(gazetteer, annotation, name);
    if (name.type == Coarse::kOrg && (classes & kCountry) != 0) name.type = Coarse::kPlace;
    const bool people = (classes & kPeople) != 0 && name.type != Coarse::kPlace;
    if (people && MakeLexeme(annotation.Form(name.begin)).capital) name.type = Coarse::kNorp;
  }
  for (uint32_t i = 0; i < named.size(); ++i) {
    const LabelledSpan word = {i, i + 1, Coarse::kNorp};
    if (!named[i] && MakeLexeme(annotation.Form(i)).capital &&
        (ClassesOf(gazetteer, annotation, word) & kPeople) != 0) {
      document->names.push_back(word);
    }
  }
}

std::vector<Label> LabelsOf(const NamesDocument& document) {
  std::vector<Label> labels(document.annotation.tokens.size(), kOutside);
  for (const LabelledSpan& name : document.names) {
    for (uint32_t i = name.begin; i < name.end; ++i) {
      Position position = Position::kInner;
      if (i == name.begin) position = Position::kFirst;
      if (i + 1 == name.end) position = Position::kLast;
      if (name.end - name.begin == 1) position = Position::kOnly;
      labels[i] = MakeLabel(name.type, position);
    }
  }
  return labels;
}

void AddSentences(const NamesDocument& document, const Gazetteer& gazetteer,
                  const WordClusters& clusters, std::vector<LabelledSentence>* sentences) {
  const FeatureExtractor extractor(document.annotation, gazetteer, clusters);
  const std::vector<Label> labels = LabelsOf(document);
  std::vector<uint64_t> features;
  for (const Sentence& span : document.annotation.sentences) {
    LabelledSentence sentence;
    for (uint32_t i = span.first_token; i < span.end_token; ++i) {
      extractor.Extract(i, &features);
      sentence.features.push_back(features);
      sentence.labels.push_back(labels[i]);
    }
    sentences->push_back(std::move(sentence));
  }
}

int Main(int argc, char** argv) {
  if (argc < 5) {
    std::fprintf(stderr, "usage: names_train MODEL GAZETTEER.txt CLUSTERS.txt CORPUS...\n");
    return 2;
  }
  Corpus corpus;
  for (int i = 4; i < argc; ++i) ReadCorpus(argv[i], &corpus);
  AddTags(&corpus);
  BlurTags(&corpus);
  GazetteerBuilder builder;
  if (!builder.AddLines(ReadFile(argv[2]))) {
    std::fprintf(stderr, "%s: a line is not 'name TAB letters'\n", argv[2]);
    return 1;
  }
  ClusterBuilder cluster_builder;
  if (!cluster_builder.AddLines(ReadFile(argv[3]))) {
    std::fprintf(stderr, "%s: a line is not 'coarse TAB word...'\n", argv[3]);
    return 1;
  }
  const std::string cluster_bytes = cluster_builder.Write();
  const auto clusters = WordClusters::Open(std::as_bytes(std::span(cluster_bytes)));
  AddCommonWords(corpus, &builder);
  const std::string gazetteer_bytes = builder.Write();
  const auto gazetteer = Gazetteer::Open(std::as_bytes(std::span(gazetteer_bytes)));
  std::vector<LabelledSentence> sentences;
  for (const auto& document : corpus) {
    Unify(*gazetteer, document.get());
    AddSentences(*document, *gazetteer, *clusters, &sentences);
  }
  const std::string weights = Learn(sentences, LearnerOptions{});
  std::fprintf(stderr, "gazetteer %zu bytes, weights %zu bytes\n", gazetteer_bytes.size(),
               weights.size());
  std::ofstream(argv[1], std::ios::binary) << WriteModelFile({{"names.gazetteer", gazetteer_bytes},
                                                              {"names.clusters", cluster_bytes},
                                                              {"names.weights", weights}});
  return 0;
}

}  // namespace
}  // namespace dossier::english

int main(int argc, char** argv) { return dossier::english::Main(argc, argv); }
