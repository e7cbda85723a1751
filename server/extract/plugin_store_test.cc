#include "server/extract/plugin_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "server/base/status_matchers.h"
#include "tests/support/temp_folder.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class PluginStoreTest : public ::testing::Test {
 protected:
  std::unique_ptr<PluginStore> Open() const { return *PluginStore::Open(path_); }
  PluginFile Plugin(const char* name) const {
    return *OpenPluginFile(fs::path(DOSSIER_TEST_PLUGINS) / name, name);
  }
  bool Has(const std::string& name) const { return fs::exists(path_ / name); }

  TempFolder folder_;
  const fs::path path_ = fs::path(folder_.path()) / "plugins";
};

TEST_F(PluginStoreTest, IsForItsOwnerOnly) {
  const auto store = Open();
  EXPECT_EQ(fs::status(path_).permissions(), fs::perms::owner_all);
  EXPECT_THAT(store->records(), IsEmpty());
}

TEST_F(PluginStoreTest, KeepsNothingWithoutAFolder) {
  const auto store = PluginStore::Open("");
  ASSERT_THAT(store, IsOk());
  const auto refused = absl::StatusCode::kFailedPrecondition;
  EXPECT_THAT((*store)->NewFile(), StatusIs(refused, HasSubstr("no folder")));
  EXPECT_THAT((*store)->Keep(Plugin("puppet.so")), StatusIs(refused, HasSubstr("no folder")));
  EXPECT_THAT((*store)->Write({}), StatusIs(refused, HasSubstr("no folder")));
  (*store)->Prune();
}

TEST_F(PluginStoreTest, KeepsWhatRecordsName) {
  PluginFile file = Plugin("puppet.so");
  file.signature = "signed";
  const PluginFile other = Plugin("reader.so");
  const auto store = Open();
  ASSERT_THAT(store->Keep(file), IsOk());
  ASSERT_THAT(store->Keep(other), IsOk());
  ASSERT_THAT(store->Write({{"org.a", {PluginChoice{.sha256 = file.sha256}, std::nullopt}}}),
              IsOk());
  EXPECT_FALSE(Has(other.sha256 + ".so"));
  const auto kept = Open()->OpenFile(file.sha256);
  ASSERT_THAT(kept, IsOk());
  EXPECT_EQ(kept->copy.bytes(), file.copy.bytes());
  EXPECT_EQ(kept->signature, "signed");
  ASSERT_THAT(store->Write({}), IsOk());
  EXPECT_FALSE(Has(file.sha256 + ".so"));
  EXPECT_FALSE(Has(file.sha256 + ".sig"));
}

TEST_F(PluginStoreTest, NoticesChangedBytes) {
  const PluginFile file = Plugin("puppet.so");
  const auto store = Open();
  ASSERT_THAT(store->Keep(Plugin("reader.so")), IsOk());
  fs::rename(path_ / (Plugin("reader.so").sha256 + ".so"), path_ / (file.sha256 + ".so"));
  EXPECT_THAT(store->OpenFile(file.sha256),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("its bytes have changed")));
}

TEST_F(PluginStoreTest, ForgetsWhatNeverArrived) {
  const auto file = *Open()->NewFile();
  ASSERT_THAT(file->Append("half a plu"), IsOk());
  const fs::path name = file->path();
  EXPECT_TRUE(fs::exists(name));
  Open();
  EXPECT_FALSE(fs::exists(name));
}

TEST_F(PluginStoreTest, ReadsTheRecordsThatItWrote) {
  std::mt19937 random(3);
  const auto choice = [&]() -> std::optional<PluginChoice> {
    if (random() % 4 == 0) {
      return std::nullopt;
    }
    PluginChoice made;
    made.sha256 = std::string(64, "0123456789abcdef"[random() % 16]);
    made.version = std::to_string(random() % 9) + ".0.0";
    made.from_folder = random() % 2 == 0;
    if (random() % 2 == 0) {
      made.config = R"({"a":[1,"é"],"b":null})";
    }
    return made;
  };
  for (int round = 0; round < 50; ++round) {
    PluginRecords records;
    for (std::size_t i = 0; i < random() % 4; ++i) {
      records["org.example." + std::to_string(random() % 9)] = {choice(), choice()};
    }
    ASSERT_THAT(Open()->Write(records), IsOk());
    EXPECT_EQ(Open()->records(), records);
  }
}

TEST_F(PluginStoreTest, RefusesChoicesThatItCannotRead) {
  Open();
  for (const char* text :
       {"", "{", "[]", "{}", R"({"format": 2, "plugins": {}})", R"({"format": 1, "plugins": 3})",
        R"({"format": 1, "plugins": {"a": {}}})",
        R"({"format": 1, "plugins": {"a": {"current": {"sha256": 1}, "former": null}}})"}) {
    std::ofstream(path_ / "choices.json") << text;
    EXPECT_THAT(PluginStore::Open(path_),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("choices.json")))
        << text;
  }
}

}  // namespace
}  // namespace dossier
