#include "plugins/openie/mend.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace dossier::openie {
namespace {

// Verbs with an object and "of": whom, and of what.
bool TakesOf(std::string_view verb) {
  constexpr auto kVerbs = std::to_array<std::string_view>(
      {"absolve",  "accuse", "acquit",   "advise",   "apprise",   "assure",  "bereave",
       "cheat",    "clear",  "convict",  "convince", "cure",      "defraud", "deprive",
       "disabuse", "divest", "drain",    "empty",    "exonerate", "free",    "inform",
       "make",     "notify", "persuade", "purge",    "relieve",   "remind",  "rid",
       "rob",      "strip",  "suspect",  "think",    "warn"});
  return std::ranges::binary_search(kVerbs, verb);
}

}  // namespace

void Mend(std::vector<Word>* words) {
  std::vector<Word>& w = *words;
  const int size = static_cast<int>(w.size());
  const auto at = [&](int i) -> Word& { return w[static_cast<size_t>(i)]; };
  for (int of = 1; of < size; ++of) {
    if (at(of).rel != Rel::kCase || at(of).lemma != "of") continue;
    const int phrase = at(of).head;
    if (phrase <= of || phrase >= size || at(phrase).rel != Rel::kObl) continue;
    const int verb = at(phrase).head;
    if (verb < 0 || verb >= of || TakesOf(at(verb).lemma)) continue;
    const int noun = of - 1;
    const Rel rel = at(noun).rel;
    const bool argument = rel == Rel::kObj || rel == Rel::kObl || rel == Rel::kNsubj;
    if (!argument || !IsNominal(at(noun).pos) || at(noun).pos == Pos::kPron) continue;
    if (at(noun).head != verb) continue;
    at(phrase).head = noun;
    at(phrase).rel = Rel::kNmod;
  }
}

}  // namespace dossier::openie
