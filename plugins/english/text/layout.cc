#include "plugins/english/text/layout.h"

#include "plugins/english/text/characters.h"
#include "plugins/english/text/dateline.h"
#include "plugins/english/text/markup.h"

namespace dossier::english {
namespace {

// A line shorter than this was not broken for want of room.
constexpr uint32_t kShortestWrappedLine = 50;

// "- ", "* ", a bullet, "1) ", "(a) ", "12. ".
bool StartsItem(std::string_view line) {
  const Character first = ReadCharacter(line, 0);
  const auto blank_at = [&](size_t at) { return ReadCharacter(line, at).IsSpace(); };
  constexpr std::u32string_view kBullets = U"-*•‣▪■●○◦·–—►✓";
  if (kBullets.find(first.code) != kBullets.npos) {
    return line.size() > first.size && (first.size > 1 || blank_at(first.size));
  }
  size_t at = first.code == '(' ? 1 : 0;
  const size_t label = at;
  while (at < line.size() && at < label + 2 && ReadCharacter(line, at).IsDigit()) ++at;
  if (at == label && ReadCharacter(line, at).kind == CharacterClass::kLower) ++at;
  if (at == label || at + 1 >= line.size()) return false;
  const bool closed = line[at] == ')' || (line[at] == '.' && ReadCharacter(line, label).IsDigit());
  return closed && blank_at(at + 1);
}

// Cells parted by bars or tabs.
bool IsRow(std::string_view line) {
  size_t bars = 0, tabs = 0;
  for (const char c : line) {
    bars += c == '|';
    tabs += c == '\t';
  }
  return bars >= 2 || tabs >= 1;
}

bool EndsSentence(std::string_view line) {
  const Character last = ReadCharacterBefore(line, line.size());
  constexpr std::u32string_view kEnds = U".!?:;…\"”)]»";
  return kEnds.find(last.code) != kEnds.npos;
}

class BlockFinder {
 public:
  explicit BlockFinder(std::string_view text) : text_(text) {}

  std::vector<Block> Find() {
    size_t line = 0;
    size_t at = 0;
    while (at < text_.size()) {
      if (text_[at] == '\n' || text_[at] == '\r') {
        CloseLine(line, at);
        if (text_[at] == '\n') ++newlines_;
        line = ++at;
        continue;
      }
      const HtmlTag tag = text_[at] == '<' ? ReadHtmlTag(text_, at, text_.size()) : HtmlTag{};
      if (tag.breaks_line) {
        CloseLine(line, at);
        newlines_ = 2;
        line = at + tag.size;
      }
      at += tag.size > 0 ? tag.size : 1;
    }
    CloseLine(line, at);
    return std::move(blocks_);
  }

 private:
  void CloseLine(size_t begin, size_t end) {
    while (begin < end) {
      const Character c = ReadCharacter(text_, begin);
      if (!c.IsSpace()) break;
      begin += c.size;
    }
    while (end > begin) {
      const Character c = ReadCharacterBefore(text_, end);
      if (c.size == 0 || !c.IsSpace()) break;
      end -= c.size;
    }
    if (begin >= end) return;
    const std::string_view line = text_.substr(begin, end - begin);
    if (GoesOn(line)) {
      blocks_.back().end = static_cast<uint32_t>(end);
    } else {
      const SentenceKind kind = StartsItem(line) ? SentenceKind::kItem
                                : IsRow(line)    ? SentenceKind::kRow
                                                 : SentenceKind::kSentence;
      Add(begin, end, kind);
    }
    last_line_ = line;
    newlines_ = 0;
  }

  // A dateline is a block of its own, and none that says anything.
  void Add(size_t begin, size_t end, SentenceKind kind) {
    const std::string_view line = text_.substr(begin, end - begin);
    const uint32_t dateline = kind == SentenceKind::kSentence ? DatelineSize(line) : 0;
    if (dateline > 0) {
      size_t stop = begin + dateline;
      while (ReadCharacterBefore(text_, stop).IsSpace()) {
        stop -= ReadCharacterBefore(text_, stop).size;
      }
      Push(begin, stop, SentenceKind::kBoilerplate);
    }
    Push(begin + dateline, end, kind);
  }

  void Push(size_t begin, size_t end, SentenceKind kind) {
    blocks_.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(end), kind});
  }

  // Whether the line before `line` was broken in mid-sentence.
  bool GoesOn(std::string_view line) const {
    return newlines_ == 1 && !blocks_.empty() && last_line_.size() >= kShortestWrappedLine &&
           !EndsSentence(last_line_) && blocks_.back().kind != SentenceKind::kRow &&
           ReadCharacter(line, 0).kind == CharacterClass::kLower && !StartsItem(line);
  }

  std::string_view text_;
  std::vector<Block> blocks_;
  std::string_view last_line_;
  int newlines_ = 0;  // since the last line
};

}  // namespace

std::vector<Block> FindBlocks(std::string_view text) { return BlockFinder(text).Find(); }

}  // namespace dossier::english
