#include "plugins/english/names/harmony.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>

namespace dossier::english {
namespace {

// How often the same words are a name of each type, and, for one word, how often they are none.
struct Tally {
  std::array<uint32_t, kCoarseTypes> types{};
  uint32_t outside = 0;
  Coarse first = Coarse::kMisc;
  bool surname = false;

  uint32_t named() const {
    uint32_t sum = 0;
    for (const uint32_t count : types) sum += count;
    return sum;
  }
  Coarse Type() const {
    auto best = static_cast<size_t>(first);
    for (size_t i = 0; i < types.size(); ++i) {
      if (types[i] > types[best]) best = i;
    }
    if (surname && types[best] * 2 <= named()) return Coarse::kPerson;
    return static_cast<Coarse>(best);
  }
};

bool IsCapital(std::string_view form) { return form[0] >= 'A' && form[0] <= 'Z'; }

std::string_view TextOf(const Annotation& annotation, const LabelledSpan& span) {
  const uint32_t begin = annotation.tokens[span.begin].begin;
  return annotation.text.substr(begin, annotation.tokens[span.end - 1].end - begin);
}

}  // namespace

void Harmonise(const Annotation& annotation, std::vector<LabelledSpan>* names) {
  std::unordered_map<std::string_view, Tally> tallies;
  std::vector<bool> named(annotation.tokens.size());
  for (const LabelledSpan& name : *names) {
    Tally& tally = tallies[TextOf(annotation, name)];
    if (tally.named() == 0) tally.first = name.type;
    ++tally.types[static_cast<size_t>(name.type)];
    std::fill(named.begin() + name.begin, named.begin() + name.end, true);
    if (name.type == Coarse::kPerson && name.end - name.begin > 1) {
      tallies[annotation.Form(name.end - 1)].surname = true;
    }
  }
  for (uint32_t i = 0; i < named.size(); ++i) {
    if (named[i] || !IsCapital(annotation.Form(i))) continue;
    if (const auto found = tallies.find(annotation.Form(i)); found != tallies.end()) {
      ++found->second.outside;
    }
  }
  for (LabelledSpan& name : *names) name.type = tallies[TextOf(annotation, name)].Type();
  const size_t decoded = names->size();
  for (uint32_t i = 0; i < named.size(); ++i) {
    if (named[i] || !IsCapital(annotation.Form(i))) continue;
    const auto found = tallies.find(annotation.Form(i));
    if (found == tallies.end()) continue;
    const Tally& tally = found->second;
    if (tally.named() >= tally.outside || (tally.surname && tally.named() > 0)) {
      names->push_back({i, i + 1, tally.Type()});
    }
  }
  if (names->size() > decoded) {
    std::sort(names->begin(), names->end(),
              [](const LabelledSpan& a, const LabelledSpan& b) { return a.begin < b.begin; });
  }
}

}  // namespace dossier::english
