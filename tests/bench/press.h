// A press that nobody would read: documents with statements that a made-up extractor finds, among
// them reprints and contradictions that are known. Deterministic for a seed.
//
// A statement stands in its sentence as
//
//   [subject|predicate|object|stance|number|from|to|source]
//
// with words at random on both sides; empty parts are left out.
#ifndef DOSSIER_TESTS_BENCH_PRESS_H_
#define DOSSIER_TESTS_BENCH_PRESS_H_

#include <cstdint>
#include <deque>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "server/extract/extraction.h"
#include "server/model/document.h"

namespace dossier {

class Press {
 public:
  explicit Press(uint64_t seed) : random_(seed) {}

  Document Next() { return Print(/*planning=*/true); }
  // As long as something that was planted is not printed yet.
  bool unfinished() const { return !statements_.empty() || !reprints_.empty(); }
  Document NextUnfinished() { return Print(/*planning=*/false); }

  // What was planted so far.
  // The subjects of contradictions, with the number of ConflictKind that each is of.
  const std::map<std::string, int>& conflicts() const { return conflicts_; }
  // Subjects of statements that look contradictory and are not.
  uint64_t traps() const { return traps_; }
  // The subjects of statements that were reprinted, with the number of their origins.
  const std::map<std::string, uint64_t>& origins() const { return origins_; }

 private:
  Document Print(bool planning);
  uint64_t Below(uint64_t end) { return random_() % end; }
  std::string Words(uint64_t count);
  std::string Sentence(std::string_view statement);
  void PlanConflict();
  void PlanTrap();
  void PlanWire();
  std::string Background();

  std::mt19937_64 random_;
  uint64_t documents_ = 0;
  uint64_t planned_ = 0;
  std::deque<std::string> statements_;  // to be printed in the documents to come
  std::deque<std::string> reprints_;    // texts likewise
  std::map<std::string, int> conflicts_;
  uint64_t traps_ = 0;
  std::map<std::string, uint64_t> origins_;
};

// What the extractor finds in a document of the press.
RunOutput ReadPress(std::string_view text);

}  // namespace dossier

#endif  // DOSSIER_TESTS_BENCH_PRESS_H_
