#include "server/model/entity.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "server/model/name_form.h"

namespace dossier {
namespace {

// The sort order makes the first maximum the first in byte order.
std::string_view Commonest(const std::vector<Vote>& votes) {
  const auto it = std::max_element(votes.begin(), votes.end(),
                                   [](const Vote& a, const Vote& b) { return a.count < b.count; });
  return it == votes.end() ? std::string_view() : std::string_view(it->text);
}

}  // namespace

std::string_view Entity::preferred_name() const {
  const Vote* best = nullptr;
  std::pair<bool, uint64_t> best_rank;
  for (const Vote& vote : names) {
    const std::pair rank(names.size() > 1 && NameForm(vote.text) == key, vote.count);
    if (best == nullptr || rank > best_rank) {
      best = &vote;
      best_rank = rank;
    }
  }
  return best == nullptr ? std::string_view() : std::string_view(best->text);
}

std::string_view Entity::type() const { return Commonest(types); }

void AddVotes(std::vector<Vote>* votes, std::string_view text, int64_t delta) {
  auto it = std::lower_bound(votes->begin(), votes->end(), text,
                             [](const Vote& vote, std::string_view t) { return vote.text < t; });
  if (it == votes->end() || it->text != text) {
    it = votes->insert(it, Vote{std::string(text), 0});
  }
  assert(delta >= 0 || it->count >= static_cast<uint64_t>(-delta));
  it->count += static_cast<uint64_t>(delta);
  if (it->count == 0) {
    votes->erase(it);
  }
}

}  // namespace dossier
