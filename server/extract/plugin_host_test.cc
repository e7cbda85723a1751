#include "server/extract/plugin_host.h"

#include <elf.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "server/base/status_matchers.h"
#include "server/extract/pipeline.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

class PluginHostTest : public ::testing::Test {
 protected:
  PluginHostTest() {
    std::string folder = ::testing::TempDir() + "/plugins_XXXXXX";
    options_.folder = mkdtemp(folder.data());
    options_.store = options_.folder / "store";
  }
  ~PluginHostTest() override { fs::remove_all(options_.folder); }

  void Install(const std::string& fixture, const std::string& name) {
    fs::copy_file(fs::path(DOSSIER_TEST_PLUGINS) / fixture, options_.folder / name);
  }
  void Write(const std::string& name, const std::string& bytes) {
    std::ofstream(options_.folder / name, std::ios::binary) << bytes;
  }

  std::map<std::string, PluginInfo> ListByFile(const PluginHost& host) {
    std::map<std::string, PluginInfo> infos;
    for (PluginInfo& info : host.List()) {
      infos[info.file] = info;
    }
    return infos;
  }

  PluginHost::Options options_;
};

TEST_F(PluginHostTest, RunsALayerFromOnePluginToTheNext) {
  Install("reader.so", "a_reader.so");
  Install("puppet.so", "z_puppet.so");
  options_.configs = {{"org.dossier.test.puppet", R"({ "b": 1, "a": 2 })"}};
  const auto host = PluginHost::Start(options_);
  ASSERT_THAT(host, IsOk());
  Document document;
  document.id = "d";
  document.text = "one\ntwo";
  const auto extraction = RunPipeline(*(*host)->plan(), document, StopToken(), KeepLayers::kNo);
  ASSERT_THAT(extraction, IsOk());
  ASSERT_THAT(extraction->runs, SizeIs(2));
  EXPECT_EQ(extraction->runs[0].extractor.id, "org.dossier.test.puppet");
  EXPECT_EQ(extraction->runs[0].extractor.version, "1.2.3");
  EXPECT_THAT(extraction->runs[0].extractor.sha256, SizeIs(64));
  EXPECT_NE(extraction->runs[0].extractor.config_hash, extraction->runs[1].extractor.config_hash);
  EXPECT_THAT(extraction->runs[1].output.mentions, SizeIs(2));
  EXPECT_EQ(extraction->runs[1].output.mentions[1].name, "two");
}

TEST_F(PluginHostTest, HashesEqualConfigurationsAlike) {
  Install("puppet.so", "puppet.so");
  const auto hash_of = [&](const std::string& config) {
    options_.configs["org.dossier.test.puppet"] = config;
    return (*PluginHost::Start(options_))->List()[0].extractor.config_hash;
  };
  EXPECT_EQ(hash_of(R"({"a": 1, "b": 2})"), hash_of(R"({"b":2,"a":1})"));
  EXPECT_NE(hash_of(R"({"a": 1})"), hash_of(R"({"a": 2})"));
}

TEST_F(PluginHostTest, RefusesBadFilesAndGoesOn) {
  const std::string good = ReadFile(fs::path(DOSSIER_TEST_PLUGINS) / "puppet.so");
  std::string foreign = good;
  foreign[offsetof(Elf64_Ehdr, e_machine)] = static_cast<char>(EM_RISCV);
  Install("puppet.so", "good.so");
  Install("liar_abi.so", "abi.so");
  Install("liar_id.so", "id.so");
  Install("liar_no_manifest.so", "bare.so");
  Install("liar_symbol.so", "symbol.so");
  Write("foreign.so", foreign);
  Write("truncated.so", good.substr(0, good.size() / 2));
  Write("headless.so", good.substr(0, 40));
  Write("notes.txt", "buy milk");
  Write("empty.so", "");
  Write(".hidden", "not looked at");
  fs::create_directory(options_.folder / "folder");
  const auto host = PluginHost::Start(options_);
  ASSERT_THAT(host, IsOk());
  EXPECT_THAT((*host)->plan()->plugins(), SizeIs(1));
  auto infos = ListByFile(**host);
  EXPECT_THAT(infos, SizeIs(10));
  EXPECT_EQ(infos["good.so"].state, PluginState::kLoaded);
  EXPECT_EQ(infos["good.so"].reason, "");
  const std::map<std::string, std::string> reasons = {
      {"abi.so", "built for plugin ABI 2.0, this server speaks 1.0"},
      {"id.so", "the manifest says org.dossier.test.liar"},
      {"bare.so", "it has no manifest"},
      {"symbol.so", "undefined symbol: nobody_defines_this"},
      {"foreign.so", "built for another machine (RISC-V"},
      {"truncated.so", "it is truncated"},
      {"headless.so", "it is truncated"},
      {"notes.txt", "it is not a shared object"},
      {"empty.so", "it is empty"},
  };
  for (const auto& [file, reason] : reasons) {
    EXPECT_EQ(infos[file].state, PluginState::kRefused) << file;
    EXPECT_THAT(infos[file].reason, AllOf(HasSubstr(file + ": "), HasSubstr(reason)));
  }
}

TEST_F(PluginHostTest, RefusesWhatOnlyARefusedPluginProvidesFor) {
  Install("reader.so", "reader.so");
  Install("puppet.so", "puppet.so");
  options_.configs = {{"org.dossier.test.puppet", R"({"colour": "refuse"})"}};
  const auto host = PluginHost::Start(options_);
  ASSERT_THAT(host, IsOk());
  EXPECT_THAT((*host)->plan()->plugins(), IsEmpty());
  auto infos = ListByFile(**host);
  EXPECT_THAT(infos["puppet.so"].reason, HasSubstr("\"refuse\" is not a colour"));
  EXPECT_EQ(infos["puppet.so"].manifest.id, "org.dossier.test.puppet");
  EXPECT_THAT(infos["reader.so"].reason,
              HasSubstr("org.dossier.test.reader 1.0.0 requires line/1, which no plugin provides"));
}

TEST_F(PluginHostTest, ShowsFileNamesOfAnyBytes) {
  Write("K\xf6ln\n.so", "not a plugin");
  const auto host = PluginHost::Start(options_);
  ASSERT_THAT(host, IsOk());
  const PluginInfo info = (*host)->List()[0];
  EXPECT_EQ(info.file, "K\\xF6ln\\x0A.so");
  EXPECT_THAT(info.reason, StartsWith("K\\xF6ln\\x0A.so: it is not a shared object"));
}

TEST_F(PluginHostTest, RefusesWhatBreaksTheRulesOfFiles) {
  Install("sloppy.so", "sloppy.so");
  EXPECT_THAT((*PluginHost::Start(options_))->List()[0].reason,
              AllOf(StartsWith("sloppy.so: it exports "), HasSubstr("libz.so.1")));
}

TEST_F(PluginHostTest, KeepsTheFirstOfTwoCopies) {
  Install("puppet.so", "a.so");
  Install("puppet.so", "b.so");
  const auto host = PluginHost::Start(options_);
  ASSERT_THAT(host, IsOk());
  auto infos = ListByFile(**host);
  EXPECT_EQ(infos["a.so"].state, PluginState::kLoaded);
  EXPECT_THAT(infos["b.so"].reason, HasSubstr("another plugin of this id"));
}

TEST_F(PluginHostTest, RefusesAConfigurationThatIsNoObject) {
  Install("puppet.so", "puppet.so");
  for (const char* config : {"", "[1]", "{"}) {
    options_.configs["org.dossier.test.puppet"] = config;
    EXPECT_THAT((*PluginHost::Start(options_))->List()[0].reason, StartsWith("config is "));
  }
}

TEST_F(PluginHostTest, NeedsAFolder) {
  options_.folder /= "nowhere";
  EXPECT_THAT(PluginHost::Start(options_),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("cannot read the plugin folder")));
  options_.folder = options_.folder.parent_path();
}

}  // namespace
}  // namespace dossier
