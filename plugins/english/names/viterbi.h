// The best well-formed label sequence under token scores and transition scores.
#ifndef DOSSIER_PLUGINS_ENGLISH_NAMES_VITERBI_H_
#define DOSSIER_PLUGINS_ENGLISH_NAMES_VITERBI_H_

#include <array>
#include <cstdint>
#include <vector>

#include "plugins/english/names/labels.h"

namespace dossier::english {

template <typename Score>
using LabelScores = std::array<Score, kLabels>;

// For each label, the labels that may stand before it.
struct Predecessors {
  std::array<std::array<Label, kLabels>, kLabels> labels{};
  std::array<uint8_t, kLabels> count{};
};

inline constexpr Predecessors kPredecessors = [] {
  Predecessors all;
  for (Label label = 0; label < kLabels; ++label) {
    for (Label before = 0; before < kLabels; ++before) {
      if (MayFollow(before, label)) all.labels[label][all.count[label]++] = before;
    }
  }
  return all;
}();

// Decodes sentences one after the other, keeping its memory. A sentence opens and closes as if
// kOutside stood on either side.
template <typename Score>
class Viterbi {
 public:
  using Row = LabelScores<Score>;

  // `transitions[a][b]` scores b after a. `labels` gets one per row.
  void Decode(const std::vector<Row>& rows, const std::array<Row, kLabels>& transitions,
              std::vector<Label>* labels) {
    labels->resize(rows.size());
    if (rows.empty()) return;
    best_.resize(rows.size());
    back_.resize(rows.size());
    for (Label label = 0; label < kLabels; ++label) {
      const bool opens = MayFollow(kOutside, label);
      best_[0][label] = rows[0][label] + transitions[kOutside][label] - (opens ? 0 : kNever);
    }
    for (size_t i = 1; i < rows.size(); ++i) Step(i, rows[i], transitions);
    Label label = kOutside;
    for (Label last = 1; last < kLabels; ++last) {
      if (!IsOpenAfter(last) && best_.back()[last] > best_.back()[label]) label = last;
    }
    for (size_t i = rows.size(); i-- > 0;) {
      (*labels)[i] = label;
      label = back_[i][label];
    }
  }

 private:
  static constexpr Score kNever = 1'000'000;  // per sentence once; far above any score

  void Step(size_t i, const Row& row, const std::array<Row, kLabels>& transitions) {
    for (Label label = 0; label < kLabels; ++label) {
      Label from = kPredecessors.labels[label][0];
      Score best = best_[i - 1][from] + transitions[from][label];
      for (uint8_t k = 1; k < kPredecessors.count[label]; ++k) {
        const Label before = kPredecessors.labels[label][k];
        const Score score = best_[i - 1][before] + transitions[before][label];
        if (score > best) {
          best = score;
          from = before;
        }
      }
      best_[i][label] = best + row[label];
      back_[i][label] = from;
    }
  }

  std::vector<Row> best_;
  std::vector<std::array<Label, kLabels>> back_;
};

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_NAMES_VITERBI_H_
