// The plugin: runs the pipeline over a document and hands its rows to the host as layers.

#include <string_view>
#include <vector>

#include "plugins/english/names/built_in.h"
#include "plugins/english/pipeline.h"
#include "plugins/english/values/values.h"
#include "plugins/sdk/extractor.h"

namespace dossier::english {
namespace {

using sdk::LayerBuilder;

void AddSentences(const Annotation& annotation, sdk::Sink& sink) {
  LayerBuilder layer("sentence/1");
  auto& begin = layer.AddU32("begin");
  auto& end = layer.AddU32("end");
  auto& kind = layer.AddStr("kind");
  for (const Sentence& sentence : annotation.sentences) {
    begin.push_back(sentence.begin);
    end.push_back(sentence.end);
    kind.push_back(SentenceKindName(sentence.kind));
  }
  sink.Add(layer);
}

void AddTokens(const Annotation& annotation, sdk::Sink& sink) {
  LayerBuilder layer("token/1");
  auto& begin = layer.AddU32("begin");
  auto& end = layer.AddU32("end");
  auto& sentence = layer.AddU32("sentence");
  for (const Token& token : annotation.tokens) {
    begin.push_back(token.begin);
    end.push_back(token.end);
    sentence.push_back(token.sentence);
  }
  sink.Add(layer);
}

void AddTrees(const Annotation& annotation, sdk::Sink& sink) {
  LayerBuilder layer("dep.ud/1");
  auto& upos = layer.AddStr("upos");
  auto& xpos = layer.AddStr("xpos");
  auto& lemma = layer.AddStr("lemma");
  auto& head = layer.AddU32("head");
  auto& relation = layer.AddStr("relation");
  for (uint32_t i = 0; i < annotation.words.size(); ++i) {
    upos.push_back(annotation.Upos(i));
    xpos.push_back(annotation.Xpos(i));
    lemma.push_back(annotation.Lemma(i));
    head.push_back(annotation.words[i].head);
    relation.push_back(annotation.Relation(i));
  }
  sink.Add(layer);
}

void AddValues(const std::vector<Value>& values, sdk::Sink& sink) {
  LayerBuilder layer("value/1");
  auto& begin = layer.AddU32("begin");
  auto& end = layer.AddU32("end");
  auto& kind = layer.AddStr("kind");
  auto& from = layer.AddStr("from");
  auto& to = layer.AddStr("to");
  auto& value = layer.AddF64("value");
  auto& high = layer.AddF64("high");
  auto& unit = layer.AddStr("unit");
  auto& bound = layer.AddStr("bound");
  for (const Value& row : values) {
    begin.push_back(row.begin);
    end.push_back(row.end);
    kind.push_back(ValueKindName(row.kind));
    from.push_back(row.from);
    to.push_back(row.to);
    value.push_back(row.value);
    high.push_back(row.high);
    unit.push_back(row.unit);
    bound.push_back(BoundName(row.bound));
  }
  sink.Add(layer);
}

void AddNames(const std::vector<Name>& names, sdk::Sink& sink) {
  LayerBuilder layer("name/1");
  auto& begin = layer.AddU32("begin");
  auto& end = layer.AddU32("end");
  auto& type = layer.AddStr("type");
  for (const Name& name : names) {
    begin.push_back(name.begin);
    end.push_back(name.end);
    type.push_back(NameTypeName(name.type));
  }
  sink.Add(layer);
}

class EnglishExtractor : public sdk::Extractor {
 public:
  sdk::Status Process(const sdk::Document& document, sdk::Sink& sink) override {
    const Annotation annotation = pipeline_.Annotate(document.text(), [&] { return sink.stop(); });
    if (sink.stop()) return sdk::Status::Cancelled();
    AddSentences(annotation, sink);
    AddTokens(annotation, sink);
    AddTrees(annotation, sink);
    AddNames(names_.Tag(annotation), sink);
    AddValues(FindValues(annotation, document.published()), sink);
    return sdk::Status::Ok();
  }

 private:
  const Pipeline& pipeline_ = Pipeline::BuiltIn();
  const NameTagger& names_ = BuiltInNameTagger();
};

}  // namespace
}  // namespace dossier::english

DOSSIER_PLUGIN(dossier::english::EnglishExtractor, "org.dossier.english", "0.1.0", R"(
  "description": "Sentences, tokens, trees, names, times and quantities of English text.",
  "license": "Apache-2.0 AND CC-BY-SA-4.0",
  "requires": [],
  "provides": ["sentence/1", "token/1", "dep.ud/1", "name/1", "value/1"],
  "languages": ["en"])",
               DOSSIER_REENTRANT);
