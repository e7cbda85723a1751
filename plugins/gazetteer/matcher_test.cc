#include "plugins/gazetteer/matcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <vector>

namespace dossier::gazetteer {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// The matches of `table` in `text`, as "words=Name".
std::vector<std::string> Find(const std::string& table, std::string_view text) {
  const sdk::TextFile file("names.tsv", table);
  sdk::FileFaults faults(file);
  const NameList list = ParseNameList(file, &faults);
  const Matcher matcher(list, file, &faults);
  faults.ThrowIfAny();
  std::vector<std::string> found;
  matcher.Find(
      text,
      [&](const Match& match) {
        found.push_back(std::string(text.substr(match.begin, match.end - match.begin)) + "=" +
                        list.names[match.name].name);
      },
      [] { return false; });
  return found;
}

TEST(Matcher, FindsAliasesUnderTheName) {
  EXPECT_THAT(
      Find("name\ttype\taliases\nHarbour Union\tORG\tNHU | the Union\n",
           "The Union of Brenn left the Harbour  Union. NHU's head stays."),
      ElementsAre("The Union=Harbour Union", "Harbour  Union=Harbour Union", "NHU=Harbour Union"));
}

TEST(Matcher, LeftmostThenLongest) {
  const std::string table = "name\na b\nb c d\na b c d e\nc d\nd\n";
  EXPECT_THAT(Find(table, "a b c d"), ElementsAre("a b=a b", "c d=c d"));
  EXPECT_THAT(Find(table, "x b c d e"), ElementsAre("b c d=b c d"));
  EXPECT_THAT(Find(table, "a b c d e d"), ElementsAre("a b c d e=a b c d e", "d=d"));
}

TEST(Matcher, WholeWordsOnly) {
  const std::string table = "name\nOrsenia\nAT&T\nU.S.\n";
  EXPECT_THAT(Find(table, "Orsenian, Orsenia2, OrsenIA"), ElementsAre("OrsenIA=Orsenia"));
  EXPECT_THAT(Find(table, "AT & T, (Orsenia) U. S. U.S.A. xU.S."),
              ElementsAre("AT & T=AT&T", "Orsenia=Orsenia", "U. S.=U.S.", "U.S.=U.S."));
}

TEST(Matcher, ScriptsWithoutSpaces) {
  EXPECT_THAT(Find("name\taliases\nTokyo\t東京|とうきょう\n", "私は東京に住む。とうきょう"),
              ElementsAre("東京=Tokyo", "とうきょう=Tokyo"));
}

TEST(Matcher, CapitalsAreKeptUnlessToldOtherwise) {
  const std::string table = "name\taliases\nTurkey\t\nWorld Health\tWHO\niron\t\n";
  EXPECT_THAT(Find(table, "turkey TURKEY Turkey"), ElementsAre("TURKEY=Turkey", "Turkey=Turkey"));
  EXPECT_THAT(Find(table, "who Who WHO"), ElementsAre("WHO=World Health"));
  EXPECT_THAT(Find(table, "Iron IRON iron"), ElementsAre("Iron=iron", "IRON=iron", "iron=iron"));
  EXPECT_THAT(Find("name\tcase\nTurkey\tany\n", "turkey"), ElementsAre("turkey=Turkey"));
  EXPECT_THAT(Find("name\tcase\nTurkey\texact\n", "turkey TURKEY Turkey"),
              ElementsAre("Turkey=Turkey"));
}

TEST(Matcher, TheSameWordsInSeveralCases) {
  const std::string table = "name\taliases\tcase\nUnited States\tUS\t\nUs, a film\tUs\texact\n";
  EXPECT_THAT(Find(table, "US Us us"), ElementsAre("US=United States", "Us=Us, a film"));
  // The longer form is spelled otherwise, so the shorter one stands.
  EXPECT_THAT(Find("name\tcase\nRed Cross Kit\texact\nRed Cross\t\n", "Red Cross kit"),
              ElementsAre("Red Cross=Red Cross"));
}

TEST(Matcher, UnicodeFormsAreOne) {
  EXPECT_THAT(Find("name\nCafé O'Neill\n", "Cafe\xcc\x81 O’Neill"),
              ElementsAre("Cafe\xcc\x81 O’Neill=Café O'Neill"));
  EXPECT_THAT(Find("name\tcase\nStraße\tany\n", "STRASSE"), ElementsAre("STRASSE=Straße"));
  EXPECT_THAT(Find("name\nAl-Amal\n", "Al‑Amal"), ElementsAre("Al‑Amal=Al-Amal"));
}

TEST(Matcher, LinesJoinAndBlankLinesPart) {
  EXPECT_THAT(Find("name\nHarbour Union\n", "Harbour\nUnion"),
              ElementsAre("Harbour\nUnion=Harbour Union"));
  EXPECT_THAT(Find("name\nHarbour Union\n", "Harbour\r\n \r\nUnion"), IsEmpty());
}

TEST(Matcher, TwoNamesOfOneFormAreRefused) {
  try {
    Find("name\ttype\taliases\nHarbour Union\tORG\tNHU\nHospital\tORG\tX | NHU\n", "");
    FAIL();
  } catch (const sdk::Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("names.tsv:3:18: \"NHU\" is Harbour Union (ORG) by "
                                        "names.tsv:2:19 already"));
  }
  EXPECT_THAT(Find("name\ttype\nBrenn\tGPE\nBrenn\tGPE\n", "Brenn"), ElementsAre("Brenn=Brenn"));
}

// Every pattern tried at every word: what the automaton must agree with.
std::vector<std::string> FindSlowly(const std::set<std::vector<std::string>>& forms,
                                    const std::vector<std::string>& words) {
  std::vector<std::string> found;
  for (size_t i = 0; i < words.size();) {
    size_t longest = 0;
    for (const auto& form : forms) {
      if (form.size() > longest && i + form.size() <= words.size() &&
          std::equal(form.begin(), form.end(), words.begin() + static_cast<long>(i))) {
        longest = form.size();
      }
    }
    std::string joined;
    for (size_t k = i; k < i + longest; ++k) joined += (k > i ? " " : "") + words[k];
    if (longest > 0) found.push_back(joined + "=" + joined);
    i += std::max<size_t>(longest, 1);
  }
  return found;
}

TEST(Matcher, AgreesWithTryingEverything) {
  std::mt19937 random(1);
  const auto words = [&](size_t count) {
    std::vector<std::string> list;
    for (size_t i = 0; i < count; ++i) list.emplace_back(1, static_cast<char>('a' + random() % 3));
    return list;
  };
  for (int round = 0; round < 2000; ++round) {
    std::set<std::vector<std::string>> forms;
    std::string table = "name\n";
    for (unsigned i = 0; i < 1 + random() % 8; ++i) forms.insert(words(1 + random() % 5));
    for (const auto& form : forms) {
      for (const std::string& word : form) table += word + " ";
      table += "\n";
    }
    const auto text = words(random() % 30);
    std::string joined;
    for (const std::string& word : text) joined += word + " ";
    ASSERT_EQ(Find(table, joined), FindSlowly(forms, text)) << table << "\n" << joined;
  }
}

TEST(Matcher, HostileTexts) {
  const std::string table = "name\na\na a a a a a a a b\n(\n((((((((((\n1\n";
  const auto count = [&](const std::string& text) { return Find(table, text).size(); };
  std::string repeated;
  for (int i = 0; i < 500'000; ++i) repeated += "a ";
  EXPECT_EQ(count(repeated), 500'000u);
  EXPECT_EQ(count(std::string(100'000, '(')), 10'000u);
  EXPECT_EQ(count(std::string(1 << 20, '1')), 0u);  // one word of a million digits
  EXPECT_EQ(count(std::string(10 << 20, 'a')), 0u);
  EXPECT_EQ(count(std::string("\0a\0", 3)), 1u);
  EXPECT_EQ(count(""), 0u);
}

}  // namespace
}  // namespace dossier::gazetteer
