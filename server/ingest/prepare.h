// What is worked out about a document before its turn to be committed comes: everything that needs
// no look at the graph, in the order in which ids are given out.
#ifndef DOSSIER_SERVER_INGEST_PREPARE_H_
#define DOSSIER_SERVER_INGEST_PREPARE_H_

#include <string>
#include <string_view>
#include <vector>

#include "server/extract/extraction.h"
#include "server/model/document.h"
#include "server/model/mention.h"
#include "server/model/run.h"
#include "server/model/sketch.h"

namespace dossier {

struct PreparedMention {
  std::string entity_key;
  Mention mention;  // without its entity
};

struct PreparedRun {
  Extractor extractor;
  std::vector<PreparedMention> mentions;  // in the order of the text
  std::vector<ExtractedTriple> triples;   // likewise; indices are those of `mentions`
};

struct PreparedDocument {
  Document document;
  std::string text_sha256;  // Sha256() of its text
  std::string fingerprint;  // DocumentFingerprint() of it
  DocumentSketch sketch;    // of its text and the sentences of `runs`
  std::vector<PreparedRun> runs;
  std::vector<std::string> warnings;  // extractors left out, and what was refused of the others
};

// The sketch of `text` and of the sentences of `runs`.
DocumentSketch SketchOfRuns(std::string_view text, const std::vector<PreparedRun>& runs);

// Resolves mentions and sorts. The result is a function of the arguments. REQUIRES: mention indices
// in `extraction` are in range, and no extractor comes twice.
PreparedDocument Prepare(Document document, std::string text_sha256, Extraction extraction);

}  // namespace dossier

#endif  // DOSSIER_SERVER_INGEST_PREPARE_H_
