#include "plugins/rules/document_testing.h"

#include <array>
#include <sstream>
#include <utility>

#include "plugins/rules/matcher.h"
#include "plugins/rules/parser.h"
#include "plugins/rules/speaker.h"
#include "plugins/sdk/layer_builder.h"

namespace dossier::rules {
namespace {

using sdk::LayerBuilder;

// The layers and text of a TestDocument.
class Layers {
 public:
  explicit Layers(const TestDocument& document) {
    auto& sentence_begin = sentences_.AddU32("begin");
    auto& sentence_end = sentences_.AddU32("end");
    auto& sentence_kind = sentences_.AddStr("kind");
    auto& begin = tokens_.AddU32("begin");
    auto& end = tokens_.AddU32("end");
    auto& sentence_of = tokens_.AddU32("sentence");
    std::array<sdk::StringColumnBuilder*, 4> columns = {};
    for (size_t i = 0; i < columns.size(); ++i) columns[i] = &trees_.AddStr(kColumns[i]);
    auto& heads = trees_.AddU32("head");
    for (const TestSentence& sentence : document.sentences) {
      const auto first = static_cast<uint32_t>(begin.size());
      sentence_begin.push_back(static_cast<uint32_t>(text_.size()));
      for (const std::string& row : sentence) {
        std::istringstream in(row);
        std::string word, field;
        in >> word;
        begin.push_back(static_cast<uint32_t>(text_.size()));
        text_ += word;
        end.push_back(static_cast<uint32_t>(text_.size()));
        text_ += ' ';
        sentence_of.push_back(static_cast<uint32_t>(sentence_begin.size() - 1));
        for (auto* column : columns) {
          in >> field;
          column->push_back(field);
        }
        uint32_t head = 0;
        in >> head;
        heads.push_back(head == 0 ? sdk::kNoId : first + head - 1);
      }
      sentence_end.push_back(static_cast<uint32_t>(text_.size() - 1));
      sentence_kind.push_back("sentence");
    }
    AddNames(document, begin, end);
    AddValues(document, begin, end);
  }

  // Calls body(document) with the document as a plugin sees it.
  template <typename Body>
  void WithDocument(Body&& body) const {
    Collect({&sentences_, &tokens_, &trees_, &names_, &listed_, &values_}, {}, body);
  }

 private:
  static constexpr std::array<std::string_view, 4> kColumns = {"lemma", "upos", "xpos", "relation"};

  void AddNames(const TestDocument& document, const std::vector<uint32_t>& begin,
                const std::vector<uint32_t>& end) {
    for (LayerBuilder* layer : {&names_, &listed_}) {
      auto& name_begin = layer->AddU32("begin");
      auto& name_end = layer->AddU32("end");
      auto& type = layer->AddStr("type");
      auto* name = layer == &listed_ ? &layer->AddStr("name") : nullptr;
      for (const TestRow& row : document.names) {
        if (row.name.empty() != (name == nullptr)) continue;
        name_begin.push_back(begin[row.first]);
        name_end.push_back(end[row.last]);
        type.push_back(row.type);
        if (name != nullptr) name->push_back(row.name);
      }
    }
  }

  void AddValues(const TestDocument& document, const std::vector<uint32_t>& begin,
                 const std::vector<uint32_t>& end) {
    auto& value_begin = values_.AddU32("begin");
    auto& value_end = values_.AddU32("end");
    auto& kind = values_.AddStr("kind");
    auto& from = values_.AddStr("from");
    auto& to = values_.AddStr("to");
    auto& value = values_.AddF64("value");
    auto& high = values_.AddF64("high");
    auto& unit = values_.AddStr("unit");
    auto& bound = values_.AddStr("bound");
    for (const TestRow& row : document.values) {
      value_begin.push_back(begin[row.first]);
      value_end.push_back(end[row.last]);
      kind.push_back(row.type);
      from.push_back(row.from);
      to.push_back(row.from);
      value.push_back(row.value);
      high.push_back(row.value);
      unit.push_back("");
      bound.push_back("exact");
    }
  }

  template <typename Body>
  void Collect(std::vector<const LayerBuilder*> rest, std::vector<const dossier_layer*> layers,
               Body&& body) const {
    if (!rest.empty()) {
      const LayerBuilder& next = *rest.front();
      rest.erase(rest.begin());
      next.WithC([&](const dossier_layer& layer) {
        layers.push_back(&layer);
        Collect(std::move(rest), std::move(layers), body);
      });
      return;
    }
    dossier_document document = {};
    document.size = sizeof(document);
    document.text = sdk::ToC(text_);
    document.layers = layers.data();
    document.layer_count = static_cast<uint32_t>(layers.size());
    body(sdk::Document(&document));
  }

  std::string text_;
  LayerBuilder sentences_{"sentence/1"};
  LayerBuilder tokens_{"token/1"};
  LayerBuilder trees_{"dep.ud/1"};
  LayerBuilder names_{"name/1"};
  LayerBuilder listed_{"listed/1"};
  LayerBuilder values_{"value/1"};
};

// Writes down what it is given.
struct Recorder {
  Recorder() {
    c_sink.size = sizeof(c_sink);
    c_sink.context = this;
    c_sink.mention = [](void* self, const dossier_mention* mention) {
      return static_cast<Recorder*>(self)->Add(*mention);
    };
    c_sink.triple = [](void* self, const dossier_triple* triple) -> dossier_status {
      static_cast<Recorder*>(self)->Add(*triple);
      return DOSSIER_OK;
    };
  }

  uint32_t Add(const dossier_mention& mention) {
    const std::string words(text.substr(mention.begin, mention.end - mention.begin));
    const std::string name(sdk::View(mention.name));
    mentions.push_back(name.empty() ? words : name);
    lines.push_back("mention " + words + " type=" + std::string(sdk::View(mention.type)) +
                    " name=" + name);
    return static_cast<uint32_t>(mentions.size() - 1);
  }

  void Add(const dossier_triple& triple) {
    std::ostringstream line;
    line << (triple.polarity == DOSSIER_NEGATIVE ? "not " : "") << mentions[triple.subject] << " | "
         << sdk::View(triple.predicate) << " | ";
    if (triple.object != sdk::kNoId) {
      line << mentions[triple.object];
    } else if (triple.literal_type != DOSSIER_LITERAL_NONE) {
      line << triple.literal_type << ':' << sdk::View(triple.literal)
           << text.substr(triple.literal_begin, triple.literal_end - triple.literal_begin);
    }
    for (uint32_t i = 0; i < triple.qualifier_count; ++i) {
      const dossier_qualifier& qualifier = *triple.qualifiers[i];
      line << " role" << qualifier.role << '='
           << text.substr(qualifier.begin, qualifier.end - qualifier.begin);
    }
    if (triple.time != nullptr) line << " time=" << sdk::View(triple.time->from);
    if (triple.quantity != nullptr) line << " quantity=" << triple.quantity->value;
    for (uint32_t i = 0; i < triple.attribution_count; ++i) {
      line << " says=" << mentions[triple.attributions[i]->mention];
    }
    line << " modality=" << triple.modality << " by " << sdk::View(triple.rule);
    lines.push_back(line.str());
  }

  dossier_sink c_sink = {};
  std::string_view text;
  std::vector<std::string> mentions;
  std::vector<std::string> lines;
};

std::vector<std::string> Run(const std::string& text, const TestDocument& document,
                             uint64_t* steps) {
  const sdk::TextFile file("my.rules", text);
  sdk::FileFaults faults(file);
  const RuleSet rules = ParseRules(file, &faults);
  faults.ThrowIfAny();
  Recorder recorder;
  Layers(document).WithDocument([&](const sdk::Document& view) {
    recorder.text = view.text();
    sdk::Sink sink(&recorder.c_sink);
    const Tokens tokens(view);
    RuleMatcher matcher(rules, tokens);
    Speaker speaker(tokens, &sink);
    for (uint32_t sentence = 0; sentence < tokens.sentences(); ++sentence) {
      for (const Rule& rule : rules.rules) {
        matcher.Find(rule, sentence,
                     [&](const Bindings& bindings) { speaker.Say(rule, sentence, bindings); });
      }
    }
    *steps = matcher.steps();
  });
  return recorder.lines;
}

}  // namespace

std::vector<std::string> Say(const std::string& rules, const TestDocument& document) {
  uint64_t steps = 0;
  return Run(rules, document, &steps);
}

uint64_t StepsOf(const std::string& rules, const TestDocument& document) {
  uint64_t steps = 0;
  Run(rules, document, &steps);
  return steps;
}

std::string FaultsOf(const std::string& rules) {
  const sdk::TextFile file("my.rules", rules);
  sdk::FileFaults faults(file);
  ParseRules(file, &faults);
  try {
    faults.ThrowIfAny();
  } catch (const sdk::Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace dossier::rules
