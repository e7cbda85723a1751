// The plugin: the user's rules over the layers of a document.
#include <optional>
#include <string>

#include "plugins/rules/document.h"
#include "plugins/rules/matcher.h"
#include "plugins/rules/parser.h"
#include "plugins/rules/speaker.h"
#include "plugins/sdk/extractor.h"
#include "plugins/sdk/text_file.h"

namespace dossier::rules {
namespace {

constexpr size_t kMaxFileBytes = size_t{4} << 20;

class Rules : public sdk::Extractor {
 public:
  explicit Rules(const sdk::Setup& setup) {
    const std::optional<sdk::TextFile> file =
        sdk::ReadConfiguredFile(setup.config(), "my.rules", kMaxFileBytes);
    if (!file) {
      setup.Log(DOSSIER_LOG_INFO, "finds nothing: its configuration names no file");
      return;
    }
    sdk::FileFaults faults(*file);
    rules_ = ParseRules(*file, &faults);
    faults.ThrowIfAny();
    setup.Log(DOSSIER_LOG_INFO,
              std::to_string(rules_.rules.size()) + " rules from " + file->name());
  }

  sdk::Status Process(const sdk::Document& document, sdk::Sink& sink) override {
    if (rules_.rules.empty()) return sdk::Status::Ok();
    const Tokens tokens(document);
    RuleMatcher matcher(rules_, tokens);
    Speaker speaker(tokens, &sink);
    for (uint32_t sentence = 0; sentence < tokens.sentences(); ++sentence) {
      if (sink.stop()) return sdk::Status::Cancelled();
      if (tokens.IsBoilerplate(sentence)) continue;
      for (const Rule& rule : rules_.rules) {
        matcher.Find(rule, sentence,
                     [&](const Bindings& bindings) { speaker.Say(rule, sentence, bindings); });
      }
    }
    return sdk::Status::Ok();
  }

 private:
  RuleSet rules_;
};

}  // namespace
}  // namespace dossier::rules

DOSSIER_PLUGIN(dossier::rules::Rules, "org.dossier.rules", "0.1.0", R"(
  "description": "Your own patterns over words, tags, trees and names; finds nothing until configured.",
  "license": "Apache-2.0",
  "requires": ["sentence/1", "token/1", "dep.ud/1", "name/1", "value/1"],
  "accepts": ["listed/1"],
  "emits": ["mentions", "triples"],
  "config_schema": {
    "type": "object",
    "properties": {
      "file": {
        "type": "string",
        "format": "file",
        "description": "The rules: plugins/rules/README.md has their language."
      }
    },
    "additionalProperties": false
  })",
               DOSSIER_REENTRANT);
