#include "server/extract/worker/crash_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dossier {
namespace {

using ::testing::HasSubstr;
using ::testing::Optional;
using ::testing::SizeIs;

Document DocumentOf(std::string id, std::string text = "text") {
  Document document;
  document.id = std::move(id);
  document.text = std::move(text);
  return document;
}

class CrashRecordTest : public ::testing::Test {
 protected:
  // A crash so long after the one before.
  void Crash(const Document* document, std::chrono::seconds later = std::chrono::seconds(1),
             std::string_view name_space = "") {
    now_ += later;
    if (document == nullptr) {
      record_.Add(nullptr, "signal 11", now_);
    } else {
      const DocumentInput input{*document, {}, name_space};
      record_.Add(&input, "signal 11", now_);
    }
  }
  auto WhyKeptFrom(const Document& document, std::string_view name_space = "") const {
    return record_.WhyKeptFrom({document, {}, name_space});
  }

  CrashRecord record_;
  CrashRecord::Clock::time_point now_;
};

TEST_F(CrashRecordTest, ThreeCrashesWithinFiveMinutesQuarantine) {
  Crash(nullptr);
  Crash(nullptr, std::chrono::seconds(299));
  EXPECT_FALSE(record_.quarantined());
  Crash(nullptr, std::chrono::seconds(2));  // the first is five minutes and a second ago
  EXPECT_FALSE(record_.quarantined());
  EXPECT_EQ(record_.reason(), "signal 11");
  Crash(nullptr);
  EXPECT_TRUE(record_.quarantined());
  EXPECT_THAT(record_.reason(), HasSubstr("3 crashes within 5 minutes; the last one: signal 11"));
  EXPECT_THAT(WhyKeptFrom(DocumentOf("a")), Optional(HasSubstr("quarantined")));
  EXPECT_EQ(record_.crashes(), 4u);
}

TEST_F(CrashRecordTest, ADocumentThatKillsTwiceIsSetAsideAsLongAsItsTextIsTheSame) {
  const Document bad = DocumentOf("bad");
  Crash(&bad);
  EXPECT_EQ(WhyKeptFrom(bad), std::nullopt);
  Crash(&bad, std::chrono::hours(1));
  EXPECT_THAT(WhyKeptFrom(bad), Optional(HasSubstr("2 times: signal 11")));
  EXPECT_EQ(WhyKeptFrom(DocumentOf("bad", "another text")), std::nullopt);
  EXPECT_EQ(WhyKeptFrom(DocumentOf("good")), std::nullopt);
  ASSERT_THAT(record_.SetAside(), SizeIs(1));
  EXPECT_EQ(record_.SetAside()[0].document_id, "bad");
}

TEST_F(CrashRecordTest, ADocumentOfTheSameIdInAnotherNamespaceIsAnother) {
  const Document document = DocumentOf("d");
  Crash(&document, std::chrono::hours(1), "mine");
  Crash(&document, std::chrono::hours(1), "yours");
  EXPECT_EQ(WhyKeptFrom(document, "mine"), std::nullopt);
  EXPECT_THAT(record_.SetAside(), SizeIs(0));
  Crash(&document, std::chrono::hours(1), "mine");
  EXPECT_THAT(WhyKeptFrom(document, "mine"), Optional(HasSubstr("2 times")));
  EXPECT_EQ(WhyKeptFrom(document, "yours"), std::nullopt);
  EXPECT_EQ(record_.SetAside().at(0).name_space, "mine");
}

TEST_F(CrashRecordTest, KeepsABoundedNumberOfSuspects) {
  for (int i = 0; i < 1500; ++i) {
    const Document document = DocumentOf(std::to_string(i));
    Crash(&document, std::chrono::hours(1));
    Crash(&document, std::chrono::hours(1));
  }
  EXPECT_THAT(record_.SetAside(), SizeIs(1000));
  EXPECT_EQ(WhyKeptFrom(DocumentOf("0")), std::nullopt);
}

}  // namespace
}  // namespace dossier
