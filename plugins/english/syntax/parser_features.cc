#include "plugins/english/syntax/parser_features.h"

#include <array>
#include <cstddef>
#include <utility>

#include "plugins/english/model/hash.h"

namespace dossier::english {
namespace {

// Places: s = stack from the top, b = buffer from the front; l, r = outermost left, right child,
// k, q = the next one inwards. Properties: W word, P tag, L label, V word with tag.
enum Atom : uint8_t {
  kNone,
  kS0W,
  kS0P,
  kS0V,
  kS1W,
  kS1P,
  kS1V,
  kS2W,
  kS2P,
  kB0W,
  kB0P,
  kB0V,
  kB1W,
  kB1P,
  kB2W,
  kB2P,
  kB3P,
  kS0Suffix,
  kS1Suffix,
  kB0Suffix,
  kS0Shape,
  kB0Shape,
  kS0lW,
  kS0lP,
  kS0lL,
  kS0kP,
  kS0kL,
  kS0rW,
  kS0rP,
  kS0rL,
  kS0qP,
  kS0qL,
  kS1lW,
  kS1lP,
  kS1lL,
  kS1kP,
  kS1kL,
  kS1rW,
  kS1rP,
  kS1rL,
  kS1qP,
  kS1qL,
  kB0lW,
  kB0lP,
  kB0lL,
  kB0kP,
  kB0kL,
  kS0LeftCount,
  kS0RightCount,
  kS1LeftCount,
  kS1RightCount,
  kB0LeftCount,
  kS0Set,
  kS1Set,
  kB0Set,
  kDistance0,
  kDistance1,
  kGuideArcs,
  kGuideS0L,
  kGuideS1L,
  kGuideB0L,
  kGuideS0HeadP,
  kGuideRightOpen,
  kAtomCount
};

using Template = std::array<Atom, 3>;

// clang-format off
constexpr Template kTemplates[] = {
    {kS0W}, {kS0P}, {kS0V}, {kS1W}, {kS1P}, {kS1V}, {kS2W}, {kS2P}, {kB0W}, {kB0P}, {kB0V},
    {kB1W}, {kB1P}, {kB1W, kB1P}, {kB2W}, {kB2P}, {kB2W, kB2P}, {kB3P},
    {kS0Suffix, kS0P}, {kB0Suffix, kB0P}, {kS1Suffix, kS1P}, {kS0Shape, kB0Shape},
    {kS0Suffix, kB0Suffix}, {kS0Suffix, kB0P}, {kS0P, kB0Suffix}, {kS1Suffix, kS0P},
    // Pairs.
    {kS0V, kB0V}, {kS0V, kB0W}, {kS0W, kB0V}, {kS0V, kB0P}, {kS0P, kB0V}, {kS0W, kB0W},
    {kS0P, kB0P}, {kB0P, kB1P}, {kB0W, kB1P}, {kB0P, kB1W}, {kS1V, kS0V}, {kS1W, kS0W},
    {kS1P, kS0P}, {kS1V, kS0P}, {kS1P, kS0V}, {kS1P, kB0P}, {kS1W, kB0P}, {kS1P, kB0W},
    {kS1W, kB0W}, {kS0P, kB1P}, {kS0W, kB1W}, {kS0P, kB1W},
    // Triples.
    {kB0P, kB1P, kB2P}, {kB1P, kB2P, kB3P}, {kS0P, kB0P, kB1P}, {kS0W, kB0P, kB1P},
    {kS0P, kB0W, kB1P}, {kS0P, kB0P, kB1W}, {kS1P, kS0P, kB0P}, {kS1W, kS0P, kB0P},
    {kS1P, kS0W, kB0P}, {kS1P, kS0P, kB0W}, {kS2P, kS1P, kS0P}, {kS2P, kS0P, kB0P},
    {kS0P, kS0lP, kB0P}, {kS0P, kS0rP, kB0P}, {kS0P, kB0P, kB0lP}, {kS1P, kS0P, kS0lP},
    {kS1P, kS0P, kS0rP}, {kS1P, kS1rP, kS0P}, {kS1P, kS1lP, kS0P}, {kS1W, kS1rP, kS0P},
    {kS0W, kS0rP, kB0P}, {kS0rW, kS0P, kB0P}, {kS0W, kB0P, kB0lP}, {kS0P, kB0P, kB0lW},
    {kS1W, kS0W, kS0lW}, {kS1P, kS0P, kS0lW}, {kS0lW, kB0W, kS0P}, {kS0P, kS0lW, kB0P},
    // Distance and valency.
    {kDistance0, kS0W}, {kDistance0, kS0P}, {kDistance0, kB0W}, {kDistance0, kB0P},
    {kDistance0, kS0P, kB0P}, {kDistance0, kS0W, kB0W}, {kDistance1, kS1P, kS0P},
    {kDistance1, kS1W, kS0P}, {kS0W, kS0LeftCount}, {kS0P, kS0LeftCount}, {kS0W, kS0RightCount},
    {kS0P, kS0RightCount, kB0P}, {kB0W, kB0LeftCount}, {kB0P, kB0LeftCount, kS0P},
    {kS1W, kS1RightCount}, {kS1P, kS1RightCount, kS0P},
    // Children.
    {kS0lW}, {kS0lP}, {kS0lL}, {kS0rW}, {kS0rP}, {kS0rL}, {kB0lW}, {kB0lP}, {kB0lL},
    {kS1rW}, {kS1rP}, {kS1rL}, {kS1lL}, {kS0kL}, {kS0qL}, {kB0kL}, {kS1qL},
    {kS0P, kS0lP, kS0kP}, {kS0P, kS0rP, kS0qP}, {kB0P, kB0lP, kB0kP}, {kS1P, kS1rP, kS1qP},
    {kS1P, kS1lP, kS1kP},
    {kS0P, kS0lL, kS0kL}, {kS0P, kS0rL, kS0qL}, {kS0W, kS0lL, kS0rL}, {kS0P, kS0lL, kS0rL},
    {kB0P, kB0lL, kB0kL}, {kS1P, kS1rL, kS1qL}, {kS1W, kS1lL, kS1rL}, {kS1P, kS1lL, kS1rL},
    {kS0W, kS0Set}, {kS0P, kS0Set}, {kB0W, kB0Set}, {kB0P, kB0Set}, {kS1W, kS1Set},
    {kS1P, kS1Set}, {kS0P, kS0Set, kB0P}, {kS1P, kS1Set, kS0P}, {kB0P, kB0Set, kS0P},
    {kS1Set, kS0Set, kB0P},
};

constexpr Template kGuideTemplates[] = {
    {kGuideArcs}, {kGuideArcs, kS0P, kB0P}, {kGuideArcs, kS1P, kS0P}, {kGuideArcs, kS0W},
    {kGuideArcs, kB0W}, {kGuideArcs, kGuideS0L}, {kGuideArcs, kGuideS0L, kB0P},
    {kGuideArcs, kGuideB0L}, {kGuideArcs, kGuideS1L}, {kGuideArcs, kGuideRightOpen},
    {kGuideArcs, kGuideRightOpen, kS0P}, {kGuideS0L, kGuideB0L, kGuideRightOpen},
    {kGuideArcs, kGuideS0HeadP, kS0P}, {kGuideArcs, kDistance0}, {kGuideArcs, kDistance1},
};
// clang-format on

// Places as in Atom, seen from an arc: h head, d dependent, and their neighbours in the text.
enum LabelAtom : uint8_t {
  kLNone,
  kHW,
  kHP,
  kHV,
  kDW,
  kDP,
  kDV,
  kHSuffix,
  kDSuffix,
  kDShape,
  kDlW,
  kDlP,
  kDlL,
  kDkL,
  kDrW,
  kDrP,
  kDrL,
  kDSet,
  kHlW,
  kHlP,
  kHlL,
  kHrP,
  kHrL,
  kHSet,
  kDBeforeW,
  kDBeforeP,
  kDAfterW,
  kDAfterP,
  kHBeforeP,
  kHAfterP,
  kWay,
  kWayFar,
  kB0PLabel,
  kOtherP,
  kOtherW,
  kGuideD,
  kGuideSame,
  kGuideH,
  kLabelAtomCount
};

using LabelTemplate = std::array<LabelAtom, 3>;

// clang-format off
constexpr LabelTemplate kLabelTemplates[] = {
    {kWay}, {kHW, kWay}, {kHP, kWay}, {kHV, kWay}, {kDW, kWay}, {kDP, kWay}, {kDV, kWay},
    {kHV, kDV, kWay}, {kHW, kDW, kWay}, {kHP, kDP, kWay}, {kHW, kDP, kWay}, {kHP, kDW, kWay},
    {kHP, kDP, kWayFar}, {kWayFar, kDW}, {kHSuffix, kDP, kWay}, {kHP, kDSuffix, kWay},
    {kHSuffix, kDSuffix, kWay}, {kDSuffix, kDShape}, {kDP, kDlW, kWay}, {kDP, kDlP, kWay},
    {kDP, kDlL, kWay}, {kHP, kDP, kDlW}, {kHW, kDP, kDlW}, {kHW, kDlW, kWay}, {kDW, kDlW, kWay},
    {kHP, kDlL, kDP}, {kHP, kDkL, kDP}, {kDP, kDrL, kWay}, {kDP, kDrW, kWay}, {kHP, kDrP, kDP},
    {kDP, kDSet, kWay}, {kHP, kDSet, kDP}, {kHW, kDSet, kDP}, {kDW, kDSet}, {kHP, kHSet, kDP},
    {kHW, kHSet, kDP}, {kHSet, kDW, kWay}, {kHSet, kDSet, kDP}, {kHP, kHlW, kDP},
    {kHP, kHlL, kDP}, {kHP, kHrL, kDP}, {kHP, kHrP, kDP}, {kHP, kHlP, kDP}, {kDBeforeW, kDP},
    {kDBeforeP, kDP, kHP}, {kDAfterW, kDP}, {kDAfterP, kDP, kHP}, {kHBeforeP, kHP, kDP},
    {kHAfterP, kHP, kDP}, {kDBeforeP, kDW}, {kDAfterP, kDW}, {kB0PLabel, kHP, kDP},
    {kOtherP, kHP, kDP}, {kOtherW, kHP, kDP},
};

constexpr LabelTemplate kGuideLabelTemplates[] = {
    {kGuideD}, {kGuideSame, kGuideD}, {kGuideSame, kGuideD, kDP}, {kGuideSame, kGuideD, kHP},
    {kGuideD, kDW}, {kGuideD, kDSet}, {kGuideD, kGuideH}, {kGuideD, kHSet, kDP},
};
// clang-format on

// Unrolls at compile time: which atoms a template takes is then part of the code.
template <const auto& templates, uint64_t first, typename Atoms>
void Emit(const Atoms& atoms, uint64_t* out) {
  const auto one = [&]<size_t index>() {
    uint64_t hash = Combine(0, first + index);
    for (const auto atom : templates[index]) {
      if (atom != 0) hash = Combine(hash, atoms[atom]);
    }
    out[index] = hash;
  };
  [&]<size_t... index>(std::index_sequence<index...>) { (one.template operator()<index>(), ...); }
  (std::make_index_sequence<std::size(templates)>());
}

// Seeds of the four template lists, far enough apart.
constexpr uint64_t kActionSeed = 1000;
constexpr uint64_t kGuideSeed = 2000;
constexpr uint64_t kLabelSeed = 3000;
constexpr uint64_t kGuideLabelSeed = 4000;

// The label of a child, told apart from there being none.
uint64_t LabelOf(const ParserState& state, uint16_t child) {
  return child == 0 ? 0 : state.node(child).label + 1u;
}

uint64_t DistanceClass(uint16_t left, uint16_t right) {
  if (left == 0 || right == 0) return 0;
  const int distance = right - left;
  if (distance <= 4) return static_cast<uint64_t>(distance);
  return distance <= 6 ? 5 : distance <= 10 ? 6 : distance <= 20 ? 7 : 8;
}

// Whether the guide still wants to hang a word from the buffer on `node`.
bool GuideRightOpen(const ParserState& state, uint16_t node) {
  const uint16_t front = state.buffer(0);
  for (uint16_t i = front; i < front + 4 && i < state.root(); ++i) {
    if (state.guide(i).head == node) return true;
  }
  return false;
}

using Atoms = std::array<uint64_t, kAtomCount>;

void ReadGuideAtoms(const ParserState& state, Atoms& a) {
  const uint16_t s0 = state.stack(0), s1 = state.stack(1), b0 = state.buffer(0);
  const Arc s0_arc = state.guide(s0);
  const Arc b0_arc = state.guide(b0);
  uint64_t arcs = s0_arc.head == b0 ? 1 : s0_arc.head == s1 ? 2 : s0_arc.head > b0 ? 3 : 4;
  arcs = arcs * 4 + (b0_arc.head == s0 ? 1u : b0_arc.head > b0 ? 2u : b0_arc.head == s1 ? 3u : 0u);
  arcs = arcs * 4 + (state.guide(s1).head == s0 ? 1u : state.guide(s1).head == b0 ? 2u : 0u);
  a[kGuideArcs] = arcs * 2 + (s0 != 0 ? 1 : 0);
  a[kGuideS0L] = s0_arc.label;
  a[kGuideS1L] = state.guide(s1).label;
  a[kGuideB0L] = b0_arc.label;
  a[kGuideS0HeadP] = state.node(s0_arc.head).tag;
  a[kGuideRightOpen] = GuideRightOpen(state, s0) ? 1 : 0;
}

// What the words themselves are.
void ReadWordAtoms(const ParserState& state, Atoms& a) {
  const auto core = [&](uint16_t index, Atom first) {
    const ParserNode& node = state.node(index);
    a[first] = node.word;
    a[first + 1u] = node.tag;
    a[first + 2u] = Combine(node.word, node.tag);
  };
  const auto outer = [&](uint16_t index, Atom first) {
    const ParserNode& node = state.node(index);
    a[first] = node.word;
    a[first + 1u] = node.tag;
  };
  const uint16_t s0 = state.stack(0), s1 = state.stack(1), b0 = state.buffer(0);
  core(s0, kS0W);
  core(s1, kS1W);
  core(b0, kB0W);
  outer(state.stack(2), kS2W);
  outer(state.buffer(1), kB1W);
  outer(state.buffer(2), kB2W);
  a[kB3P] = state.node(state.buffer(3)).tag;
  a[kS0Suffix] = state.node(s0).suffix;
  a[kS1Suffix] = state.node(s1).suffix;
  a[kB0Suffix] = state.node(b0).suffix;
  a[kS0Shape] = state.node(s0).shape;
  a[kB0Shape] = state.node(b0).shape;
  a[kDistance0] = DistanceClass(s0, b0);
  a[kDistance1] = DistanceClass(s1, s0);
}

// What hangs on them.
void ReadChildAtoms(const ParserState& state, Atoms& a) {
  const auto children = [&](const std::array<uint16_t, 2>& side, Atom first) {
    const ParserNode& outermost = state.node(side[0]);
    const ParserNode& inner = state.node(side[1]);
    a[first] = outermost.word;
    a[first + 1u] = outermost.tag;
    a[first + 2u] = LabelOf(state, side[0]);
    a[first + 3u] = inner.tag;
    a[first + 4u] = LabelOf(state, side[1]);
  };
  const ParserNode& s0 = state.node(state.stack(0));
  const ParserNode& s1 = state.node(state.stack(1));
  const ParserNode& b0 = state.node(state.buffer(0));
  children(s0.left, kS0lW);
  children(s0.right, kS0rW);
  children(s1.left, kS1lW);
  children(s1.right, kS1rW);
  children(b0.left, kB0lW);
  a[kS0LeftCount] = s0.left_count;
  a[kS0RightCount] = s0.right_count;
  a[kS1LeftCount] = s1.left_count;
  a[kS1RightCount] = s1.right_count;
  a[kB0LeftCount] = b0.left_count;
  a[kS0Set] = s0.label_set;
  a[kS1Set] = s1.label_set;
  a[kB0Set] = b0.label_set;
}

using LabelAtoms = std::array<uint64_t, kLabelAtomCount>;

void ReadLabelAtoms(const ParserState& state, Action action, LabelAtoms& a) {
  const uint16_t hi = state.ArcHead(action), di = state.stack(0);
  const ParserNode& h = state.node(hi);
  const ParserNode& d = state.node(di);
  const auto neighbour = [&](int index) -> const ParserNode& {
    return state.node(index > 0 && index < state.root() ? static_cast<uint16_t>(index)
                                                        : uint16_t{0});
  };
  a[kHW] = h.word, a[kHP] = h.tag, a[kHV] = Combine(h.word, h.tag);
  a[kDW] = d.word, a[kDP] = d.tag, a[kDV] = Combine(d.word, d.tag);
  a[kHSuffix] = h.suffix, a[kDSuffix] = d.suffix, a[kDShape] = d.shape;
  const ParserNode& dl = state.node(d.left[0]);
  const ParserNode& dr = state.node(d.right[0]);
  a[kDlW] = dl.word, a[kDlP] = dl.tag, a[kDlL] = LabelOf(state, d.left[0]);
  a[kDkL] = LabelOf(state, d.left[1]);
  a[kDrW] = dr.word, a[kDrP] = dr.tag, a[kDrL] = LabelOf(state, d.right[0]);
  const ParserNode& hl = state.node(h.left[0]);
  const ParserNode& hr = state.node(h.right[0]);
  a[kHlW] = hl.word, a[kHlP] = hl.tag, a[kHlL] = LabelOf(state, h.left[0]);
  a[kHrP] = hr.tag, a[kHrL] = LabelOf(state, h.right[0]);
  a[kDSet] = d.label_set, a[kHSet] = h.label_set;
  a[kDBeforeW] = neighbour(di - 1).word, a[kDBeforeP] = neighbour(di - 1).tag;
  a[kDAfterW] = neighbour(di + 1).word, a[kDAfterP] = neighbour(di + 1).tag;
  a[kHBeforeP] = neighbour(hi - 1).tag, a[kHAfterP] = neighbour(hi + 1).tag;
  a[kWay] = action;
  a[kWayFar] = action * 16u + DistanceClass(std::min(hi, di), std::max(hi, di));
  const ParserNode& other = state.node(action == kLeft ? state.stack(1) : state.buffer(0));
  a[kB0PLabel] = state.node(state.buffer(action == kLeft ? 1 : 0)).tag;
  a[kOtherP] = other.tag, a[kOtherW] = other.word;
  const Arc guide = state.guide(di);
  a[kGuideD] = guide.label;
  a[kGuideSame] = guide.head == hi ? 1 : 0;
  a[kGuideH] = state.guide(hi).label;
}

}  // namespace

void ExtractActionFeatures(const ParserState& state, std::vector<uint64_t>& features) {
  Atoms atoms = {};
  ReadWordAtoms(state, atoms);
  ReadChildAtoms(state, atoms);
  constexpr size_t kPlain = std::size(kTemplates);
  features.resize(kPlain + (state.has_guide() ? std::size(kGuideTemplates) : 0));
  Emit<kTemplates, kActionSeed>(atoms, features.data());
  if (!state.has_guide()) return;
  ReadGuideAtoms(state, atoms);
  Emit<kGuideTemplates, kGuideSeed>(atoms, features.data() + kPlain);
}

void ExtractLabelFeatures(const ParserState& state, Action action,
                          std::vector<uint64_t>& features) {
  LabelAtoms atoms = {};
  ReadLabelAtoms(state, action, atoms);
  constexpr size_t kPlain = std::size(kLabelTemplates);
  features.resize(kPlain + (state.has_guide() ? std::size(kGuideLabelTemplates) : 0));
  Emit<kLabelTemplates, kLabelSeed>(atoms, features.data());
  if (!state.has_guide()) return;
  Emit<kGuideLabelTemplates, kGuideLabelSeed>(atoms, features.data() + kPlain);
}

}  // namespace dossier::english
