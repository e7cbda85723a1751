// A plugin that does what the document's title says: good, bad or hostile.
#include <atomic>
#include <cmath>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

#include "plugins/sdk/extractor.h"

namespace {

using dossier::sdk::Document;
using dossier::sdk::Error;
using dossier::sdk::LayerBuilder;
using dossier::sdk::Mention;
using dossier::sdk::Proposition;
using dossier::sdk::Setup;
using dossier::sdk::Sink;
using dossier::sdk::Span;
using dossier::sdk::Status;
using dossier::sdk::StatusCode;
using dossier::sdk::Triple;

Mention MentionAt(uint32_t begin, uint32_t end) {
  Mention mention;
  mention.span = Span{begin, end};
  return mention;
}

// One row for each line of the text.
void AddLines(const Document& document, std::string_view name, Sink& sink) {
  LayerBuilder layer(name);
  auto& begin = layer.AddU32("begin");
  auto& end = layer.AddU32("end");
  auto& words = layer.AddStr("words");
  const std::string_view text = document.text();
  for (size_t at = 0; at < text.size();) {
    const size_t stop = std::min(text.find('\n', at), text.size());
    begin.push_back(static_cast<uint32_t>(at));
    end.push_back(static_cast<uint32_t>(stop));
    words.push_back(text.substr(at, stop - at));
    at = stop + 1;
  }
  sink.Add(layer);
}

class Puppet : public dossier::sdk::Extractor {
 public:
  explicit Puppet(const Setup& setup) : setup_(setup) {
    if (setup.config().find("refuse") != std::string_view::npos) {
      throw Error(StatusCode::kInvalidArgument, "\"refuse\" is not a colour");
    }
  }

  Status Process(const Document& document, Sink& sink) override {
    if (busy_.exchange(true)) {
      return Status(StatusCode::kInternal, "two threads on one instance");
    }
    const Status status = Obey(document, sink);
    busy_ = false;
    return status;
  }

 private:
  Status Obey(const Document& document, Sink& sink) {
    const std::string_view deed = document.title();
    const auto size = static_cast<uint32_t>(document.text().size());
    if (deed == "no layer") return Status::Ok();
    if (deed == "throw") throw std::runtime_error("a bad day");
    if (deed == "throw a number") throw 42;
    if (deed == "fail") return Status(StatusCode::kResourceExhausted, "out of ink");
    if (deed == "give up") return Status::Cancelled();
    if (deed == "ask for a layer") document.Layer("token/1");
    if (deed == "log") setup_.Log(DOSSIER_LOG_INFO, "hello");
    if (deed == "wait for stop") {
      while (!sink.stop()) std::this_thread::yield();
      return Status::Cancelled();
    }
    if (deed == "flood") {
      while (!sink.stop()) sink.Add(MentionAt(0, size));
      return Status::Ok();
    }
    AddLines(document, "line/1", sink);
    Misbehave(deed, size, sink);
    Triple triple;
    triple.span = Span{0, size};
    triple.subject = sink.Add(MentionAt(0, size));
    triple.predicate = "be";
    sink.Add(triple);
    return Status::Ok();
  }

  void Misbehave(std::string_view deed, uint32_t size, Sink& sink) {
    if (deed == "span out of range") sink.Add(MentionAt(0, size + 1));
    if (deed == "reversed span") sink.Add(MentionAt(1, 0));
    if (deed == "cut a character") sink.Add(MentionAt(0, 1));  // when the text begins with one
    if (deed == "layer nobody declared") sink.Add(LayerBuilder("token/1"));
    if (deed == "layer twice") sink.Add(LayerBuilder("line/1"));
    if (deed == "proposition") sink.Add(Proposition{.span = Span{0, size}, .relation = "be"});
    if (deed == "unknown subject") {
      Triple triple;
      triple.span = Span{0, size};
      triple.subject = 7;
      triple.predicate = "be";
      sink.Add(triple);
    }
  }

  const Setup setup_;
  std::atomic<bool> busy_ = false;
};

}  // namespace

DOSSIER_PLUGIN(Puppet, "org.dossier.test.puppet", "1.2.3", R"(
  "description": "Does what it is told.",
  "provides": ["line/1"],
  "emits": ["mentions", "triples"])",
               0);
