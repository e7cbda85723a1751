#include "server/extract/backend_factory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/temp_folder.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(FilesNamedInTest, AreTheRegularFilesThatPathsOfTheConfigurationName) {
  const TempFolder folder;
  const std::string file = folder.path() + "/names.txt";
  std::ofstream(file) << "Ada\n";
  EXPECT_THAT(FilesNamedIn(R"({"a": {"b": [1, ")" + file + R"("]}})"), ElementsAre(file));
  EXPECT_THAT(FilesNamedIn(R"({"folder": ")" + folder.path() + R"(", "none": "/no/such/file"})"),
              IsEmpty());
  EXPECT_THAT(FilesNamedIn("{}"), IsEmpty());
  EXPECT_THAT(FilesNamedIn("no JSON"), IsEmpty());
}

}  // namespace
}  // namespace dossier
