// An extractor that reads layers of another: "the Sorn Institute (SI)" says that SI is short for
// the Sorn Institute. The names come from name/1, the sentences from sentence/1, so the server runs
// it after a plugin that provides them.
#include <algorithm>
#include <cctype>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "plugins/sdk/extractor.h"

namespace {

using dossier::sdk::Document;
using dossier::sdk::kNoId;
using dossier::sdk::LayerView;
using dossier::sdk::LiteralType;
using dossier::sdk::Mention;
using dossier::sdk::Sink;
using dossier::sdk::Span;
using dossier::sdk::Status;
using dossier::sdk::StringColumn;
using dossier::sdk::Triple;

// The capitals inside the brackets right after `end`: "SI" in "... (SI) ...".
std::optional<Span> FindShortForm(std::string_view text, uint32_t end) {
  if (text.substr(end, 2) != " (") return std::nullopt;
  const uint32_t begin = end + 2;
  const size_t close = text.find(')', begin);
  if (close == text.npos || close - begin < 2 || close - begin > 10) return std::nullopt;
  const std::string_view word = text.substr(begin, close - begin);
  const bool capitals = std::all_of(word.begin(), word.end(), [](char c) {
    return std::isupper(static_cast<unsigned char>(c)) != 0;
  });
  return capitals ? std::optional(Span{begin, static_cast<uint32_t>(close)}) : std::nullopt;
}

// Whether the letters of `word` begin words of `name`, in their order.
bool Abbreviates(std::string_view word, std::string_view name) {
  size_t next = 0;
  for (size_t i = 0; i < name.size() && next < word.size(); ++i) {
    const bool begins = i == 0 || name[i - 1] == ' ' || name[i - 1] == '-';
    if (begins && std::toupper(static_cast<unsigned char>(name[i])) == word[next]) ++next;
  }
  return next == word.size();
}

class Abbreviations : public dossier::sdk::Extractor {
 public:
  Status Process(const Document& document, Sink& sink) override {
    const LayerView names = document.Layer("name/1");
    const std::span<const uint32_t> begin = names.U32("begin");
    const std::span<const uint32_t> end = names.U32("end");
    const StringColumn type = names.Str("type");
    const LayerView sentences = document.Layer("sentence/1");
    uint32_t sentence = 0;
    for (uint32_t row = 0; row < names.rows(); ++row) {
      if (sink.stop()) return Status::Cancelled();
      const std::optional<Span> short_form = FindShortForm(document.text(), end[row]);
      const Span name = {begin[row], end[row]};
      if (!short_form || !Abbreviates(document.Words(*short_form), document.Words(name))) continue;
      // Both layers are in the order of the text.
      while (sentence < sentences.rows() && sentences.U32("end")[sentence] <= name.begin) {
        ++sentence;
      }
      if (sentence == sentences.rows()) break;
      Add(name, *short_form, type[row],
          {sentences.U32("begin")[sentence],
           std::max(sentences.U32("end")[sentence], short_form->end)},
          sink);
    }
    return Status::Ok();
  }

 private:
  static void Add(Span name, Span short_form, std::string_view type, Span sentence, Sink& sink) {
    Mention mention;
    mention.span = name;
    mention.type = type;
    Triple triple;
    triple.subject = sink.Add(mention);
    mention.span = short_form;
    mention.antecedent = triple.subject;  // one and the same thing
    mention.confidence = 0.95;
    mention.rule = "in brackets";
    if (triple.subject == kNoId || sink.Add(mention) == kNoId) return;
    triple.literal.type = LiteralType::kText;
    triple.literal.span = short_form;
    triple.span = sentence;
    triple.predicate = "be abbreviated to";
    triple.confidence = 0.95;
    triple.rule = "in brackets";
    sink.Add(triple);
  }
};

}  // namespace

DOSSIER_PLUGIN(Abbreviations, "org.dossier.example.abbreviations", "1.0.0", R"(
  "description": "Finds what a name in brackets is short for.",
  "license": "Apache-2.0",
  "requires": ["sentence/1", "name/1"],
  "emits": ["mentions", "triples"])",
               DOSSIER_REENTRANT);
