#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "plugins/english/model/model_file.h"
#include "plugins/english/names/built_in.h"
#include "plugins/english/names/clusters.h"
#include "plugins/english/names/harmony.h"
#include "plugins/english/names/tidy.h"
#include "plugins/english/names/viterbi.h"
#include "plugins/english/pipeline.h"
#include "plugins/english/syntax/lexeme.h"
#include "plugins/english/text/tokenizer.h"

namespace dossier::english {
namespace {

std::span<const std::byte> Bytes(const std::string& bytes) {
  return std::as_bytes(std::span(bytes));
}

// Borrows the text. A line is a sentence.
Annotation Cut(std::string_view text) {
  Annotation annotation;
  annotation.text = text;
  uint32_t sentence = 0;
  for (size_t begin = 0; begin < text.size(); ++sentence) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const size_t first = annotation.tokens.size();
    Tokenize(text, static_cast<uint32_t>(begin), static_cast<uint32_t>(end), annotation.tokens);
    for (size_t i = first; i < annotation.tokens.size(); ++i)
      annotation.tokens[i].sentence = sentence;
    begin = end + 1;
  }
  return annotation;
}

std::vector<std::string> Names(std::string_view text) {
  std::vector<std::string> names;
  for (const Name& name : BuiltInNameTagger().Tag(Pipeline::BuiltIn().Annotate(text))) {
    names.push_back(std::string(text.substr(name.begin, name.end - name.begin)) + " " +
                    std::string(NameTypeName(name.type)));
  }
  return names;
}

TEST(Tidy, CutsTitlesAndDropsAddressesAndFiles) {
  const Annotation annotation =
      Cut("Prime Minister Ada Finch wrote to ada.finch@sorn.org , see Report.pdf and Sorn.com");
  const auto token = [&](std::string_view form) {
    for (uint32_t i = 0; i < annotation.tokens.size(); ++i) {
      if (annotation.Form(i) == form) return i;
    }
    ADD_FAILURE() << form;
    return 0u;
  };
  const auto alone = [&](std::string_view form, Coarse type) {
    return LabelledSpan{token(form), token(form) + 1, type};
  };
  std::vector<LabelledSpan> names = {{token("Minister"), token("Finch") + 1, Coarse::kPerson},
                                     alone("ada.finch@sorn.org", Coarse::kPerson),
                                     alone("Report.pdf", Coarse::kPlace),
                                     alone("Sorn.com", Coarse::kOrg)};
  Tidy(annotation, &names);
  EXPECT_THAT(names,
              testing::ElementsAre(LabelledSpan{token("Ada"), token("Finch") + 1, Coarse::kPerson},
                                   alone("Sorn.com", Coarse::kOrg)));
}

TEST(Labels, FollowEachOtherAsNamesOpenAndClose) {
  const Label first = MakeLabel(Coarse::kOrg, Position::kFirst);
  const Label last = MakeLabel(Coarse::kOrg, Position::kLast);
  EXPECT_TRUE(MayFollow(first, last));
  EXPECT_FALSE(MayFollow(first, MakeLabel(Coarse::kPlace, Position::kLast)));
  EXPECT_FALSE(MayFollow(first, kOutside));
  EXPECT_FALSE(MayFollow(kOutside, last));
  EXPECT_TRUE(MayFollow(last, first));
  const Label labels[] = {kOutside, first, last, MakeLabel(Coarse::kNorp, Position::kOnly)};
  EXPECT_THAT(SpansOf(labels, 10), testing::ElementsAre(LabelledSpan{11, 13, Coarse::kOrg},
                                                        LabelledSpan{13, 14, Coarse::kNorp}));
}

TEST(Viterbi, FindsTheBestWellFormedSequence) {
  std::mt19937 random(3);
  const auto score = [&] { return static_cast<int32_t>(random() % 200) - 100; };
  for (int round = 0; round < 30; ++round) {
    std::vector<LabelScores<int32_t>> rows(3);
    std::array<LabelScores<int32_t>, kLabels> transitions;
    for (auto& row : rows) std::generate(row.begin(), row.end(), score);
    for (auto& row : transitions) std::generate(row.begin(), row.end(), score);
    int32_t best = INT32_MIN;
    for (Label a = 0; a < kLabels; ++a) {
      for (Label b = 0; b < kLabels; ++b) {
        for (Label c = 0; c < kLabels; ++c) {
          if (!MayFollow(kOutside, a) || !MayFollow(a, b) || !MayFollow(b, c) || IsOpenAfter(c)) {
            continue;
          }
          best = std::max(best, rows[0][a] + rows[1][b] + rows[2][c] + transitions[kOutside][a] +
                                    transitions[a][b] + transitions[b][c]);
        }
      }
    }
    std::vector<Label> labels;
    Viterbi<int32_t>().Decode(rows, transitions, &labels);
    ASSERT_EQ(labels.size(), 3u);
    EXPECT_TRUE(MayFollow(kOutside, labels[0]) && MayFollow(labels[0], labels[1]) &&
                MayFollow(labels[1], labels[2]) && !IsOpenAfter(labels[2]));
    EXPECT_EQ(best, rows[0][labels[0]] + rows[1][labels[1]] + rows[2][labels[2]] +
                        transitions[kOutside][labels[0]] + transitions[labels[0]][labels[1]] +
                        transitions[labels[1]][labels[2]]);
  }
}

uint64_t Phrase(std::initializer_list<std::string_view> words) {
  uint64_t phrase = kEmptyPhrase;
  for (const std::string_view word : words) phrase = ExtendPhrase(phrase, MakeLexeme(word).lower);
  return phrase;
}

TEST(Gazetteer, FindsWhatWasWritten) {
  GazetteerBuilder builder;
  ASSERT_TRUE(builder.AddLines("Cape Verde\tc\nCape Town\tt\nVerde\tgs\n"));
  const std::string section = builder.Write();
  const auto gazetteer = Gazetteer::Open(Bytes(section));
  ASSERT_TRUE(gazetteer);
  EXPECT_EQ(gazetteer->Find(Phrase({"cape", "VERDE"})).classes, kCountry);
  EXPECT_EQ(gazetteer->Find(Phrase({"Cape", "Town"})).classes, kCity);
  EXPECT_EQ(gazetteer->Find(Phrase({"Verde"})).classes, kGivenName | kSurname);
  EXPECT_EQ(gazetteer->Find(Phrase({"Cape"})).classes, 0);
  EXPECT_TRUE(gazetteer->Find(Phrase({"Cape"})).continues);
  EXPECT_FALSE(gazetteer->Find(Phrase({"Cape", "Town"})).continues);
  EXPECT_EQ(gazetteer->Find(Phrase({"Town"})).classes, 0);
}

TEST(Clusters, FindWhatWasWritten) {
  ClusterBuilder builder;
  ASSERT_TRUE(builder.AddLines("5\tship boat\n62\tRome boat\n"));
  const std::string section = builder.Write();
  const auto clusters = WordClusters::Open(Bytes(section));
  ASSERT_TRUE(clusters);
  const auto find = [&](std::string_view word) { return clusters->Find(MakeLexeme(word).lower); };
  EXPECT_EQ(find("Ship"), (Cluster{0, 5}));
  EXPECT_EQ(find("boat"), (Cluster{0, 5}));
  EXPECT_EQ(find("rome"), (Cluster{1, 62}));
  EXPECT_EQ(find("plane"), Cluster{});
}

TEST(Clusters, RefuseWhatIsMalformed) {
  EXPECT_FALSE(WordClusters::Open({}));
  EXPECT_FALSE(WordClusters::Open(Bytes(std::string("\x02\0\0\0\0\0\0\0", 8))));
  for (const std::string text : {"ship boat\n", "63\tship\n", "-1\tship\n", "5 \tship\n"}) {
    EXPECT_FALSE(ClusterBuilder().AddLines(text)) << text;
  }
  std::string many;
  for (uint32_t i = 0; i <= kFineClusters; ++i) many += "0\tship\n";
  EXPECT_FALSE(ClusterBuilder().AddLines(many));
}

TEST(Gazetteer, RefusesWhatIsMalformed) {
  GazetteerBuilder builder;
  EXPECT_FALSE(builder.AddLines("no tab\n"));
  EXPECT_FALSE(builder.AddLines("Nowhere\t?\n"));
  EXPECT_FALSE(Gazetteer::Open({}));
  EXPECT_FALSE(Gazetteer::Open(Bytes(std::string("\x02\0\0\0\0\0\0\0", 8))));
}

TEST(Harmony, GivesTheSameWordsOneType) {
  const Annotation annotation = Cut("Ina Brandt met Orsk .\nBrandt left Orsk .\nOrsk and Brandt .");
  std::vector<LabelledSpan> names = {{0, 2, Coarse::kPerson},
                                     {3, 4, Coarse::kOrg},
                                     {5, 6, Coarse::kPlace},
                                     {7, 8, Coarse::kPlace},
                                     {9, 10, Coarse::kPlace}};
  Harmonise(annotation, &names);
  EXPECT_THAT(names,
              testing::ElementsAre(
                  LabelledSpan{0, 2, Coarse::kPerson}, LabelledSpan{3, 4, Coarse::kPlace},
                  LabelledSpan{5, 6, Coarse::kPlace}, LabelledSpan{7, 8, Coarse::kPlace},
                  LabelledSpan{9, 10, Coarse::kPlace}, LabelledSpan{11, 12, Coarse::kPlace}));
  names = {{0, 2, Coarse::kPerson}, {5, 6, Coarse::kOrg}, {11, 12, Coarse::kPlace}};
  Harmonise(annotation, &names);
  EXPECT_THAT(names, testing::ElementsAre(LabelledSpan{0, 2, Coarse::kPerson},
                                          LabelledSpan{5, 6, Coarse::kPerson},
                                          LabelledSpan{11, 12, Coarse::kPerson}));
}

TEST(NameTagger, RefusesWhatIsNoModel) {
  EXPECT_EQ(NameTagger::Open(*ModelFile::Open(Bytes(WriteModelFile({})))), nullptr);
  EXPECT_EQ(NameTagger::Open(*ModelFile::Open(
                Bytes(WriteModelFile({{"names.gazetteer", "x"}, {"names.weights", "y"}})))),
            nullptr);
}

TEST(NameTagger, TellsTypesApart) {
  EXPECT_THAT(
      Names("Yesterday Maria Jensen of the World Bank flew from Lisbon to Kenya."),
      testing::ElementsAre("Maria Jensen PERSON", "World Bank ORG", "Lisbon GPE", "Kenya GPE"));
  EXPECT_THAT(Names("The Norwegian minister met President Daniel Okafor in Abuja."),
              testing::ElementsAre("Norwegian NORP", "Daniel Okafor PERSON", "Abuja GPE"));
  EXPECT_THAT(Names("nothing here is named by anyone ."), testing::IsEmpty());
}

TEST(NameTagger, KeepsTheLawsOnHostileText) {
  std::mt19937 random(5);
  const std::vector<std::string> words = {"Maria", "of", "\n",    "the", "\"",   "(",
                                          ")",     "UN", "é",     "WAR", "Ltd.", "1,000",
                                          "-",     "’s", "Kenya", "\xff"};
  std::string text;
  for (int n = 0; n < 20'000; ++n) text += words[random() % words.size()] + " ";
  for (const std::string& hostile : {text, std::string(1 << 20, 'A'), std::string()}) {
    const Annotation annotation = Cut(hostile);
    uint32_t last = 0;
    for (const Name& name : BuiltInNameTagger().Tag(annotation)) {
      ASSERT_LE(last, name.begin);
      ASSERT_LT(name.begin, name.end);
      ASSERT_LE(name.end, hostile.size());
      last = name.end;
    }
  }
}

}  // namespace
}  // namespace dossier::english
