#include "server/extract/library.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "server/base/status_macros.h"
#include "server/base/status_matchers.h"

namespace dossier {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

absl::StatusOr<const Library*> Load(const std::string& name) {
  ASSIGN_OR_RETURN(PluginFile file, OpenPluginFile(DOSSIER_TEST_PLUGINS "/" + name));
  return Library::Load(std::move(file));
}

TEST(Library, LoadsWhatKeepsItsManifest) {
  const auto library = Load("reader.so");
  ASSERT_THAT(library, IsOk());
  EXPECT_EQ((*library)->manifest().id, "org.dossier.test.reader");
  EXPECT_STREQ((*library)->extractor().id, "org.dossier.test.reader");
  EXPECT_EQ((*library)->extractor().flags, DOSSIER_REENTRANT);
}

TEST(Library, LoadsTheSameBytesOnce) {
  const auto first = Load("reader.so");
  const auto second = Load("reader.so");
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(*first, *second);
  // Also when they are refused.
  EXPECT_EQ(Load("liar_id.so").status(), Load("liar_id.so").status());
}

TEST(Library, RefusesWhatDoesNotKeepItsManifest) {
  const struct {
    const char* file;
    const char* text;
  } rows[] = {
      {"liar_abi.so", "liar_abi.so: it was built for plugin ABI 2.0, this server speaks 1.0"},
      {"liar_code_abi.so", "the manifest says ABI 1.0, the code 2.0"},
      {"liar_id.so",
       "the manifest says org.dossier.test.liar 1.0.0, the code "
       "org.dossier.test.other 1.0.0"},
      {"liar_magic.so", "its entry is not that of a Dossier plugin"},
      {"liar_no_process.so", "create, destroy or process is missing"},
      {"liar_symbol.so", "undefined symbol: nobody_defines_this"},
  };
  for (const auto& row : rows) {
    EXPECT_THAT(Load(row.file), StatusIs(absl::StatusCode::kFailedPrecondition,
                                         AllOf(HasSubstr(row.file), HasSubstr(row.text))));
  }
  EXPECT_THAT(Load("liar_no_manifest.so"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("it has no manifest")));
}

}  // namespace
}  // namespace dossier
