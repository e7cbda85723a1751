// A row of the layer value/1.
#ifndef DOSSIER_PLUGINS_ENGLISH_VALUES_VALUE_H_
#define DOSSIER_PLUGINS_ENGLISH_VALUES_VALUE_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace dossier::english {

enum class ValueKind : uint8_t { kTime, kNumber, kPercent, kMoney };
enum class Bound : uint8_t { kExact, kAtLeast, kAtMost, kAbout };

// The words the layer uses.
std::string_view ValueKindName(ValueKind kind);
std::string_view BoundName(Bound bound);

// Byte offsets [begin, end) into the text, on token boundaries.
//
// A time has `from` and `to`, ISO 8601 dates or minutes ("2024-10-18", "2024-10-18T14:30"), both
// included; empty where open or unknown. A quantity has `value`, `high` (the upper end of a range,
// else equal to `value`), `bound`, and `unit`: the lemma of the counted noun, "percent", a currency
// code, or "X per Y".
struct Value {
  uint32_t begin = 0;
  uint32_t end = 0;
  ValueKind kind = ValueKind::kNumber;
  Bound bound = Bound::kExact;
  double value = 0;
  double high = 0;
  std::string unit;
  std::string from;
  std::string to;
};

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_VALUES_VALUE_H_
