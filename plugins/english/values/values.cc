#include "plugins/english/values/values.h"

#include "plugins/english/values/atoms.h"
#include "plugins/english/values/quantities.h"
#include "plugins/english/values/times.h"

namespace dossier::english {
namespace {

// Far enough from the calendar's ends for every step a text can take from here.
std::optional<Day> ReferenceDay(std::string_view published) {
  const auto day = ParseDay(published);
  return day && YearOf(*day) >= 1000 && YearOf(*day) <= 9000 ? day : std::nullopt;
}

Value FromTime(const Time& time) {
  Value value;
  value.kind = ValueKind::kTime;
  if (time.when.from) value.from = FormatDay(*time.when.from) + time.clock;
  if (time.when.to) value.to = FormatDay(*time.when.to) + time.clock;
  return value;
}

Value FromQuantity(Quantity quantity) {
  Value value;
  value.kind = quantity.kind;
  value.bound = quantity.bound;
  value.value = quantity.value;
  value.high = quantity.high;
  value.unit = std::move(quantity.unit);
  return value;
}

}  // namespace

std::vector<Value> FindValues(const Annotation& annotation, std::string_view published) {
  const Atoms atoms(annotation);
  const TimeReader times(atoms, ReferenceDay(published));
  std::vector<Value> values;
  size_t floor = 0;
  for (size_t i = 0; i < atoms.size();) {
    Value value;
    size_t next = 0;
    if (const auto time = times.Read(i)) {
      value = FromTime(*time);
      next = time->next;
    } else if (auto quantity = ReadQuantity(atoms, i, floor)) {
      next = quantity->next;
      value = FromQuantity(std::move(*quantity));
    } else {
      ++i;
      continue;
    }
    value.begin = annotation.tokens[atoms[i].token].begin;
    const uint32_t last = atoms[next - 1].token;
    value.end = annotation.tokens[last].end;
    values.push_back(std::move(value));
    // A value that ends within a token takes the whole of it.
    while (next < atoms.size() && atoms[next].token == last) ++next;
    i = floor = next;
  }
  return values;
}

}  // namespace dossier::english
