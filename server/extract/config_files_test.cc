#include "server/extract/config_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>

#include "server/base/sha256.h"
#include "server/base/status_matchers.h"
#include "tests/support/temp_folder.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kSchema[] = R"({
  "properties": {
    "file": {"type": "string", "format": "file"},
    "word": {"type": "string"},
    "lists": {"items": {"type": "string", "format": "file"}},
    "deep": {"properties": {"a/b": {"format": "file"}}}
  }})";

TEST(FilesNamedInTest, AreTheStringsThatTheSchemaMarks) {
  EXPECT_THAT(FilesNamedIn(kSchema, R"({"file": "a", "word": "b", "lists": ["c", 1, "d"],
                                "deep": {"a/b": "e"}, "unknown": "f"})"),
              ElementsAre(ConfigFile{"/deep/a~1b", "e", ""}, ConfigFile{"/file", "a", ""},
                          ConfigFile{"/lists/0", "c", ""}, ConfigFile{"/lists/2", "d", ""}));
  EXPECT_THAT(FilesNamedIn(kSchema, "{}"), IsEmpty());
  EXPECT_THAT(FilesNamedIn("", R"({"file": "a"})"), IsEmpty());
  EXPECT_THAT(FilesNamedIn(R"({"properties": 3, "items": true})", R"({"file": ["a"]})"), IsEmpty());
  EXPECT_THAT(FilesNamedIn("no JSON", "no JSON"), IsEmpty());
}

class ConfigFilesTest : public ::testing::Test {
 protected:
  ConfigFilesTest() { fs::create_directory(Path("copies")); }

  std::string Path(const std::string& name) const { return folder_.path() + "/" + name; }
  void Write(const std::string& name, const std::string& bytes) const {
    std::ofstream(Path(name)) << bytes;
  }
  static std::string Read(const fs::path& path) {
    std::ifstream file(path);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }

  const TempFolder folder_;
};

TEST_F(ConfigFilesTest, KeepWhatTheFilesHeld) {
  Write("names.tsv", "Ada");
  Write("empty.tsv", "");
  {
    const auto files = *ConfigFiles::Copy(
        {{"/a", Path("names.tsv"), ""}, {"/b/0", Path("empty.tsv"), ""}}, Path("copies"));
    Write("names.tsv", "Bea");
    fs::remove(Path("empty.tsv"));
    EXPECT_THAT(files->files(), ElementsAre(ConfigFile{"/a", Path("names.tsv"), Sha256Hex("Ada")},
                                            ConfigFile{"/b/0", Path("empty.tsv"), Sha256Hex("")}));
    ASSERT_EQ(files->copies().size(), 2u);
    EXPECT_EQ(Read(files->copies()[0]), "Ada");
    EXPECT_EQ(files->copies()[0].filename(), "names.tsv");
    EXPECT_EQ(Read(files->copies()[1]), "");
    const std::string named = files->NameCopies(R"({"a": "x", "b": ["y"], "c": "x"})");
    EXPECT_EQ(named, R"({"a":")" + files->copies()[0].string() + R"(","b":[")" +
                         files->copies()[1].string() + R"("],"c":"x"})");
    EXPECT_EQ(files->NameFiles("cannot read " + files->copies()[0].string() + ": why"),
              "cannot read " + Path("names.tsv") + ": why");
  }
  EXPECT_TRUE(fs::is_empty(Path("copies")));
}

TEST_F(ConfigFilesTest, LeaveOutWhatIsNoFile) {
  ASSERT_EQ(mkfifo(Path("pipe").c_str(), 0600), 0);
  const auto files = *ConfigFiles::Copy(
      {{"/a", Path("none"), ""}, {"/b", folder_.path(), ""}, {"/c", Path("pipe"), ""}},
      Path("copies"));
  EXPECT_THAT(files->files(), IsEmpty());
  EXPECT_EQ(files->NameCopies(R"({"a":"x"})"), R"({"a":"x"})");
  EXPECT_THAT(ConfigFiles::Copy({{"/a", Path("none"), ""}}, Path("nowhere")),
              StatusIs(absl::StatusCode::kNotFound, ::testing::HasSubstr("nowhere")));
}

TEST(ConfigHashTest, IsOfTheTextAndOfWhatTheFilesHeld) {
  EXPECT_EQ(ConfigHash("{}", {}), Sha256Hex("{}"));
  const ConfigFile ada = {"/file", "names.tsv", Sha256Hex("Ada")};
  EXPECT_EQ(ConfigHash("{}", {ada}), Sha256Hex("{}\n/file " + ada.sha256));
  EXPECT_NE(ConfigHash("{}", {ada}), ConfigHash("{}", {{"/file", "names.tsv", Sha256Hex("Bea")}}));
}

}  // namespace
}  // namespace dossier
