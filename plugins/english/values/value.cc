#include "plugins/english/values/value.h"

namespace dossier::english {

std::string_view ValueKindName(ValueKind kind) {
  switch (kind) {
    case ValueKind::kTime:
      return "time";
    case ValueKind::kNumber:
      return "number";
    case ValueKind::kPercent:
      return "percent";
    case ValueKind::kMoney:
      return "money";
  }
  return "";
}

std::string_view BoundName(Bound bound) {
  switch (bound) {
    case Bound::kExact:
      return "exact";
    case Bound::kAtLeast:
      return "at_least";
    case Bound::kAtMost:
      return "at_most";
    case Bound::kAbout:
      return "about";
  }
  return "";
}

}  // namespace dossier::english
