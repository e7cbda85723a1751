// Says of each document what the file of its configuration held when it was made.
#include <optional>
#include <string>

#include "plugins/sdk/extractor.h"
#include "plugins/sdk/text_file.h"

namespace {

namespace sdk = dossier::sdk;

class Copier : public sdk::Extractor {
 public:
  explicit Copier(const sdk::Setup& setup) {
    const std::optional<sdk::TextFile> file =
        sdk::ReadConfiguredFile(setup.config(), "text.txt", 1 << 20);
    text_ = file ? std::string(file->text()) : "nothing";
  }

  sdk::Status Process(const sdk::Document& document, sdk::Sink& sink) override {
    const sdk::Span all{0, static_cast<uint32_t>(document.text().size())};
    sdk::Triple triple;
    triple.span = all;
    triple.subject = sink.Add(sdk::Mention{.span = all});
    triple.predicate = text_;
    sink.Add(triple);
    return sdk::Status::Ok();
  }

 private:
  std::string text_;
};

}  // namespace

DOSSIER_PLUGIN(Copier, "org.dossier.test.copier", "1.0.0", R"(
  "description": "Says what a file holds.",
  "emits": ["mentions", "triples"],
  "config_schema": {
    "type": "object",
    "additionalProperties": false,
    "properties": {"file": {"type": "string", "format": "file"}}
  })",
               DOSSIER_REENTRANT);
