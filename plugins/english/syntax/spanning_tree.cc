#include "plugins/english/syntax/spanning_tree.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace dossier::english {
namespace {

// What an arc from the root costs: more than 65,000 other arcs can gain.
constexpr int64_t kRootCost = int64_t{1} << 49;

}  // namespace

std::span<int64_t> SpanningTree::Reset(size_t n) {
  n_ = n;
  scores_.resize(n * (n + 1));
  return scores_;
}

void SpanningTree::Solve(std::span<uint16_t> heads) {
  nodes_.resize(n_);
  std::iota(nodes_.begin(), nodes_.end(), uint16_t{0});
  head_.resize(n_);
  ChooseHeads();
  std::vector<uint16_t> circle = FindCircle();
  if (circle.empty() && std::count(head_.begin(), head_.end(), n_) == 1) {
    std::copy(head_.begin(), head_.end(), heads.begin());
    return;
  }
  node_of_ = nodes_;
  arcs_.resize(scores_.size());
  for (size_t d = 0; d < n_; ++d) {
    for (size_t h = 0; h <= n_; ++h) {
      arc(d, h) = {static_cast<uint16_t>(d), static_cast<uint16_t>(h)};
    }
    score(d, n_) -= kRootCost;
  }
  contractions_.clear();
  for (ChooseHeads(); !(circle = FindCircle()).empty();) Contract(std::move(circle));
  Expand(heads);
}

void SpanningTree::ChooseHeads() {
  for (const uint16_t d : nodes_) ChooseHead(d);
}

void SpanningTree::ChooseHead(uint16_t d) {
  const int64_t* scores = &score(d, 0);
  auto best = static_cast<uint16_t>(n_);
  for (const uint16_t h : nodes_) {
    if (h != d && scores[h] > scores[best]) best = h;
  }
  head_[d] = best;
}

std::vector<uint16_t> SpanningTree::FindCircle() {
  walk_.assign(n_, 0);
  uint16_t walk = 0;
  for (const uint16_t start : nodes_) {
    ++walk;
    uint16_t node = start;
    for (; node != n_ && walk_[node] == 0; node = head_[node]) walk_[node] = walk;
    if (node == n_ || walk_[node] != walk) continue;
    std::vector<uint16_t> circle = {node};
    for (uint16_t next = head_[node]; next != node; next = head_[next]) circle.push_back(next);
    return circle;
  }
  return {};
}

void SpanningTree::Contract(std::vector<uint16_t> circle) {
  const uint16_t whole = circle[0];
  Contraction contraction = {std::move(circle), {}, node_of_};
  const std::vector<uint16_t>& members = contraction.members;
  std::vector<int64_t> kept;  // what the circle's arc to each member scores
  for (const uint16_t m : members) {
    contraction.arcs.push_back(arc(m, head_[m]));
    kept.push_back(score(m, head_[m]));
  }
  const auto is_member = [&](uint16_t node) {
    return std::find(members.begin(), members.end(), node) != members.end();
  };
  std::erase_if(nodes_, is_member);
  nodes_.push_back(static_cast<uint16_t>(n_));  // the root, for a while
  for (const uint16_t other : nodes_) {
    // Into the circle, an arc takes the place of the one that its member had.
    size_t best = 0;
    for (size_t m = 1; m < members.size(); ++m) {
      if (score(members[m], other) - kept[m] > score(members[best], other) - kept[best]) best = m;
    }
    arc(whole, other) = arc(members[best], other);
    score(whole, other) = score(members[best], other) - kept[best];
    if (other == n_) continue;
    const uint16_t from = *std::max_element(
        members.begin(), members.end(),
        [&](uint16_t a, uint16_t b) { return score(other, a) < score(other, b); });
    arc(other, whole) = arc(other, from);
    score(other, whole) = score(other, from);
    if (is_member(head_[other])) head_[other] = whole;  // as good as the member was
  }
  nodes_.back() = whole;
  ChooseHead(whole);
  for (uint16_t& node : node_of_) {
    if (is_member(node)) node = whole;
  }
  contractions_.push_back(std::move(contraction));
}

void SpanningTree::Expand(std::span<uint16_t> heads) {
  std::vector<uint16_t> entry(n_);  // per node, the word in it whose head is outside
  const auto take = [&](uint16_t node, Arc chosen) {
    heads[chosen.dependent] = chosen.head;
    entry[node] = chosen.dependent;
  };
  for (const uint16_t node : nodes_) take(node, arc(node, head_[node]));
  for (size_t i = contractions_.size(); i-- > 0;) {
    const Contraction& contraction = contractions_[i];
    const uint16_t entered = entry[contraction.members[0]];
    for (size_t m = 0; m < contraction.members.size(); ++m) {
      const uint16_t member = contraction.members[m];
      if (contraction.node_of[entered] == member) {
        entry[member] = entered;
      } else {
        take(member, contraction.arcs[m]);
      }
    }
  }
}

}  // namespace dossier::english
