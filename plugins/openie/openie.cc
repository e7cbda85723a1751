// Open information extraction from dependency trees: a frame a clause, shown as a tuple, stored as
// triples.
#include <vector>

#include "plugins/openie/emitter.h"
#include "plugins/openie/reader.h"
#include "plugins/openie/sentence.h"
#include "plugins/openie/triples.h"
#include "plugins/openie/tuples.h"
#include "plugins/sdk/extractor.h"

namespace {

using dossier::openie::Clauses;
using dossier::openie::Emitter;
using dossier::openie::Frame;
using dossier::openie::LayerReader;
using dossier::openie::Statement;
using dossier::openie::Tree;
using dossier::openie::Tuple;
using dossier::sdk::Document;
using dossier::sdk::Sink;
using dossier::sdk::Span;
using dossier::sdk::Status;

void EmitTuple(const Tree& tree, Span sentence, const Frame& frame, Sink* sink) {
  Tuple tuple = RenderTuple(tree, frame);
  if (tuple.relation.empty() || tuple.arguments.empty()) return;
  dossier::sdk::Proposition proposition;
  proposition.span = sentence;
  proposition.confidence = frame.confidence;
  proposition.relation = std::move(tuple.relation);
  proposition.arguments = std::move(tuple.arguments);
  sink->Add(proposition);
}

class OpenIe : public dossier::sdk::Extractor {
 public:
  Status Process(const Document& document, Sink& sink) override {
    const LayerReader layers(document);
    Emitter emitter(layers, &sink);
    std::vector<Statement> statements;
    for (uint32_t s = 0; s < layers.sentences(); ++s) {
      if (sink.stop()) return Status::Cancelled();
      if (layers.IsSkipped(s)) continue;
      const Tree tree(layers.Words(s));
      const Clauses clauses = ReadSentence(tree);
      const bool question = tree.size() > 0 && tree[tree.size() - 1].text == "?";
      for (const Frame& frame : clauses.frames) {
        EmitTuple(tree, layers.span(s), frame, &sink);
        if (question) continue;
        statements.clear();
        RenderStatements(tree, clauses, frame, &statements);
        for (const Statement& statement : statements) {
          emitter.Emit(tree, layers.span(s), frame, statement);
        }
      }
    }
    return Status::Ok();
  }
};

}  // namespace

DOSSIER_PLUGIN(OpenIe, "org.dossier.openie", "0.1.0", R"(
  "description": "Open information extraction from English dependency trees.",
  "license": "Apache-2.0",
  "requires": ["sentence/1", "token/1", "dep.ud/1", "name/1", "value/1"],
  "emits": ["mentions", "triples", "propositions"],
  "languages": ["en"])",
               DOSSIER_REENTRANT);
