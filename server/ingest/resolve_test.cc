#include "server/ingest/resolve.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "server/base/utf8.h"
#include "server/ingest/acronyms.h"
#include "server/ingest/names.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

constexpr MentionKind kName = MentionKind::kName;
constexpr MentionKind kNominal = MentionKind::kNominal;
constexpr MentionKind kPronoun = MentionKind::kPronoun;

// A text in which mentions are found by their words, one after the other.
class Text {
 public:
  explicit Text(std::string text) {
    document_.id = "d";
    document_.text = std::move(text);
  }

  Text& Add(MentionKind kind, std::string_view words, std::string type = "") {
    const std::size_t begin = document_.text.find(words, from_);
    EXPECT_NE(begin, std::string::npos) << words;
    from_ = begin + 1;
    ExtractedMention mention;
    mention.span = {static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + words.size())};
    mention.kind = kind;
    mention.type = std::move(type);
    mention.name = words;
    mentions_.push_back(mention);
    return *this;
  }
  Text& Person(std::string_view words) { return Add(kName, words, "PERSON"); }
  Text& Org(std::string_view words) { return Add(kName, words, "ORG"); }
  Text& Filed(std::string name) {
    mentions_.back().name = std::move(name);
    return *this;
  }
  Text& RefersTo(MentionIndex antecedent, double confidence, std::string rule = "coref") {
    mentions_.back().antecedent = antecedent;
    mentions_.back().confidence = confidence;
    mentions_.back().rule = std::move(rule);
    return *this;
  }

  std::vector<ResolvedMention> Resolve() const { return ResolveMentions(document_, mentions_); }
  // {key, rule} of each.
  std::vector<std::pair<std::string, std::string>> Links() const {
    std::vector<std::pair<std::string, std::string>> links;
    for (const ResolvedMention& mention : Resolve()) {
      links.emplace_back(mention.key, mention.rule);
    }
    return links;
  }

 private:
  Document document_;
  std::vector<ExtractedMention> mentions_;
  std::size_t from_ = 0;
};

TEST(Names, AreCleaned) {
  EXPECT_EQ(CleanName("the Harbour  Union's"), "Harbour Union");
  EXPECT_EQ(CleanName("The\n Times’s"), "Times");
  EXPECT_EQ(CleanName("the sailors'"), "sailors");
  EXPECT_EQ(CleanName("Harbour Union 's"), "Harbour Union");
  EXPECT_EQ(CleanName("The"), "The");
  EXPECT_EQ(CleanName("'s"), "'s");
  EXPECT_EQ(CleanName("Theo"), "Theo");
  EXPECT_EQ(CleanName(" "), "");
}

TEST(Names, LoseTitlesInFront) {
  EXPECT_EQ(WithoutTitles("Vice President Ada Lovelace"), "Ada Lovelace");
  EXPECT_EQ(WithoutTitles("Lt. Gen. Lovelace"), "Lovelace");
  EXPECT_EQ(WithoutTitles("former Foreign Minister Ada Lovelace"), "Ada Lovelace");
  EXPECT_EQ(WithoutTitles("Secretary General"), "General");
  EXPECT_EQ(WithoutTitles("President"), "President");
  EXPECT_EQ(WithoutTitles("Prime Ada"), "Prime Ada");
  EXPECT_EQ(WithoutTitles("Northern President Ada Lovelace"), "Ada Lovelace");
  EXPECT_EQ(WithoutTitles("The Union's Secretary General Ada Lovelace"), "Ada Lovelace");
  EXPECT_EQ(WithoutTitles("Northern Secretary of State Ada Lovelace"), "Ada Lovelace");
  EXPECT_EQ(WithoutTitles("Director of Harbour Works Ada Lovelace"),
            "Director of Harbour Works Ada Lovelace");
  EXPECT_EQ(WithoutTitles("Ada Major"), "Ada Major");
  EXPECT_EQ(WithoutTitles("Ada Major Hale"), "Ada Major Hale");
}

TEST(Names, HaveASurname) {
  const auto split = [](std::string_view name) {
    const PersonName parts = SplitPersonName(name);
    return std::pair(parts.given, parts.surname);
  };
  EXPECT_THAT(split("ada lovelace"), Pair("ada", "lovelace"));
  EXPECT_THAT(split("lovelace"), Pair("", "lovelace"));
  EXPECT_THAT(split("ursula von der leyen"), Pair("ursula", "von der leyen"));
  EXPECT_THAT(split("von der leyen"), Pair("", "von der leyen"));
  EXPECT_THAT(split("henry dunn, jr."), Pair("henry", "dunn"));
  EXPECT_THAT(split(""), Pair("", ""));
}

TEST(Acronyms, AreIntroducedInBrackets) {
  struct Case {
    std::string text;
    std::string letters;
    std::string long_form;  // empty: nothing is introduced
  };
  const std::vector<Case> cases = {
      {"the Coast Guard Service (CGS) said", "cgs", "Coast Guard Service"},
      {"CGS (Coast Guard Service) said", "cgs", "Coast Guard Service"},
      {"CGS (the Coast Guard Service) said", "cgs", "Coast Guard Service"},
      {"the Ministry of Works (MoW)", "mow", "Ministry of Works"},
      {"Bank of the North (BN)", "bn", "Bank of the North"},
      {"the League for Peace and Co-operation in Harbours (LPCH)", "lpch",
       "League for Peace and Co-operation in Harbours"},
      {"a Non-Aligned League (NAL)", "nal", "Non-Aligned League"},
      {"Northern Republic's Guard Service (GS)", "gs", "Guard Service"},
      {"the United Harbours (U.H.)", "uh", "United Harbours"},
      {"Служба береговой охраны (СБО)", "сбо", "Служба береговой охраны"},
      {"the Federal Office (BND)", "", ""},
      {"a coast guard ship (see below)", "", ""},
      {"Coast Guard Service (cgs)", "", ""},
      {"Coast. Guard Service (CGS)", "", ""},
      {"Coast Guard Service (C G S)", "", ""},
      {"Harbour (H)", "", ""},
      {"CGS (Coast Guard Service and others)", "", ""},
      {"(CGS) alone", "", ""},
      {"Coast Guard Service (CGS", "", ""},
      {"(((CG)", "", ""},
      {"()", "", ""},
  };
  for (const Case& c : cases) {
    const std::vector<Acronym> found = FindAcronyms(c.text);
    if (c.letters.empty()) {
      EXPECT_THAT(found, IsEmpty()) << c.text;
      continue;
    }
    ASSERT_THAT(found, SizeIs(1)) << c.text;
    EXPECT_EQ(found[0].letters, c.letters) << c.text;
    EXPECT_EQ(Slice(c.text, found[0].long_form), c.long_form);
  }
}

TEST(Resolve, SameNameSameKey) {
  EXPECT_THAT(Text("The Harbour Union met. The HARBOUR  UNION's head left.")
                  .Org("The Harbour Union")
                  .Org("The HARBOUR  UNION's")
                  .Links(),
              ElementsAre(Pair("harbour union", "name"), Pair("harbour union", "name")));
}

TEST(Resolve, AcronymsOfTheDocument) {
  EXPECT_THAT(
      Text("CGS ships left. The Coast Guard Service (CGS) denied it. C.G.S. and NHU.")
          .Org("CGS")
          .Org("Coast Guard Service")
          .Org("C.G.S.")
          .Org("NHU")
          .Links(),
      ElementsAre(Pair("coast guard service", "acronym"), Pair("coast guard service", "name"),
                  Pair("coast guard service", "acronym"), Pair("nhu", "name")));
}

TEST(Resolve, AcronymOfTheMentionBeforeTheBracket) {
  EXPECT_THAT(Text("The Northern Coast Guard Service (CGS) denied it. CGS ships left.")
                  .Org("Northern Coast Guard Service")
                  .Org("CGS")
                  .Org("CGS")
                  .Links(),
              ElementsAre(Pair("northern coast guard service", "name"),
                          Pair("northern coast guard service", "acronym"),
                          Pair("northern coast guard service", "acronym")));
  EXPECT_THAT(Text("Coast Guard Service (CGS) ships").Org("Coast Guard Service (CGS)").Links(),
              ElementsAre(Pair("coast guard service", "name")));
}

TEST(Resolve, AcronymOfTwoNamesIsNeither) {
  EXPECT_THAT(Text("Coast Guard Service (CGS), City Gas Supply (CGS), CGS")
                  .Org("CGS")
                  .Org("CGS")
                  .Org("CGS")
                  .Links(),
              ElementsAre(Pair("cgs", "name"), Pair("cgs", "name"), Pair("cgs", "name")));
}

TEST(Resolve, SurnameOfSomebodyNamedBefore) {
  EXPECT_THAT(Text("Hale waited. President Mira Hale spoke. Mr Hale left. Hale's aide stayed.")
                  .Person("Hale")
                  .Person("President Mira Hale")
                  .Person("Mr Hale")
                  .Person("Hale's")
                  .Links(),
              ElementsAre(Pair("hale", "name"), Pair("mira hale", "name"),
                          Pair("mira hale", "surname"), Pair("mira hale", "surname")));
}

TEST(Resolve, SurnameOfTwoPeopleIsNeither) {
  EXPECT_THAT(
      Text("Mira Hale spoke. Hale left. Tom Hale came.")
          .Person("Mira Hale")
          .Person("Hale")
          .Person("Tom Hale")
          .Links(),
      ElementsAre(Pair("mira hale", "name"), Pair(" 1:d:hale", "name"), Pair("tom hale", "name")));
}

TEST(Resolve, FamilyNamesMayComeFirst) {
  EXPECT_THAT(Text("Hale Bo Min spoke. Hale left. Mira Dunn and Hale met Mira.")
                  .Person("Hale Bo Min")
                  .Person("Hale")
                  .Person("Mira Dunn")
                  .Person("Hale")
                  .Person("Mira")
                  .Links(),
              ElementsAre(Pair("hale bo min", "name"), Pair("hale bo min", "first name"),
                          Pair("mira dunn", "name"), Pair("hale bo min", "first name"),
                          Pair("mira dunn", "first name")));
  EXPECT_THAT(
      Text("Mira Hale met Hale Bo. Hale")
          .Person("Mira Hale")
          .Person("Hale Bo")
          .Person("Hale")
          .Links(),
      ElementsAre(Pair("mira hale", "name"), Pair("hale bo", "name"), Pair(" 1:d:hale", "name")));
}

TEST(Resolve, SurnamesArePeoples) {
  EXPECT_THAT(
      Text("Mira Hale spoke in Hale of Port Hale. Hale")
          .Person("Mira Hale")
          .Add(kName, "Hale", "GPE")
          .Add(kName, "Port Hale", "GPE")
          .Links(),
      ElementsAre(Pair("mira hale", "name"), Pair("hale", "name"), Pair("port hale", "name")));
}

TEST(Resolve, TitleStaysWhereNothingElseTells) {
  EXPECT_THAT(Text("President Hale spoke.").Person("President Hale").Links(),
              ElementsAre(Pair("president hale", "name")));
}

TEST(Resolve, DescriptionsThatOnlyTheDocumentFills) {
  struct Case {
    std::string words;
    std::string name;
    std::string key;
  };
  const std::vector<Case> cases = {
      {"the meeting", "meeting", " 1:d:meeting"},
      {"The meeting", "The meeting", " 1:d:meeting"},
      {"their new minister", "new minister", " 1:d:new minister"},
      {"a spokesman", "spokesman", " 1:d:spokesman"},
      {"Hale's sister", "sister", " 1:d:sister"},
      {"the 300 boats", "boats", " 1:d:boats"},
      {"300 boats", "boats", "boats"},
      {"fishing boats", "fishing boats", "fishing boats"},
      {"the Northport strike", "Northport strike", "northport strike"},
      {"Hale's sister", "Hale's sister", "hale's sister"},
  };
  for (const Case& c : cases) {
    EXPECT_THAT(Text(c.words).Add(kNominal, c.words).Filed(c.name).Links(),
                ElementsAre(Pair(c.key, "name")))
        << c.words;
  }
}

TEST(Resolve, PronounsWithoutAntecedentStandAlone) {
  EXPECT_THAT(Text("They met. They left.").Add(kPronoun, "They").Add(kPronoun, "They").Links(),
              ElementsAre(Pair(" 1:d@0-4", "self"), Pair(" 1:d@10-14", "self")));
}

TEST(Resolve, AntecedentsAreFollowedToTheirEnd) {
  const Text text = Text("Mira Hale spoke. The minister said she left.")
                        .Person("Mira Hale")
                        .Add(kNominal, "The minister")
                        .RefersTo(0, 0.75, "apposition")
                        .Add(kPronoun, "she")
                        .RefersTo(1, 0.875, "");
  EXPECT_THAT(text.Links(), ElementsAre(Pair("mira hale", "name"), Pair("mira hale", "apposition"),
                                        Pair("mira hale", "antecedent")));
  const std::vector<ResolvedMention> mentions = text.Resolve();
  EXPECT_EQ(mentions[0].name, "Mira Hale");
  EXPECT_EQ(mentions[1].name, "");
  EXPECT_EQ(mentions[1].confidence, 0.75);
  EXPECT_EQ(mentions[2].name, "");
  EXPECT_EQ(mentions[2].confidence, 0.75);
}

TEST(Resolve, TheNameGivesAChainItsKey) {
  const Text text = Text("The agency, Coast Guard Service, said it had ships.")
                        .Add(kNominal, "The agency")
                        .Org("Coast Guard Service")
                        .RefersTo(0, 0.5)
                        .Add(kPronoun, "it")
                        .RefersTo(0, 1);
  EXPECT_THAT(text.Links(),
              ElementsAre(Pair("coast guard service", "coref"), Pair("coast guard service", "name"),
                          Pair("coast guard service", "coref")));
  EXPECT_EQ(text.Resolve()[0].confidence, 0.5);
  EXPECT_EQ(text.Resolve()[1].confidence, 1);
  EXPECT_EQ(text.Resolve()[2].confidence, 0.5);
}

TEST(Resolve, LinksForwardAndToItselfAreIgnored) {
  EXPECT_THAT(Text("Hale met Dunn and Ober")
                  .Org("Hale")
                  .RefersTo(1, 1)
                  .Org("Dunn")
                  .RefersTo(1, 1)
                  .Org("Ober")
                  .RefersTo(9, 1)
                  .Links(),
              ElementsAre(Pair("hale", "name"), Pair("dunn", "name"), Pair("ober", "name")));
}

TEST(Resolve, KeysOfOneDocumentCannotCollideWithNames) {
  // A name never folds to something with a space in front.
  for (const std::string_view name : {" 1:d:meeting",
                                      "\xc2\xa0"
                                      "1:d:meeting"}) {
    EXPECT_FALSE(FoldName(name).starts_with(' '));
  }
  EXPECT_THAT(Text("\xc2\xad here").Org("\xc2\xad").Links(), ElementsAre(Pair(" 1:d@0-2", "self")));
}

}  // namespace
}  // namespace dossier
