#include "server/base/utf8.h"

#include <gtest/gtest.h>

namespace dossier {
namespace {

TEST(Utf8, FindsTheFirstInvalidByte) {
  EXPECT_EQ(FindInvalidUtf8(""), std::nullopt);
  EXPECT_EQ(FindInvalidUtf8("Zelenskyy – Київ 🙂"), std::nullopt);
  EXPECT_EQ(FindInvalidUtf8("ab\xff"), 2u);
  EXPECT_EQ(FindInvalidUtf8("caf\xe9 au lait"), 3u);  // Latin-1
  EXPECT_EQ(FindInvalidUtf8("x\xed\xa0\x80"), 1u);    // a surrogate
  EXPECT_EQ(FindInvalidUtf8("x\xc0\x80"), 1u);        // an overlong NUL
  EXPECT_EQ(FindInvalidUtf8("cut \xe2\x80"), 4u);     // cut inside a character
}

TEST(Utf8, KnowsCharacterBoundaries) {
  const std::string_view text = "a’b";  // 1 + 3 + 1 bytes
  for (size_t offset : {0u, 1u, 4u, 5u}) {
    EXPECT_TRUE(IsCharacterBoundary(text, offset)) << offset;
  }
  for (size_t offset : {2u, 3u, 6u}) {
    EXPECT_FALSE(IsCharacterBoundary(text, offset)) << offset;
  }
}

TEST(Utf8, PrefixNeverCutsACharacter) {
  EXPECT_EQ(Utf8Prefix("a’b", 3), "a");
  EXPECT_EQ(Utf8Prefix("a’b", 4), "a’");
  EXPECT_EQ(Utf8Prefix("a’b", 9), "a’b");
}

TEST(Utf8, EscapesWhatDoesNotShow) {
  EXPECT_EQ(EscapeForDisplay("Köln.so"), "Köln.so");
  EXPECT_EQ(EscapeForDisplay("K\xf6ln\n.so"), "K\\xF6ln\\x0A.so");
  EXPECT_EQ(EscapeForDisplay("\xe2\x80"), "\\xE2\\x80");
  EXPECT_EQ(EscapeForDisplay(""), "");
  for (int byte = 0; byte < 256; ++byte) {
    const std::string name = {'a', static_cast<char>(byte), 'b'};
    EXPECT_EQ(FindInvalidUtf8(EscapeForDisplay(name)), std::nullopt) << byte;
  }
}

TEST(Utf8, FoldsNamesThatReadTheSame) {
  EXPECT_EQ(FoldName("  Mark \u202fRutte "), "mark rutte");
  EXPECT_EQ(FoldName("NATO’s"), FoldName("nato's"));
  EXPECT_EQ(FoldName("CAFÉ"), FoldName("cafe\u0301"));
  EXPECT_EQ(FoldName("Straße"), "strasse");
  EXPECT_EQ(FoldName(""), "");
}

// Names of plain letters take a short way, which leads to the same place.
TEST(Utf8, FoldsPlainLettersAsTheyFoldAmongOthers) {
  std::string all;
  for (char c = 1; c > 0 && c < 127; ++c) {
    all += {c, 'x', c, c};
  }
  const std::string folded = FoldName("x" + all + "x");
  EXPECT_EQ(FoldName("é" + all + "é"), "é" + folded.substr(1, folded.size() - 2) + "é");
}

TEST(Utf8, FoldingTwiceChangesNothing) {
  for (const char* name : {"İstanbul", "ﬁrst Lord", "Ａｃｍｅ Corp.", "O’Brien"}) {
    EXPECT_EQ(FoldName(FoldName(name)), FoldName(name));
  }
}

}  // namespace
}  // namespace dossier
