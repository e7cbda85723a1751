#include "plugins/gazetteer/name_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

namespace dossier::gazetteer {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// The names and forms of `text` on one line, or what is wrong with it.
std::string Read(const std::string& text) {
  const sdk::TextFile file("names.tsv", text);
  sdk::FileFaults faults(file);
  const NameList list = ParseNameList(file, &faults);
  try {
    faults.ThrowIfAny();
  } catch (const sdk::Error& error) {
    return error.what();
  }
  std::string line;
  for (const Form& form : list.forms) {
    const ListedName& name = list.names[form.name];
    line += form.text + ">" + name.name + ":" + name.type + ":" +
            std::to_string(static_cast<int>(form.match)) + ";";
  }
  return line;
}

TEST(NameList, ReadsColumnsInAnyOrder) {
  EXPECT_EQ(Read("# mine\n\nname\ttype\taliases\tcase\nAda Finch\tPERSON\tFinch|A. Finch\texact\n"),
            "Ada Finch>Ada Finch:PERSON:2;Finch>Ada Finch:PERSON:2;A. Finch>Ada Finch:PERSON:2;");
  EXPECT_EQ(Read("\xef\xbb\xbf aliases \t name\r\n | B |\tA \r\n\tlast"),
            "A>A::1;B>A::1;last>last::1;");
  EXPECT_EQ(Read("name"), "");
}

TEST(NameList, FaultsSayWhere) {
  const struct {
    const char* text;
    const char* fault;
  } rows[] = {
      {"", "names.tsv:1:1: nothing in it"},
      {"# only this\n", "names.tsv:1:1: nothing in it"},
      {"Ada\tPERSON\n", "names.tsv:1:1: the first line names the columns"},
      {"name\tkind\n",
       "names.tsv:1:6: the first line names the columns, with a tab between: name, "
       "type, aliases, case; there is no column \"kind\""},
      {"name\tname\n", "names.tsv:1:6: the column \"name\" comes twice"},
      {"type\tcase\n", "names.tsv:1:1: there is no column \"name\""},
      {"name\ttype\n\tORG\n", "names.tsv:2:1: the name is empty"},
      {"name\ttype\nÄda\tA B\n", "names.tsv:2:5: a type is at most"},
      {"name\nA\tB\n", "names.tsv:2:3: one cell more"},
      {"name\tcase\nA\tlower\n", "names.tsv:2:3: case is"},
      {"name\nA\x01\n", "names.tsv:2:2: a control character"},
  };
  for (const auto& row : rows) EXPECT_THAT(Read(row.text), StartsWith(row.fault)) << row.text;
}

TEST(NameList, TellsTheFirstFaultsAndCountsTheRest) {
  std::string text = "name\tcase\n";
  for (int i = 0; i < 20; ++i) text += "A\tlower\n";
  EXPECT_THAT(Read(text), HasSubstr("names.tsv:6:3: case is"));
  EXPECT_THAT(Read(text), HasSubstr("; and 15 more"));
}

TEST(NameList, LimitsWhatIsKept) {
  EXPECT_THAT(Read("name\n" + std::string(513, 'x')), HasSubstr("2:1: longer than 512 bytes"));
}

TEST(NameList, SurvivesRandomFiles) {
  std::mt19937 random(1);
  constexpr std::string_view kBytes = "name\ttypealiscase|# \n\r\"\\A";
  for (int round = 0; round < 20'000; ++round) {
    std::string text = random() % 2 == 0 ? "name\taliases\tcase\n" : "";
    for (unsigned i = 0; i < random() % 60; ++i) text += kBytes[random() % kBytes.size()];
    Read(text);
  }
}

}  // namespace
}  // namespace dossier::gazetteer
