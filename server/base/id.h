// Strong ids: numbers of different kinds that cannot be mixed up, compared or added by accident.
#ifndef DOSSIER_SERVER_BASE_ID_H_
#define DOSSIER_SERVER_BASE_ID_H_

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace dossier {

// Tag is any type that names the kind. Zero is never given out: it means "none".
template <class Tag, class Value = uint64_t>
class Id {
 public:
  using ValueType = Value;

  constexpr Id() = default;
  constexpr explicit Id(Value value) : value_(value) {}

  constexpr Value value() const { return value_; }
  constexpr bool valid() const { return value_ != 0; }

  friend constexpr auto operator<=>(Id, Id) = default;

 private:
  Value value_ = 0;
};

}  // namespace dossier

template <class Tag, class Value>
struct std::hash<dossier::Id<Tag, Value>> {
  std::size_t operator()(dossier::Id<Tag, Value> id) const noexcept {
    return std::hash<Value>()(id.value());
  }
};

#endif  // DOSSIER_SERVER_BASE_ID_H_
