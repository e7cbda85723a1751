#include "plugins/openie/sentence.h"

#include "plugins/openie/attribution.h"
#include "plugins/openie/confidence.h"
#include "plugins/openie/nominal.h"
#include "plugins/openie/scope.h"
#include "plugins/openie/tuples.h"

namespace dossier::openie {

Clauses ReadSentence(const Tree& tree) {
  Clauses clauses = ReadClauses(tree);
  ReadNominals(tree, &clauses);
  FindSources(tree, &clauses);
  ReadScope(tree, &clauses);
  for (Frame& frame : clauses.frames) {
    frame.confidence = Confidence(FeaturesOf(tree, clauses, frame, RenderTuple(tree, frame)));
    // "no evidence of NORTHERN PRESENCE": a noun by itself is as sure as its clause.
    if (frame.rule == Rule::kNominal && frame.arguments.empty() && frame.parent != kNone) {
      frame.confidence = clauses.frames[static_cast<size_t>(frame.parent)].confidence;
    }
  }
  return clauses;
}

}  // namespace dossier::openie
