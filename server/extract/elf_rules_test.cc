#include "server/extract/elf_rules.h"

#include <elf.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "server/base/status_matchers.h"

namespace dossier {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string Plugin(const std::string& name) {
  std::ifstream file(std::filesystem::path(DOSSIER_TEST_PLUGINS) / name, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

ElfFacts Good() {
  ElfFacts facts;
  facts.exports = {"dossier_plugin_entry_v1"};
  facts.needed = {"libc.so.6", "libm.so.6", "ld-linux-x86-64.so.2"};
  return facts;
}

TEST(ElfRules, ReadsWhatALinkerWrote) {
  const auto facts = ReadElfFacts(Plugin("puppet.so"));
  ASSERT_THAT(facts, IsOk());
  EXPECT_THAT(facts->exports, ElementsAre("dossier_plugin_entry_v1"));
  EXPECT_THAT(facts->needed, ::testing::Contains("libc.so.6"));
  EXPECT_FALSE(facts->writes_code);
  EXPECT_FALSE(facts->executable_stack);
  EXPECT_THAT(FindElfFaults(*facts), IsEmpty());
}

TEST(ElfRules, SaysWhatToChange) {
  EXPECT_THAT(FindElfFaults(Good()), IsEmpty());
  ElfFacts facts = Good();
  facts.exports.insert(facts.exports.end(), {"one", "two", "three", "four", "five"});
  facts.needed.emplace_back("libprotobuf.so.32");
  facts.needed.emplace_back("libpython3.11.so.1.0");
  facts.writes_code = true;
  facts.executable_stack = true;
  EXPECT_THAT(
      FindElfFaults(facts),
      ElementsAre(AllOf(HasSubstr("it exports one, two, three and 2 more beside"),
                        HasSubstr("version-script")),
                  AllOf(HasSubstr("it needs libprotobuf.so.32, libpython3.11.so.1.0, and may"),
                        HasSubstr("statically")),
                  HasSubstr("-fPIC"), HasSubstr("-z,noexecstack")));
  facts = Good();
  facts.exports.clear();
  EXPECT_THAT(FindElfFaults(facts), ElementsAre("it does not export dossier_plugin_entry_v1"));
}

TEST(ElfRules, RefusesWhatWasLinkedWithoutTheMap) {
  EXPECT_THAT(CheckElfRules(Plugin("sloppy.so")),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       AllOf(HasSubstr("it exports "), HasSubstr("executable stack"),
                             HasSubstr("it needs libz.so.1"))));
}

TEST(ElfRules, SurvivesAnyBytes) {
  const std::string good = Plugin("liar_id.so");
  ASSERT_THAT(CheckElfRules(good), IsOk());
  std::mt19937 random(7);
  for (int round = 0; round < 2'000; ++round) {
    std::string mutant = good;
    // The header and the section table, where the offsets and sizes are.
    Elf64_Ehdr header;
    std::memcpy(&header, good.data(), sizeof(header));
    for (std::size_t i = 0; i <= random() % 4; ++i) {
      const std::size_t at = random() % 2 == 0
                                 ? random() % 1024
                                 : header.e_shoff + random() % (good.size() - header.e_shoff);
      mutant[at] = static_cast<char>(random() % 4 == 0 ? 0xff : random());
    }
    (void)CheckElfRules(mutant);
    mutant.resize(random() % mutant.size());
    EXPECT_FALSE(CheckElfRules(mutant).ok());
  }
}

}  // namespace
}  // namespace dossier
