// The best tree under scores of single arcs: the maximum spanning arborescence (Chu and Liu 1965,
// Edmonds 1967; for parsing McDonald et al. 2005) with exactly one word under the root.
#ifndef DOSSIER_PLUGINS_ENGLISH_SYNTAX_SPANNING_TREE_H_
#define DOSSIER_PLUGINS_ENGLISH_SYNTAX_SPANNING_TREE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace dossier::english {

// One per thread; keeps its memory between sentences.
class SpanningTree {
 public:
  // Begins a sentence of n words, at most 65,000, and returns the scores to fill in, within +-2^31:
  // number d * (n + 1) + h is of the arc from word h to word d, h = n being the root. What stands
  // where h = d is not read.
  std::span<int64_t> Reset(size_t n);

  // The head of each of the n words, n being the root. Uses up the scores. Takes time quadratic in
  // n, whatever the scores: the circles that nodes join have some 2 n members in all.
  void Solve(std::span<uint16_t> heads);

 private:
  // An arc between words, whatever nodes they have become part of.
  struct Arc {
    uint16_t dependent;
    uint16_t head;
  };
  // A circle of nodes that became one, which goes by the name of its first.
  struct Contraction {
    std::vector<uint16_t> members;
    std::vector<Arc> arcs;          // the circle's, one per member
    std::vector<uint16_t> node_of;  // per word, before
  };

  int64_t& score(size_t d, size_t h) { return scores_[d * (n_ + 1) + h]; }
  Arc& arc(size_t d, size_t h) { return arcs_[d * (n_ + 1) + h]; }

  // Every node's best head, without a care for circles.
  void ChooseHeads();
  void ChooseHead(uint16_t d);
  // The nodes of a circle of these heads; empty when there is none.
  std::vector<uint16_t> FindCircle();
  // Makes one node of a circle and keeps all other nodes' heads the best.
  void Contract(std::vector<uint16_t> circle);
  // The words' heads, from those of the nodes that are left to those of all that were contracted.
  void Expand(std::span<uint16_t> heads);

  size_t n_ = 0;
  std::vector<int64_t> scores_;
  std::vector<Arc> arcs_;          // which arc a score between nodes is of
  std::vector<uint16_t> nodes_;    // those that are left
  std::vector<uint16_t> node_of_;  // per word
  std::vector<uint16_t> head_;     // per node
  std::vector<uint16_t> walk_;     // per node, which walk came by; 0 for none
  std::vector<Contraction> contractions_;
};

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_SYNTAX_SPANNING_TREE_H_
