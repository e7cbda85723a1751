// Marks each document with the plugin's version and the mark of its configuration: in a triple, and
// in a layer for others to read. MARKER_VERSION and MARKER_LAYER choose which build it is.
#include <string>
#include <string_view>

#include "plugins/sdk/extractor.h"

#ifndef MARKER_LAYER
#define MARKER_LAYER "mark/1"
#endif

namespace {

using dossier::sdk::Document;
using dossier::sdk::Error;
using dossier::sdk::LayerBuilder;
using dossier::sdk::Mention;
using dossier::sdk::Setup;
using dossier::sdk::Sink;
using dossier::sdk::Span;
using dossier::sdk::Status;
using dossier::sdk::StatusCode;
using dossier::sdk::Triple;

class Marker : public dossier::sdk::Extractor {
 public:
  explicit Marker(const Setup& setup) {
    constexpr std::string_view kKey = "\"mark\":\"";
    const std::string_view config = setup.config();
    const size_t begin = config.find(kKey) + kKey.size();
    mark_ = config.substr(begin, config.find('"', begin) - begin);
    if (mark_ == "refuse") throw Error(StatusCode::kInvalidArgument, "no such mark");
  }

  Status Process(const Document& document, Sink& sink) override {
    if (mark_ == "fail") return Status(StatusCode::kInternal, "out of ink");
    const std::string mark = MARKER_VERSION " " + mark_;
    LayerBuilder layer(MARKER_LAYER);
    layer.AddStr("mark").push_back(mark);
    sink.Add(layer);
    const Span text{0, static_cast<uint32_t>(document.text().size())};
    Mention mention;
    mention.span = text;
    Triple triple;
    triple.span = text;
    triple.subject = sink.Add(mention);
    triple.predicate = mark;
    sink.Add(triple);
    return Status::Ok();
  }

 private:
  std::string mark_;
};

}  // namespace

DOSSIER_PLUGIN(Marker, "org.dossier.test.marker", MARKER_VERSION, R"(
  "description": "Marks documents.",
  "provides": [")" MARKER_LAYER R"("],
  "emits": ["mentions", "triples"],
  "config_schema": {
    "type": "object",
    "additionalProperties": false,
    "properties": {"mark": {"type": "string", "minLength": 1, "default": "plain"}}
  })",
               DOSSIER_REENTRANT);
