#include "plugins/english/values/clock.h"

#include <algorithm>
#include <iterator>

namespace dossier::english {
namespace {

std::string TwoDigits(int n) {
  return {static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)};
}

bool IsWhole(const Atoms& atoms, size_t i, int below) {
  const Atom& atom = atoms[i];
  return atoms.Is(i, AtomKind::kDigits) && atom.plain && !atom.opaque &&
         atom.end - atom.begin <= 2 && atom.number < below;
}

// ":30" or ":30:15" from atom `*next` on, which it skips; -1 for none.
int ReadMinutes(const Atoms& atoms, size_t* next) {
  const size_t i = *next + 1;
  if (!atoms.Is(*next, ":") || !atoms[*next].glued || !atoms[i].glued || !IsWhole(atoms, i, 60) ||
      atoms[i].end - atoms[i].begin != 2) {
    return -1;
  }
  *next += 2;
  if (atoms.Is(*next, ":") && atoms[*next].glued && IsWhole(atoms, *next + 1, 60)) *next += 2;
  return static_cast<int>(atoms[i].number);
}

bool FollowsTimeWord(const Atoms& atoms, size_t i) {
  static constexpr std::string_view kWords[] = {"at", "around", "about", ","};
  if (!atoms.Joined(i)) return false;
  return atoms.Is(i - 1, Part::kTimeOperator) ||
         std::any_of(std::begin(kWords), std::end(kWords),
                     [&](std::string_view word) { return atoms.Is(i - 1, word); });
}

bool IsOneOf(const Atoms& atoms, size_t i, std::string_view plain, std::string_view dotted) {
  return atoms.Joined(i) && (atoms.Is(i, plain) || atoms.Is(i, dotted) ||
                             atoms.Is(i, dotted.substr(0, dotted.size() - 1)));
}

}  // namespace

std::optional<Clock> ReadClock(const Atoms& atoms, size_t i) {
  size_t next = i + 1;
  int hour = 0;
  int minute = -1;
  bool sure = false;
  if (atoms.Is(i, Part::kClock)) {
    hour = static_cast<int>(atoms[i].entry->value);
    sure = true;
  } else if (IsWhole(atoms, i, 24)) {
    hour = static_cast<int>(atoms[i].number);
    minute = ReadMinutes(atoms, &next);
    sure = minute >= 0 && FollowsTimeWord(atoms, i);
    const bool pm = IsOneOf(atoms, next, "pm", "p.m.");
    if ((pm || IsOneOf(atoms, next, "am", "a.m.")) && hour >= 1 && hour <= 12) {
      hour = hour % 12 + (pm ? 12 : 0);
      sure = true;
      ++next;
    }
  } else {
    return std::nullopt;
  }
  const bool utc =
      next > i + 1 && atoms.Joined(next) && (atoms.Is(next, "gmt") || atoms.Is(next, "utc"));
  if (utc) ++next;
  if (!sure && !utc) return std::nullopt;
  return Clock{next,
               "T" + TwoDigits(hour) + ":" + TwoDigits(std::max(minute, 0)) + (utc ? "Z" : "")};
}

}  // namespace dossier::english
