// Open information extraction from dependency trees: a frame a clause, shown as a tuple, stored as
// triples.
#include "plugins/openie/discourse.h"
#include "plugins/openie/reader.h"
#include "plugins/sdk/extractor.h"

namespace {

using dossier::openie::Discourse;
using dossier::openie::LayerReader;
using dossier::sdk::Document;
using dossier::sdk::Sink;
using dossier::sdk::Status;

class OpenIe : public dossier::sdk::Extractor {
 public:
  Status Process(const Document& document, Sink& sink) override {
    const LayerReader layers(document);
    Discourse discourse(layers, &sink);
    for (uint32_t s = 0; s < layers.sentences(); ++s) {
      if (sink.stop()) return Status::Cancelled();
      if (!layers.IsSkipped(s)) discourse.Add(s);
    }
    discourse.Flush();
    return Status::Ok();
  }
};

}  // namespace

DOSSIER_PLUGIN(OpenIe, "org.dossier.openie", "0.1.0", R"(
  "description": "Open information extraction from English dependency trees.",
  "license": "Apache-2.0",
  "requires": ["sentence/1", "token/1", "dep.ud/1", "name/1", "value/1"],
  "accepts": ["listed/1"],
  "emits": ["mentions", "triples", "propositions"],
  "languages": ["en"])",
               DOSSIER_REENTRANT);
