// Runs one check in a process of its own, so that a crash, an endless loop or exit(0) is a result
// like any other.
#ifndef DOSSIER_PLUGINS_VALIDATOR_ISOLATED_RUN_H_
#define DOSSIER_PLUGINS_VALIDATOR_ISOLATED_RUN_H_

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace dossier::validator {

// What the child tells its parent while it works and when it is done. Lies in memory that both
// see, so it outlives the child's death.
class Report {
 public:
  // What is being done now, for the case that it never ends: "processing \"astral\"".
  void Doing(std::string_view what);
  // The seed that makes this moment again; 0 when chance has no part in it.
  void set_seed(uint64_t seed) { seed_ = seed; }
  // A figure worth telling although nothing is wrong.
  void Note(std::string_view note);
  void Finish(const absl::Status& status);

 private:
  friend class ReportReader;

  static constexpr std::size_t kMaxText = 8192;
  static constexpr std::size_t kMaxPhrase = 512;

  std::atomic<bool> finished_ = false;
  bool ok_ = false;
  std::atomic<uint64_t> seed_ = 0;
  char text_[kMaxText] = {};
  char doing_[kMaxPhrase] = {};
  char note_[kMaxPhrase] = {};
};

struct Outcome {
  bool passed = false;
  std::string text;              // why it failed, or the note of one that passed
  std::optional<uint64_t> seed;  // of a failure in which chance had a part
  double seconds = 0;            // on the clock, for the reader's patience
};

// Calls body(report) in a child and waits for its end, or ends it, and all that it started, when it
// has used `limit` of processor time, or ten times that has passed on the clock: a busy machine
// makes nobody slow, and a deadlock still ends. Its standard output and error go nowhere, but the
// last lines of the latter are told when it dies. REQUIRES: this process has one thread.
Outcome RunIsolated(const std::function<absl::Status(Report&)>& body, std::chrono::seconds limit);

}  // namespace dossier::validator

#endif  // DOSSIER_PLUGINS_VALIDATOR_ISOLATED_RUN_H_
