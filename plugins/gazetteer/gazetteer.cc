// The plugin: the names of the user's list, as mentions under the name they are listed for, and as
// the layer listed/1.
#include <memory>
#include <optional>
#include <string>

#include "plugins/gazetteer/matcher.h"
#include "plugins/gazetteer/name_list.h"
#include "plugins/sdk/extractor.h"
#include "plugins/sdk/text_file.h"

namespace dossier::gazetteer {
namespace {

constexpr size_t kMaxFileBytes = size_t{64} << 20;

class Gazetteer : public sdk::Extractor {
 public:
  explicit Gazetteer(const sdk::Setup& setup) {
    const std::optional<sdk::TextFile> file =
        sdk::ReadConfiguredFile(setup.config(), "names.tsv", kMaxFileBytes);
    if (!file) {
      setup.Log(DOSSIER_LOG_INFO, "finds nothing: its configuration names no file");
      return;
    }
    sdk::FileFaults faults(*file);
    NameList list = ParseNameList(*file, &faults);
    matcher_ = std::make_unique<Matcher>(list, *file, &faults);
    faults.ThrowIfAny();
    names_ = std::move(list.names);
    setup.Log(DOSSIER_LOG_INFO, std::to_string(names_.size()) + " names, written in " +
                                    std::to_string(list.forms.size()) + " ways, from " +
                                    file->name());
  }

  sdk::Status Process(const sdk::Document& document, sdk::Sink& sink) override {
    sdk::LayerBuilder layer("listed/1");
    auto& begin = layer.AddU32("begin");
    auto& end = layer.AddU32("end");
    auto& type = layer.AddStr("type");
    auto& name = layer.AddStr("name");
    const auto add = [&](const Match& match) {
      const ListedName& listed = names_[match.name];
      begin.push_back(match.begin);
      end.push_back(match.end);
      type.push_back(listed.type);
      name.push_back(listed.name);
      sink.Add(
          sdk::Mention{.span = {match.begin, match.end}, .type = listed.type, .name = listed.name});
    };
    if (matcher_ != nullptr) {
      matcher_->Find(document.text(), add, [&] { return sink.stop(); });
    }
    if (sink.stop()) return sdk::Status::Cancelled();
    sink.Add(layer);
    return sdk::Status::Ok();
  }

 private:
  std::unique_ptr<const Matcher> matcher_;  // null without a file
  std::vector<ListedName> names_;
};

}  // namespace
}  // namespace dossier::gazetteer

DOSSIER_PLUGIN(dossier::gazetteer::Gazetteer, "org.dossier.gazetteer", "0.1.0", R"(
  "description": "Names, aliases and types from your own list; finds nothing until configured.",
  "license": "Apache-2.0",
  "provides": ["listed/1"],
  "emits": ["mentions"],
  "config_schema": {
    "type": "object",
    "properties": {
      "file": {
        "type": "string",
        "format": "file",
        "description": "The list: tab-separated columns name, type, aliases, case."
      }
    },
    "additionalProperties": false
  })",
               DOSSIER_REENTRANT);
