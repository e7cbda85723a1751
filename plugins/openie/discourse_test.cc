#include "plugins/openie/discourse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "plugins/sdk/extractor.h"

namespace dossier::openie {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

struct Row {
  std::string kind;
  std::string tokens;      // "word lemma UPOS XPOS relation head", separated by " | "; heads from 1
  std::string time = "";   // words of it that mean 3 May 2024
  std::string count = "";  // words of it that mean 40
  std::vector<std::string> names = {};
};

std::vector<std::string> Split(const std::string& text, const std::string& separator) {
  std::vector<std::string> parts;
  size_t begin = 0;
  for (size_t end; (end = text.find(separator, begin)) != text.npos;
       begin = end + separator.size()) {
    parts.push_back(text.substr(begin, end - begin));
  }
  parts.push_back(text.substr(begin));
  return parts;
}

// What a host would have kept.
struct Output {
  std::vector<sdk::Span> mentions;
  std::vector<std::string> links;  // "pronoun -> antecedent"
  std::vector<std::string>
      triples;  // "subject | predicate | object [by source ...] [on day] [x40]"
  std::vector<std::string> propositions;
  std::string text;

  std::string Words(uint32_t begin, uint32_t end) const { return text.substr(begin, end - begin); }
  std::vector<std::string> MentionedWords() const {
    std::vector<std::string> words;
    for (const sdk::Span& span : mentions) words.push_back(Words(span.begin, span.end));
    return words;
  }
  std::string Mention(uint32_t id) const {
    return id == DOSSIER_NONE ? "" : Words(mentions[id].begin, mentions[id].end);
  }
};

uint32_t TakeMention(void* context, const dossier_mention* mention) {
  Output& out = *static_cast<Output*>(context);
  EXPECT_LT(mention->begin, mention->end);
  EXPECT_LE(mention->end, out.text.size());
  if (mention->antecedent != DOSSIER_NONE) {
    EXPECT_LT(mention->antecedent, out.mentions.size());
    out.links.push_back(out.Words(mention->begin, mention->end) + " -> " +
                        out.Mention(mention->antecedent));
  }
  out.mentions.push_back({mention->begin, mention->end});
  return static_cast<uint32_t>(out.mentions.size() - 1);
}

dossier_status TakeTriple(void* context, const dossier_triple* triple) {
  Output& out = *static_cast<Output*>(context);
  EXPECT_LT(triple->subject, out.mentions.size());
  std::string shown = out.Mention(triple->subject) + " | " +
                      std::string(sdk::View(triple->predicate)) + " | " +
                      out.Mention(triple->object);
  for (uint32_t i = 0; i < triple->attribution_count; ++i) {
    shown += " by " + out.Words(triple->attributions[i]->begin, triple->attributions[i]->end);
  }
  if (triple->time != nullptr) shown += " on " + std::string(sdk::View(triple->time->from));
  if (triple->quantity != nullptr) {
    shown += " x" + std::to_string(static_cast<int>(triple->quantity->value));
  }
  out.triples.push_back(shown);
  return DOSSIER_OK;
}

dossier_status TakeProposition(void* context, const dossier_proposition* proposition) {
  Output& out = *static_cast<Output*>(context);
  out.propositions.push_back(std::string(sdk::View(proposition->relation)));
  return DOSSIER_OK;
}

// The document's layers from rows; the words stand with single spaces, each row on a line; those of
// a table's row are cells on lines of their own.
class TestDocument {
 public:
  explicit TestDocument(const std::vector<Row>& rows) {
    auto& s_begin = sentence_.AddU32("begin");
    auto& s_end = sentence_.AddU32("end");
    auto& s_kind = sentence_.AddStr("kind");
    auto& t_begin = token_.AddU32("begin");
    auto& t_end = token_.AddU32("end");
    auto& t_sentence = token_.AddU32("sentence");
    auto& upos = dep_.AddStr("upos");
    auto& xpos = dep_.AddStr("xpos");
    auto& lemma = dep_.AddStr("lemma");
    auto& head = dep_.AddU32("head");
    auto& relation = dep_.AddStr("relation");
    auto& n_begin = name_.AddU32("begin");
    auto& n_end = name_.AddU32("end");
    auto& v_begin = value_.AddU32("begin");
    auto& v_end = value_.AddU32("end");
    auto& n_type = name_.AddStr("type");
    auto& v_kind = value_.AddStr("kind");
    auto& v_from = value_.AddStr("from");
    auto& v_to = value_.AddStr("to");
    auto& v_unit = value_.AddStr("unit");
    auto& v_bound = value_.AddStr("bound");
    auto& v_value = value_.AddF64("value");
    auto& v_high = value_.AddF64("high");
    uint32_t first = 0;
    for (uint32_t row = 0; row < rows.size(); ++row) {
      s_begin.push_back(static_cast<uint32_t>(out_.text.size()));
      const std::vector<std::string> tokens = Split(rows[row].tokens, " | ");
      for (const std::string& token : tokens) {
        const std::vector<std::string> field = Split(token, " ");
        t_begin.push_back(static_cast<uint32_t>(out_.text.size()));
        out_.text += field[0];
        t_end.push_back(static_cast<uint32_t>(out_.text.size()));
        out_.text += rows[row].kind == "row" ? '\n' : ' ';
        t_sentence.push_back(row);
        lemma.push_back(field[1]);
        upos.push_back(field[2]);
        xpos.push_back(field[3]);
        relation.push_back(field[4]);
        const int at = std::stoi(field[5]);
        head.push_back(at == 0 ? UINT32_MAX : first + static_cast<uint32_t>(at) - 1);
      }
      out_.text.back() = '\n';
      for (const std::string& name : rows[row].names) {
        const auto at = static_cast<uint32_t>(out_.text.rfind(name));
        n_begin.push_back(at);
        n_end.push_back(at + static_cast<uint32_t>(name.size()));
        n_type.push_back("GPE");
      }
      const auto add_value = [&](const std::string& words, const char* kind, const char* day,
                                 double number) {
        if (words.empty()) return;
        const auto at = static_cast<uint32_t>(out_.text.rfind(words));
        v_begin.push_back(at);
        v_end.push_back(at + static_cast<uint32_t>(words.size()));
        v_kind.push_back(kind);
        v_from.push_back(day);
        v_to.push_back(day);
        v_unit.push_back("");
        v_bound.push_back("exact");
        v_value.push_back(number);
        v_high.push_back(number);
      };
      add_value(rows[row].time, "time", "2024-05-03", 0);
      add_value(rows[row].count, "quantity", "", 40);
      s_end.push_back(static_cast<uint32_t>(out_.text.size() - 1));
      s_kind.push_back(rows[row].kind);
      first += static_cast<uint32_t>(tokens.size());
    }
  }

  Output Read() {
    sentence_.WithC([&](const dossier_layer& s) {
      token_.WithC([&](const dossier_layer& t) {
        dep_.WithC([&](const dossier_layer& d) {
          name_.WithC([&](const dossier_layer& n) {
            value_.WithC([&](const dossier_layer& v) { Run({&s, &t, &d, &n, &v}); });
          });
        });
      });
    });
    return std::move(out_);
  }

 private:
  void Run(const std::vector<const dossier_layer*>& layers) {
    dossier_document document = {};
    document.size = sizeof(document);
    document.text = sdk::ToC(out_.text);
    document.layers = layers.data();
    document.layer_count = static_cast<uint32_t>(layers.size());
    dossier_sink c_sink = {};
    c_sink.size = sizeof(c_sink);
    c_sink.context = &out_;
    c_sink.mention = &TakeMention;
    c_sink.triple = &TakeTriple;
    c_sink.proposition = &TakeProposition;
    sdk::Sink sink(&c_sink);
    const sdk::Document view(&document);
    const LayerReader reader(view);
    Discourse discourse(reader, &sink);
    for (uint32_t s = 0; s < reader.sentences(); ++s) {
      if (!reader.IsSkipped(s)) discourse.Add(s);
    }
    discourse.Flush();
  }

  Output out_;
  sdk::LayerBuilder sentence_{"sentence/1"};
  sdk::LayerBuilder token_{"token/1"};
  sdk::LayerBuilder dep_{"dep.ud/1"};
  sdk::LayerBuilder name_{"name/1"};
  sdk::LayerBuilder value_{"value/1"};
};

constexpr char kQuoteWithSpeaker[] =
    "\u201C \u201C PUNCT `` punct 3 | Tyre Tyre PROPN NNP nsubj 3 | bought buy VERB VBD ccomp 8 | "
    "grain grain NOUN NN obj 3 | , , PUNCT , punct 8 | \u201D \u201D PUNCT '' punct 3 | "
    "Ann Ann PROPN NNP nsubj 8 | said say VERB VBD root 0";
constexpr char kQuote[] =
    "\u201C \u201C PUNCT `` punct 3 | Sidon Sidon PROPN NNP nsubj 3 | sold sell VERB VBD root 0 | "
    "wine wine NOUN NN obj 3 | . . PUNCT . punct 3 | \u201D \u201D PUNCT '' punct 3";
constexpr char kPlain[] =
    "Sidon Sidon PROPN NNP nsubj 2 | sold sell VERB VBD root 0 | wine wine NOUN NN obj 2";
constexpr char kQuoteBegins[] =
    "\u201C \u201C PUNCT `` punct 3 | Sidon Sidon PROPN NNP nsubj 3 | sold sell VERB VBD root 0 | "
    "wine wine NOUN NN obj 3";
constexpr char kQuoteEnds[] =
    "Tyre Tyre PROPN NNP nsubj 2 | bought buy VERB VBD ccomp 6 | grain grain NOUN NN obj 2 | "
    "\u201D \u201D PUNCT '' punct 2 | Ann Ann PROPN NNP nsubj 6 | said say VERB VBD root 0";

TEST(Discourse, CarriesTheSpeakerToTheNextQuotation) {
  EXPECT_THAT(TestDocument({{"sentence", kQuoteWithSpeaker}, {"sentence", kQuote}}).Read().triples,
              ElementsAre("Tyre | buy | grain by Ann", "Sidon | sell | wine by Ann"));
}

TEST(Discourse, DropsTheSpeakerAfterPlainText) {
  EXPECT_THAT(
      TestDocument({{"sentence", kQuoteWithSpeaker}, {"sentence", kPlain}, {"sentence", kQuote}})
          .Read()
          .triples,
      ElementsAre("Tyre | buy | grain by Ann", "Sidon | sell | wine", "Sidon | sell | wine"));
}

TEST(Discourse, FindsTheSpeakerWhereTheQuotationEnds) {
  EXPECT_THAT(TestDocument({{"sentence", kQuoteBegins}, {"sentence", kQuoteEnds}}).Read().triples,
              ElementsAre("Sidon | sell | wine by Ann", "Tyre | buy | grain by Ann"));
}

TEST(Discourse, AttributesWhatIsQuotedWhateverTheTreeSays) {
  constexpr char kTorn[] =
      "\u201C \u201C PUNCT `` punct 3 | Tyre Tyre PROPN NNP nsubj 3 | bought buy VERB VBD advcl 8 "
      "| "
      "grain grain NOUN NN obj 3 | , , PUNCT , punct 8 | \u201D \u201D PUNCT '' punct 3 | "
      "Ann Ann PROPN NNP nsubj 8 | told tell VERB VBD root 0 | aides aide NOUN NNS obj 8";
  EXPECT_THAT(TestDocument({Row{"sentence", kTorn}}).Read().triples,
              Contains("Tyre | buy | grain by Ann"));
}

TEST(Discourse, MentionsAPlaceOnce) {
  Output out = TestDocument({{"sentence", kQuoteWithSpeaker}, {"sentence", kQuote}}).Read();
  EXPECT_EQ(out.mentions.size(), 5u);  // Tyre, grain, Ann, Sidon, wine
}

TEST(Discourse, MentionsEveryNameWhateverIsStated) {
  const std::string question = std::string(kPlain) + " | ? ? PUNCT . punct 2";
  const Row asked{"sentence", question, "", "", {"Sidon"}};
  EXPECT_THAT(TestDocument({asked}).Read().MentionedWords(), ElementsAre("Sidon"));
  constexpr char kModifier[] =
      "Sidon Sidon PROPN NNP compound 2 | traders trader NOUN NNS nsubj 3 | "
      "sold sell VERB VBD root 0 | wine wine NOUN NN obj 3 | near near ADP IN case 6 | "
      "Tyre Tyre PROPN NNP obl 3";
  const Row stated{"sentence", kModifier, "", "", {"Sidon", "Tyre"}};
  EXPECT_THAT(TestDocument({stated}).Read().MentionedWords(),
              UnorderedElementsAre("Sidon traders", "wine", "Tyre", "Sidon"));
  const Row cell{"row", "Tyre Tyre PROPN NNP root 0", "", "", {"Tyre"}};
  EXPECT_THAT(TestDocument({cell}).Read().MentionedWords(), ElementsAre("Tyre"));
  EXPECT_THAT(TestDocument({Row{"boilerplate", kPlain, "", "", {"Sidon"}}}).Read().mentions,
              IsEmpty());
}

TEST(Discourse, PartsCellsByLineEnds) {
  const Row heading{"row", "Port port NOUN NN root 0 | Ships ship NOUN NNS root 0"};
  const Row row{"row", "Tyre Tyre PROPN NNP root 0 | 40 40 NUM CD root 0", "", "40", {"Tyre"}};
  EXPECT_THAT(TestDocument({heading, row}).Read().triples, ElementsAre("Tyre | ships |  x40"));
}

TEST(Discourse, MentionsWhatComesBackWhateverIsStated) {
  constexpr char kActors[] =
      "Traders trader NOUN NNS nsubj 2 | sold sell VERB VBD root 0 | wine wine NOUN NN obj 2";
  constexpr char kAsked[] =
      "Did do AUX VBD aux 3 | they they PRON PRP nsubj 3 | sell sell VERB VB root 0 | "
      "the the DET DT det 5 | wine wine NOUN NN obj 3 | ? ? PUNCT . punct 3";
  EXPECT_THAT(TestDocument({{"sentence", kActors}, {"sentence", kAsked}}).Read().links,
              ElementsAre("they -> Traders", "the wine -> wine"));
}

TEST(Discourse, LinksSeveralToTheLastActors) {
  constexpr char kActors[] =
      "Traders trader NOUN NNS nsubj 2 | sold sell VERB VBD root 0 | wine wine NOUN NN obj 2";
  constexpr char kPronoun[] =
      "They they PRON PRP nsubj 2 | left leave VERB VBD root 0 | Tyre Tyre PROPN NNP obj 2";
  EXPECT_THAT(TestDocument({{"sentence", kActors}, {"sentence", kPronoun}}).Read().links,
              ElementsAre("They -> Traders"));
}

TEST(Discourse, APronounCountsWhatItStandsFor) {
  constexpr char kActors[] =
      "40 40 NUM CD nummod 2 | traders trader NOUN NNS nsubj 3 | sold sell VERB VBD root 0 | "
      "wine wine NOUN NN obj 3";
  constexpr char kPronoun[] =
      "They they PRON PRP nsubj 2 | left leave VERB VBD root 0 | Tyre Tyre PROPN NNP obj 2";
  constexpr char kSomeOfThem[] =
      "The the DET DT det 2 | traders trader NOUN NNS nsubj 3 | saw see VERB VBD root 0 | "
      "Sidon Sidon PROPN NNP obj 3";
  EXPECT_THAT(
      TestDocument(
          {{"sentence", kActors, "", "40"}, {"sentence", kPronoun}, {"sentence", kSomeOfThem}})
          .Read()
          .triples,
      ElementsAre("40 traders | sell | wine x40", "They | leave | Tyre x40",
                  "The traders | see | Sidon"));
}

TEST(Discourse, AnEventIsHeldWhenItWasSaidToBe) {
  constexpr char kTalks[] =
      "Ann Ann PROPN NNP nsubj 2 | announced announce VERB VBD root 0 | talks talk NOUN NNS obj 2 "
      "| "
      "for for ADP IN case 5 | Friday Friday PROPN NNP nmod 3";
  constexpr char kAgain[] =
      "The the DET DT det 2 | talks talk NOUN NNS nsubj 4 | may may AUX MD aux 4 | "
      "end end VERB VB root 0 | hopes hope NOUN NNS obj 4";
  EXPECT_THAT(TestDocument({{"sentence", kTalks, "Friday"}, {"sentence", kAgain}}).Read().triples,
              Contains("The talks | end | hopes on 2024-05-03"));
}

TEST(Discourse, ReadsNothingInBoilerplate) {
  Output out = TestDocument({Row{"boilerplate", kPlain}}).Read();
  EXPECT_THAT(out.triples, IsEmpty());
  EXPECT_THAT(out.propositions, IsEmpty());
  EXPECT_THAT(out.mentions, IsEmpty());
}

TEST(Discourse, EndsWithAQuotationThatNeverCloses) {
  std::vector<Row> rows(100, Row{"sentence", kPlain});
  rows.front().tokens = kQuoteBegins;
  EXPECT_EQ(TestDocument(rows).Read().triples.size(), 100u);
}

TEST(Discourse, AQuestionStatesNothing) {
  const std::string question = std::string(kPlain) + " | ? ? PUNCT . punct 2";
  EXPECT_THAT(TestDocument({Row{"sentence", question}}).Read().triples, IsEmpty());
}

}  // namespace
}  // namespace dossier::openie
