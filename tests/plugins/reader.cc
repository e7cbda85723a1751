// Reads a layer of another plugin: a mention for each row of line/1, typed by its words.
#include <string>

#include "plugins/sdk/extractor.h"

namespace {

class Reader : public dossier::sdk::Extractor {
 public:
  dossier::sdk::Status Process(const dossier::sdk::Document& document,
                               dossier::sdk::Sink& sink) override {
    const auto lines = document.Layer("line/1");
    const auto begin = lines.U32("begin");
    const auto end = lines.U32("end");
    const auto words = lines.Str("words");
    for (uint32_t row = 0; row < lines.rows(); ++row) {
      dossier::sdk::Mention mention;
      mention.span = {begin[row], end[row]};
      mention.type = words[row];
      sink.Add(mention);
    }
    return dossier::sdk::Status::Ok();
  }
};

}  // namespace

DOSSIER_PLUGIN(Reader, "org.dossier.test.reader", "1.0.0", R"(
  "requires": ["line/1"],
  "emits": ["mentions"])",
               DOSSIER_REENTRANT);
