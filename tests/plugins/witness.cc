// Says which mark it was shown: a triple whose predicate is the row of the layer mark/1.
#include <string>

#include "plugins/sdk/extractor.h"

namespace {

class Witness : public dossier::sdk::Extractor {
 public:
  dossier::sdk::Status Process(const dossier::sdk::Document& document,
                               dossier::sdk::Sink& sink) override {
    const dossier::sdk::Span text{0, static_cast<uint32_t>(document.text().size())};
    dossier::sdk::Mention mention;
    mention.span = text;
    dossier::sdk::Triple triple;
    triple.span = text;
    triple.subject = sink.Add(mention);
    triple.predicate = document.Layer("mark/1").Str("mark")[0];
    sink.Add(triple);
    return dossier::sdk::Status::Ok();
  }
};

}  // namespace

DOSSIER_PLUGIN(Witness, "org.dossier.test.witness", "1.0.0", R"(
  "requires": ["mark/1"],
  "emits": ["mentions", "triples"])",
               DOSSIER_REENTRANT);
