#include "plugins/english/syntax/parser_state.h"

namespace dossier::english {

void ParserState::Reset(std::span<const Lexeme> words, std::span<const uint8_t> tags, bool reversed,
                        std::span<const Arc> guide) {
  const size_t n = words.size();
  const auto place = [&](size_t word) { return reversed ? n - word : word + 1; };
  nodes_.assign(n + 2, {});
  for (size_t i = 0; i < n; ++i) {
    ParserNode& node = nodes_[place(i)];
    node.word = words[i].lower;
    node.suffix = words[i].suffix[2];
    node.shape = words[i].shape;
    node.tag = tags[i] + 1u;
  }
  nodes_.back().word = nodes_.back().tag = 256;
  guide_.clear();
  if (!guide.empty()) {
    guide_.resize(n + 1);
    for (size_t i = 0; i < n; ++i) {
      const size_t head = guide[i].head == n ? n + 1 : place(guide[i].head);
      guide_[place(i)] = {static_cast<uint16_t>(head), guide[i].label};
    }
  }
  stack_.clear();
  next_ = 1;
}

bool ParserState::IsLegal(Action action) const {
  switch (action) {
    case kShift:
      return next_ != root();
    case kLeft:
      return !stack_.empty() && (next_ != root() || stack_.size() == 1);
    case kRight:
      return stack_.size() >= 2;
  }
  return false;
}

void ParserState::Apply(Action action, uint8_t label) {
  if (action == kShift) {
    stack_.push_back(next_++);
    return;
  }
  const uint16_t head = ArcHead(action);
  const uint16_t child = stack_.back();
  stack_.pop_back();
  nodes_[child].head = head;
  nodes_[child].label = label;
  ParserNode& parent = nodes_[head];
  auto& side = action == kLeft ? parent.left : parent.right;
  uint8_t& count = action == kLeft ? parent.left_count : parent.right_count;
  side = {child, side[0]};
  count = static_cast<uint8_t>(std::min(count + 1, 255));
  parent.label_set |= uint64_t{1} << (label % 64);
}

void ParserState::ReadTree(bool reversed, std::span<Arc> tree) const {
  const size_t n = word_count();
  for (size_t i = 0; i < n; ++i) {
    const ParserNode& node = nodes_[reversed ? n - i : i + 1];
    const size_t head = node.head == n + 1 ? n : (reversed ? n - node.head : node.head - 1u);
    tree[i] = {static_cast<uint16_t>(head), node.label};
  }
}

}  // namespace dossier::english
