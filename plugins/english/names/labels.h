// What the sequence model says of each token: outside of names, or the first, an inner, the last or
// the only token of a name of a coarse type.
#ifndef DOSSIER_PLUGINS_ENGLISH_NAMES_LABELS_H_
#define DOSSIER_PLUGINS_ENGLISH_NAMES_LABELS_H_

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace dossier::english {

// Coarse, as the corpora tell apart; places and organisations are refined by their words.
enum class Coarse : uint8_t { kPerson, kOrg, kPlace, kNorp, kEvent, kProduct, kMisc };
inline constexpr uint8_t kCoarseTypes = 7;

enum class Position : uint8_t { kFirst, kInner, kLast, kOnly };

using Label = uint8_t;
inline constexpr Label kOutside = 0;
inline constexpr Label kLabels = 1 + 4 * kCoarseTypes;

constexpr Label MakeLabel(Coarse type, Position position) {
  return static_cast<Label>(1 + 4 * static_cast<int>(type) + static_cast<int>(position));
}
constexpr Coarse TypeOf(Label label) { return static_cast<Coarse>((label - 1) / 4); }
constexpr Position PositionOf(Label label) { return static_cast<Position>((label - 1) % 4); }

// Whether a name is open after the label, or before it.
constexpr bool IsOpenAfter(Label label) {
  return label != kOutside &&
         (PositionOf(label) == Position::kFirst || PositionOf(label) == Position::kInner);
}
constexpr bool IsOpenBefore(Label label) {
  return label != kOutside &&
         (PositionOf(label) == Position::kInner || PositionOf(label) == Position::kLast);
}
constexpr bool MayFollow(Label before, Label label) {
  if (IsOpenAfter(before) != IsOpenBefore(label)) return false;
  return !IsOpenAfter(before) || TypeOf(before) == TypeOf(label);
}

// Tokens [begin, end) of one name.
struct LabelledSpan {
  uint32_t begin = 0;
  uint32_t end = 0;
  Coarse type = Coarse::kMisc;

  bool operator==(const LabelledSpan&) const = default;
};

// The names of a sentence whose first token is number `first`. The labels are well formed.
std::vector<LabelledSpan> SpansOf(std::span<const Label> labels, uint32_t first);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_NAMES_LABELS_H_
