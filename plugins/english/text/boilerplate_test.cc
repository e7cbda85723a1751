#include "plugins/english/text/boilerplate.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "plugins/english/text/dateline.h"

namespace dossier::english {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// The blocks that are taken for the article's own.
std::vector<std::string> Article(std::string_view text) {
  std::vector<Block> blocks = FindBlocks(text);
  MarkBoilerplate(text, &blocks);
  std::vector<std::string> kept;
  for (const Block& block : blocks) {
    if (block.kind == SentenceKind::kBoilerplate) continue;
    kept.emplace_back(text.substr(block.begin, block.end - block.begin));
  }
  return kept;
}

TEST(Boilerplate, KnowsSingleLines) {
  for (const char* line : {
           "https://media.example.org/photos/18/original/harbour-1400x900.jpg?17292",
           "***",
           "Published 18 October 2024 at 23:32",
           "18/10/2024 23h32",
           "Updated: Fri, Oct 18, 2024, 9:05 AM GMT",
           "5 min read",
           "By Ana Reil and Petra Lowen, The Harbour Post",
           "Reporting by Oren Falk; editing by Ada Finch",
           "Photo by Ada Finch/Harbour Press",
           "Share this:",
           "Related: Five ports to watch",
           "READ MORE: Why ships wait",
           "Share on Facebook",
           "Follow us on our channels",
           "Skip to main content",
           "ADVERTISEMENT",
           "Comments are closed.",
           "Sign up for our morning letter",
           "Click here to read the paper.",
           "We use cookies to give you the best experience on this site.",
           "It looks like you are using an ad blocker. Please turn it off.",
           "© 2024 Harbour Post. All rights reserved.",
           "The views expressed in this column are the author's own and do not necessarily reflect "
           "those of the paper.",
           "You can help us keep this website free: make a donation, however small.",
           "Because of readers like you, our newsroom stays independent.",
           "If you value our reporting, please support us with a few coins a month.",
       }) {
    EXPECT_THAT(Article(line), IsEmpty()) << line;
  }
}

TEST(Boilerplate, LeavesNewsAlone) {
  for (const char* line : {
           "Talks fail",
           "The ministry asked you and your neighbours to stay at home.",
           "“We use cookies to sell what you read on this site,” the regulator said.",
           "“Please support our journalism,” the editor told readers in Brenn.",
           "Related cases were found in two other towns, doctors said.",
           "By 2030 the port will have closed, the ministry said.",
           "The newspaper cut its newsletter and laid off forty people.",
           "In 2023 the plant made 40 engines; in 2024 it made 12.",
           "Share prices fell.",
           "Donations to the museum doubled last year.",
       }) {
    EXPECT_THAT(Article(line), ElementsAre(line)) << line;
  }
}

TEST(Boilerplate, EndsLinkTitlesWithTheNextSentence) {
  EXPECT_THAT(Article("The port closed.\n\nRelated:\n\nFive ports to watch\nWhy ships wait\n\n"
                      "It will open again in May, the union said."),
              ElementsAre("The port closed.", "It will open again in May, the union said."));
}

TEST(Boilerplate, KnowsMenusButNotAnnouncedLists) {
  EXPECT_THAT(Article("Home\nNews\nWorld\nSport\nThe port closed on Monday."),
              ElementsAre("The port closed on Monday."));
  EXPECT_THAT(Article("Four towns lost power:\nBrenn\nCalder\nLorn\nSorn"),
              ElementsAre("Four towns lost power:", "Brenn", "Calder", "Lorn", "Sorn"));
}

TEST(Boilerplate, KnowsTheHeadOfAPageButNotItsTitle) {
  EXPECT_THAT(Article("Port closes\n\nHarbour Media Group\nPolitics\n18/10/2024 23h32\n\n"
                      "The port closed on Monday."),
              ElementsAre("Port closes", "The port closed on Monday."));
}

std::string Dateline(std::string_view line) {
  return std::string(line.substr(0, DatelineSize(line)));
}

TEST(Dateline, StandsBeforeASentence) {
  EXPECT_EQ(Dateline("BRENN, Talvia — The bureau said"), "BRENN, Talvia — ");
  EXPECT_EQ(Dateline("NEW CALDER (Wire) - Ships left"), "NEW CALDER (Wire) - ");
  EXPECT_EQ(Dateline("Sorn, Orsenia, Oct. 18 (Wire) -- The"), "Sorn, Orsenia, Oct. 18 (Wire) -- ");
  EXPECT_EQ(Dateline("(Wire) – “Ships left,” she said"), "(Wire) – ");
  EXPECT_EQ(Dateline("PORT BRENN: The bureau"), "PORT BRENN: ");
  EXPECT_EQ(Dateline("ST. ALDA, 18 October 2024 — Two ships"), "ST. ALDA, 18 October 2024 — ");
}

TEST(Dateline, IsNoOtherDash) {
  for (const char* line : {
           "Ana Reil — the minister — left.",
           "NIS: The envoy left",
           "The bureau — The Harbour Post's source — is silent.",
           "BRENN - which lies in Talvia - burned.",
           "Talvia, Orsenia and Lorn signed - Reil did not.",
           "NATO chief Ana Reil left.",
           "",
           "—",
           "(",
       }) {
    EXPECT_EQ(Dateline(line), "") << line;
  }
}

TEST(Dateline, IsABlockOfItsOwn) {
  EXPECT_THAT(Article("BRENN, Talvia — The bureau closed.\nBRENN, Talvia — The bureau opened."),
              ElementsAre("The bureau closed.", "The bureau opened."));
}

}  // namespace
}  // namespace dossier::english
