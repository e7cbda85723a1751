#include "plugins/openie/draft.h"

namespace dossier::openie {

int Draft::Child(int head, Rel rel) const {
  for (int i = 0; i < size(); ++i) {
    if (At(i).head == head && At(i).rel == rel) return i;
  }
  return kNone;
}

bool Draft::IsBelow(int word, int head) const {
  constexpr int kMaxClimb = 32;
  for (int steps = 0; steps < kMaxClimb; ++steps) {
    if (word == head) return true;
    if (word < 0 || word >= size()) return false;
    word = At(word).head;
  }
  return true;
}

int Draft::First(int head) const {
  int first = head;
  while (first > 0 && IsBelow(first - 1, head)) --first;
  return first;
}

}  // namespace dossier::openie
