#include "plugins/openie/frame.h"

#include <array>

namespace dossier::openie {

const char* RuleName(Rule rule) {
  static constexpr std::array<const char*, static_cast<size_t>(Rule::kCount)> kNames = {
      "main",       "conjunct",   "complement", "open",      "adverbial",  "purpose",
      "participle", "infinitive", "relative",   "parataxis", "apposition", "title",
      "possessive", "inclusion",  "location",   "nominal"};
  return kNames[static_cast<size_t>(rule)];
}

}  // namespace dossier::openie
