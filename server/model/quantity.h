#ifndef DOSSIER_SERVER_MODEL_QUANTITY_H_
#define DOSSIER_SERVER_MODEL_QUANTITY_H_

#include <cstdint>
#include <string>

namespace dossier {

// The numbers are stored: they never change.
enum class Bound : uint8_t { kExact = 1, kAtLeast = 2, kAtMost = 3, kAbout = 4 };

// How many, as the text says it: "up to 10,000 troops" is {10000, 10000, "troops", kAtMost}.
struct Quantity {
  double value = 0;  // finite; the lower end of a range
  double high = 0;   // finite; the upper end of a range, otherwise equal to value
  std::string unit;  // "troops", "percent", "USD"; empty when there is none
  Bound bound = Bound::kExact;

  friend bool operator==(const Quantity&, const Quantity&) = default;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_MODEL_QUANTITY_H_
