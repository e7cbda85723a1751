#include "server/ingest/resolve.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "server/base/utf8.h"
#include "server/ingest/acronyms.h"
#include "server/ingest/known_names.h"
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

TEST(Names, LoseWhatIsBehind) {
  EXPECT_EQ(WithoutLegalForm("Harbour Works Inc."), "Harbour Works");
  EXPECT_EQ(WithoutLegalForm("Harbour Works, Ltd"), "Harbour Works");
  EXPECT_EQ(WithoutLegalForm("News Corp"), "News Corp");
  EXPECT_EQ(WithoutLegalForm("Inc."), "Inc.");
  EXPECT_EQ(WithoutGenericEnd("Harbour Media Group"), "Harbour");
  EXPECT_EQ(WithoutGenericEnd("News Agency"), "News Agency");
  EXPECT_EQ(WithoutGenericEnd(""), "");
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
  EXPECT_THAT(split("henry dunn, jr"), Pair("henry", "dunn"));
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

TEST(Resolve, SurnameOfSomebodyNamedInFull) {
  EXPECT_THAT(Text("Hale waited. President Mira Hale spoke. Mr Hale left. Hale's aide stayed.")
                  .Person("Hale")
                  .Person("President Mira Hale")
                  .Person("Mr Hale")
                  .Person("Hale's")
                  .Links(),
              ElementsAre(Pair("mira hale", "surname"), Pair("mira hale", "name"),
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

TEST(Resolve, NobodyIsKnownByOneNameBeyondTheDocument) {
  EXPECT_THAT(
      Text("President Hale spoke. Hale left.").Person("President Hale").Person("Hale").Links(),
      ElementsAre(Pair(" 1:d:hale", "name"), Pair(" 1:d:hale", "name")));
}

TEST(Resolve, NamesThatTheExtractorCutShort) {
  EXPECT_THAT(Text("President Hale Bo Min met Dunn Jang-won. Hale left.")
                  .Person("President Hale Bo Min")
                  .Filed("Hale")
                  .Person("Dunn Jang")
                  .Person("Hale")
                  .Links(),
              ElementsAre(Pair("hale bo min", "name"), Pair("dunn jang won", "spelling"),
                          Pair("hale bo min", "first name")));
}

TEST(Resolve, SpellingsOfOneName) {
  EXPECT_THAT(Text("Ondra Vasky, Ondra Vaskyy and Vaskiy; the Harbor Union and the Harbour Union.")
                  .Person("Ondra Vasky")
                  .Person("Ondra Vaskyy")
                  .Person("Vaskiy")
                  .Org("Harbor Union")
                  .Org("Harbour Union")
                  .Links(),
              ElementsAre(Pair("ondra vasky", "name"), Pair("ondra vasky", "spelling"),
                          Pair("ondra vasky", "surname"), Pair("harbour union", "spelling"),
                          Pair("harbour union", "name")));
}

TEST(Resolve, CountriesByAllTheirNames) {
  EXPECT_THAT(
      Text("Norway, the Kingdom of Norway, Norwegian, U.S., US, the United States of America")
          .Add(kName, "Norway", "GPE")
          .Add(kName, "Kingdom of Norway", "GPE")
          .Add(kName, "Norwegian", "NORP")
          .Add(kName, "U.S.", "GPE")
          .Add(kName, "US", "GPE")
          .Add(kName, "United States of America", "GPE")
          .Links(),
      ElementsAre(Pair("norway", "name"), Pair("norway", "country"), Pair("norway", "demonym"),
                  Pair("united states", "country"), Pair("united states", "country"),
                  Pair("united states", "country")));
  EXPECT_THAT(Text("Jordan met us in Jordan")
                  .Person("Jordan")
                  .Org("us")
                  .Add(kName, "Jordan", "GPE")
                  .Links(),
              ElementsAre(Pair(" 1:d:jordan", "name"), Pair("us", "name"), Pair("jordan", "name")));
}

TEST(Resolve, WhatIsOfACountry) {
  EXPECT_THAT(Text("Norway's navy, the Norwegian Navy, the navy of Norway; American Airlines")
                  .Org("Norway's navy")
                  .Org("Norwegian Navy")
                  .Org("navy of Norway")
                  .Org("American Airlines")
                  .Links(),
              ElementsAre(Pair("norway navy", "demonym"), Pair("norway navy", "demonym"),
                          Pair("norway navy", "demonym"), Pair("american airlines", "name")));
}

TEST(Resolve, CapitalsStandForGovernments) {
  struct Case {
    std::string text;
    bool government;
  };
  const std::vector<Case> cases = {
      {"Oslo denied it.", true},
      {"He said that Oslo would pay.", true},
      {"However, Oslo is waiting.", true},
      {"talks with Oslo", true},
      {"They accused Oslo of it.", true},
      {"a shipment of weapons to Oslo", true},
      {"Oslo's current policy", true},
      {"Stockholm and Oslo agreed.", true},
      {"in Oslo", false},
      {"in Stockholm and Oslo", false},
      {"They flew to Oslo.", false},
      {"They visited Oslo.", false},
      {"Oslo, Norway", false},
      {"Oslo (Reuters)", false},
      {"Oslo's streets", false},
      {"Oslo's Opera House", false},
      {"Oslo", false},
  };
  for (const Case& c : cases) {
    EXPECT_THAT(Text(c.text).Add(kName, "Oslo", "GPE").Links(),
                ElementsAre(c.government ? Pair("norway", "capital") : Pair("oslo", "name")))
        << c.text;
  }
}

TEST(Resolve, ShortNamesOfOrganisationsInTheDocument) {
  EXPECT_THAT(Text("Harbour said. Harbour News Agency, Northport Bank, Northport Media, Northport")
                  .Org("Harbour")
                  .Org("Harbour News Agency")
                  .Org("Northport Bank")
                  .Org("Northport Media")
                  .Org("Northport")
                  .Links(),
              ElementsAre(Pair("harbour news agency", "short name"),
                          Pair("harbour news agency", "name"), Pair("northport bank", "name"),
                          Pair("northport media", "name"), Pair("northport", "name")));
  EXPECT_THAT(Text("Harbour Works Inc. and Harbour Works")
                  .Org("Harbour Works Inc.")
                  .Org("Harbour Works")
                  .Links(),
              ElementsAre(Pair("harbour works", "spelling"), Pair("harbour works", "name")));
}

TEST(Resolve, OrganisationsThatEverybodyKnowsByTheirLetters) {
  EXPECT_THAT(
      Text("the UN, U.N., United Nations, un")
          .Org("UN")
          .Org("U.N.")
          .Org("United Nations")
          .Org("un")
          .Links(),
      ElementsAre(Pair("united nations", "organisation"), Pair("united nations", "organisation"),
                  Pair("united nations", "name"), Pair("un", "name")));
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
      {"Norwegian boats", "Norwegian boats", "norway boats"},
  };
  for (const Case& c : cases) {
    EXPECT_THAT(Text(c.words).Add(kNominal, c.words).Filed(c.name).Links(),
                ElementsAre(Pair(c.key, ::testing::AnyOf("name", "demonym"))))
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

TEST(KnownNames, AreSplitFromWhatIsTheirs) {
  const auto split = [](std::string_view name) {
    const CountryAndRest parts = SplitCountry(name);
    return std::pair(parts.country ? parts.country->key : std::string(), parts.rest);
  };
  EXPECT_THAT(split("New Zealand officials"), Pair("new zealand", "officials"));
  EXPECT_THAT(split("South African troops"), Pair("south africa", "troops"));
  EXPECT_THAT(split("DPRK military units"), Pair("north korea", "military units"));
  EXPECT_THAT(split("Ministry of Norway"), Pair("norway", "Ministry"));
  EXPECT_THAT(split("elite South African troops"), Pair("south africa", "elite troops"));
  EXPECT_THAT(split("use of Norwegian troops"), Pair("", ""));
  EXPECT_THAT(split("cheap French Open tickets"), Pair("", ""));
  EXPECT_THAT(split("Norway"), Pair("", ""));
  EXPECT_THAT(split("of Norway"), Pair("", ""));
  EXPECT_THAT(split("French Open"), Pair("", ""));
  EXPECT_THAT(split("Bank of Norway"), Pair("", ""));
  EXPECT_THAT(split(""), Pair("", ""));
}

TEST(KnownNames, OfTwoThingsAreOfNeither) {
  EXPECT_EQ(FindKnownName("Congo"), nullptr);
  EXPECT_EQ(FindKnownName("Harbour Union"), nullptr);
  EXPECT_EQ(FindKnownName(""), nullptr);
  ASSERT_NE(FindKnownName("Côte d’Ivoire"), nullptr);  // as the CLDR has it
  EXPECT_EQ(FindKnownName("Côte d’Ivoire")->key, "ivory coast");
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
