#include "plugins/validator/synthetic_layers.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <limits>
#include <random>
#include <string>

#include "plugins/sdk/layer_builder.h"
#include "server/model/span.h"

namespace dossier::validator {
namespace {

using Random = std::mt19937_64;
using Words = std::vector<std::string_view>;

struct Sentence {
  Span span;
  uint32_t first_token = 0;
  uint32_t token_count = 0;
};

struct Segmentation {
  std::vector<Sentence> sentences;
  std::vector<Span> tokens;
};

std::string_view Pick(const Words& words, Random* random) {
  return words[(*random)() % words.size()];
}

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\0'; }
bool IsMark(char c) { return std::ispunct(static_cast<unsigned char>(c)) != 0; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool EndsSentence(std::string_view text, std::size_t at) {
  const char c = text[at];
  const bool at_space = at + 1 == text.size() || IsSpace(text[at + 1]);
  return c == '\n' || ((c == '.' || c == '?' || c == '!') && at_space);
}

// Tokens of [begin, end), which begins and ends between characters. White space and marks are
// ASCII, so no cut falls into a character.
void AddTokens(std::string_view text, Span sentence, std::vector<Span>* tokens) {
  uint32_t at = sentence.begin;
  while (at < sentence.end) {
    if (IsSpace(text[at])) {
      ++at;
      continue;
    }
    uint32_t end = at + 1;
    if (!IsMark(text[at])) {
      while (end < sentence.end && !IsSpace(text[end]) && !IsMark(text[end])) ++end;
    }
    tokens->push_back({at, end});
    at = end;
  }
}

void AddSentence(std::string_view text, uint32_t begin, uint32_t end, Segmentation* result) {
  while (begin < end && IsSpace(text[begin])) ++begin;
  while (end > begin && IsSpace(text[end - 1])) --end;
  if (begin == end) {
    return;
  }
  Sentence sentence = {{begin, end}, static_cast<uint32_t>(result->tokens.size())};
  AddTokens(text, sentence.span, &result->tokens);
  sentence.token_count = static_cast<uint32_t>(result->tokens.size()) - sentence.first_token;
  result->sentences.push_back(sentence);
}

Segmentation Segment(std::string_view text) {
  Segmentation result;
  uint32_t begin = 0;
  for (uint32_t at = 0; at < text.size(); ++at) {
    if (EndsSentence(text, at)) {
      AddSentence(text, begin, at + 1, &result);
      begin = at + 1;
    }
  }
  AddSentence(text, begin, static_cast<uint32_t>(text.size()), &result);
  return result;
}

Layer Build(const sdk::LayerBuilder& builder) {
  return builder.WithC([](const dossier_layer& layer) {
    return CopyLayer(layer, std::numeric_limits<std::size_t>::max()).value();
  });
}

Layer MakeSentences(const Segmentation& segmentation, Random* random) {
  static const auto* const kinds =
      new Words{"sentence", "sentence", "sentence", "heading", "item", "row", "boilerplate"};
  sdk::LayerBuilder layer("sentence/1");
  auto& begin = layer.AddU32("begin");
  auto& end = layer.AddU32("end");
  auto& kind = layer.AddStr("kind");
  for (const Sentence& sentence : segmentation.sentences) {
    begin.push_back(sentence.span.begin);
    end.push_back(sentence.span.end);
    kind.push_back(Pick(*kinds, random));
  }
  return Build(layer);
}

Layer MakeTokens(const Segmentation& segmentation) {
  sdk::LayerBuilder layer("token/1");
  auto& begin = layer.AddU32("begin");
  auto& end = layer.AddU32("end");
  auto& sentence = layer.AddU32("sentence");
  for (uint32_t s = 0; s < segmentation.sentences.size(); ++s) {
    const Sentence& owner = segmentation.sentences[s];
    for (uint32_t t = 0; t < owner.token_count; ++t) {
      const Span span = segmentation.tokens[owner.first_token + t];
      begin.push_back(span.begin);
      end.push_back(span.end);
      sentence.push_back(s);
    }
  }
  return Build(layer);
}

// Heads of a sentence's tokens, all to the left or all to the right: mostly the neighbour,
// sometimes any, sometimes none.
std::vector<uint32_t> DrawHeads(const Sentence& sentence, Random* random) {
  const bool leftward = (*random)() % 2 == 0;
  const auto token_at = [&](uint64_t place) {
    const uint64_t offset = leftward ? place : sentence.token_count - 1 - place;
    return sentence.first_token + static_cast<uint32_t>(offset);
  };
  std::vector<uint32_t> heads(sentence.token_count, DOSSIER_NONE);
  for (uint64_t place = 1; place < sentence.token_count; ++place) {
    if (const uint64_t chance = (*random)() % 16; chance != 0) {
      heads[token_at(place) - sentence.first_token] =
          token_at(chance < 8 ? place - 1 : (*random)() % place);
    }
  }
  return heads;
}

Layer MakeTrees(const Segmentation& segmentation, std::string_view text, Random* random) {
  static const auto* const upos =
      new Words{"ADJ",  "ADP",  "ADV",   "AUX",   "CCONJ", "DET", "INTJ", "NOUN", "NUM",
                "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"};
  static const auto* const xpos = new Words{"CC",  "CD", "DT", "IN", "JJ",  "MD",  "NN",  "NNP",
                                            "PRP", "RB", "TO", "VB", "VBD", "VBG", "VBN", "."};
  static const auto* const relations = new Words{
      "acl",      "acl:relcl",  "advcl",     "advmod",   "amod",      "appos",     "aux",
      "aux:pass", "case",       "cc",        "ccomp",    "conj",      "cop",       "csubj",
      "dep",      "det",        "fixed",     "flat",     "mark",      "nmod",      "nmod:poss",
      "nsubj",    "nsubj:pass", "nummod",    "obj",      "obl",       "parataxis", "punct",
      "root",     "xcomp",      "discourse", "vocative", "unheard:of"};
  sdk::LayerBuilder layer("dep.ud/1");
  auto& upos_column = layer.AddStr("upos");
  auto& xpos_column = layer.AddStr("xpos");
  auto& lemma = layer.AddStr("lemma");
  auto& head = layer.AddU32("head");
  auto& relation = layer.AddStr("relation");
  for (const Sentence& sentence : segmentation.sentences) {
    const std::vector<uint32_t> heads = DrawHeads(sentence, random);
    for (uint32_t t = 0; t < sentence.token_count; ++t) {
      const uint32_t token = sentence.first_token + t;
      upos_column.push_back(Pick(*upos, random));
      xpos_column.push_back(Pick(*xpos, random));
      lemma.push_back(Slice(text, segmentation.tokens[token]));
      head.push_back(heads[t]);
      relation.push_back(Pick(*relations, random));
    }
  }
  return Build(layer);
}

Layer MakeNames(const Segmentation& segmentation, std::string_view text, Random* random) {
  static const auto* const types =
      new Words{"PERSON",   "ORG",   "GPE",           "LOC",     "NORP",
                "FACILITY", "EVENT", "MILITARY_UNIT", "PRODUCT", "MISC"};
  sdk::LayerBuilder layer("name/1");
  auto& begin = layer.AddU32("begin");
  auto& end = layer.AddU32("end");
  auto& type = layer.AddStr("type");
  for (const Span token : segmentation.tokens) {
    if (IsUpper(text[token.begin])) {
      begin.push_back(token.begin);
      end.push_back(token.end);
      type.push_back(Pick(*types, random));
    }
  }
  return Build(layer);
}

// The user's list: every other word in capitals, under a name of its own.
Layer MakeListed(const Segmentation& segmentation, std::string_view text, Random* random) {
  sdk::LayerBuilder layer("listed/1");
  auto& begin = layer.AddU32("begin");
  auto& end = layer.AddU32("end");
  auto& type = layer.AddStr("type");
  auto& name = layer.AddStr("name");
  for (const Span token : segmentation.tokens) {
    if (IsUpper(text[token.begin]) && (*random)() % 2 == 0) {
      begin.push_back(token.begin);
      end.push_back(token.end);
      type.push_back(Pick({"", "ORG", "VESSEL"}, random));
      name.push_back(Pick({"Mira", "Sorn Institute", "船"}, random));
    }
  }
  return Build(layer);
}

Layer MakeValues(const Segmentation& segmentation, std::string_view text, Random* random) {
  static const auto* const kinds = new Words{"time", "number", "percent", "money"};
  static const auto* const times = new Words{"2025-03-03", "2025-03-03T10:30", "2025-03-03T10:30Z"};
  static const auto* const bounds = new Words{"exact", "at_least", "at_most", "about"};
  sdk::LayerBuilder layer("value/1");
  auto& begin = layer.AddU32("begin");
  auto& end = layer.AddU32("end");
  auto& kind = layer.AddStr("kind");
  auto& from = layer.AddStr("from");
  auto& to = layer.AddStr("to");
  auto& value = layer.AddF64("value");
  auto& high = layer.AddF64("high");
  auto& unit = layer.AddStr("unit");
  auto& bound = layer.AddStr("bound");
  for (const Span token : segmentation.tokens) {
    if (!IsDigit(text[token.begin])) {
      continue;
    }
    const std::string_view drawn = Pick(*kinds, random);
    const bool is_time = drawn == "time";
    const auto number = static_cast<double>((*random)() % 100000);
    begin.push_back(token.begin);
    end.push_back(token.end);
    kind.push_back(drawn);
    from.push_back(is_time ? Pick(*times, random) : "");
    to.push_back(is_time && (*random)() % 2 == 0 ? "2025-03-09" : "");
    value.push_back(number);
    high.push_back(number + static_cast<double>((*random)() % 2));
    unit.push_back(is_time ? "" : Pick({"", "troops", "percent", "USD"}, random));
    bound.push_back(Pick(*bounds, random));
  }
  return Build(layer);
}

}  // namespace

bool IsSynthetic(std::string_view layer) {
  constexpr std::array<std::string_view, 6> kLayers = {"sentence/1", "token/1",  "dep.ud/1",
                                                       "name/1",     "listed/1", "value/1"};
  return std::find(kLayers.begin(), kLayers.end(), layer) != kLayers.end();
}

std::vector<Layer> SyntheticLayers(std::string_view text, uint64_t seed) {
  Random random(seed);
  const Segmentation segmentation = Segment(text);
  std::vector<Layer> layers;
  layers.push_back(MakeSentences(segmentation, &random));
  layers.push_back(MakeTokens(segmentation));
  layers.push_back(MakeTrees(segmentation, text, &random));
  layers.push_back(MakeNames(segmentation, text, &random));
  layers.push_back(MakeListed(segmentation, text, &random));
  layers.push_back(MakeValues(segmentation, text, &random));
  return layers;
}

}  // namespace dossier::validator
