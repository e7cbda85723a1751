#include "plugins/english/text/truecase.h"

#include <gmock/gmock.h>

#include <string>

#include "plugins/english/text/layout.h"
#include "plugins/english/text/tokenizer.h"

namespace dossier::english {
namespace {

constexpr std::string_view kBody =
    "\nThe bureau of Talvia sent ten ships to Port Brenn on Monday, and the harbour of Port Brenn "
    "was closed.\nIn Talvia the bureau sent more ships than ever before, and the special guards of "
    "the harbour saw them off.\n";

// The first line, a heading, as it is read; a sentence a line.
std::string FirstLine(const std::string& text) {
  Annotation annotation;
  annotation.text = text;
  for (const Block& block : FindBlocks(text)) {
    const auto first = static_cast<uint32_t>(annotation.tokens.size());
    Tokenize(text, block.begin, block.end, annotation.tokens);
    annotation.sentences.push_back(
        {block.begin, block.end, first, static_cast<uint32_t>(annotation.tokens.size())});
  }
  if (!text.empty()) annotation.sentences[0].kind = SentenceKind::kHeading;
  const std::string recased = Truecase(annotation);
  if (recased.empty()) return "as it is";
  EXPECT_EQ(recased.size(), text.size());
  return recased.substr(0, recased.find('\n'));
}

TEST(Truecase, FollowsTheRunningText) {
  EXPECT_EQ(
      FirstLine("Talvia Sends Special Guards to Port Brenn: Bureau Ships" + std::string(kBody)),
      "Talvia sends special guards to Port Brenn: Bureau ships");
  EXPECT_EQ(FirstLine("NATO Sends Special Ships to Port Brenn" + std::string(kBody)),
            "NATO sends special ships to Port Brenn");
}

TEST(Truecase, LeavesOtherTextAlone) {
  EXPECT_EQ(FirstLine("Talvia Sends Special Guards to Port Brenn"), "as it is");
  EXPECT_EQ(FirstLine("Talvia sends special guards to Port Brenn" + std::string(kBody)),
            "as it is");
  EXPECT_EQ(FirstLine("Ana Reil of Talvia" + std::string(kBody)), "as it is");
  EXPECT_EQ(FirstLine(""), "as it is");
}

}  // namespace
}  // namespace dossier::english
