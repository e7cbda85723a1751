// A progress bar on standard error, when that is a terminal. Debian packages no library for it.
#ifndef DOSSIER_CLIENT_CLI_PROGRESS_H_
#define DOSSIER_CLIENT_CLI_PROGRESS_H_

#include <chrono>
#include <cstdint>
#include <string>

namespace dossier::cli {

// Redraws at most ten times a second. Not thread-safe.
class Progress {
 public:
  // `total` items are to come; 0: nobody knows, then it only counts.
  Progress(std::string label, uint64_t total);
  // Takes the bar off the screen.
  ~Progress();

  // One more item is done.
  void Advance();
  // Takes the bar off so that a line can be printed; the next Advance draws it again.
  void Clear();

 private:
  void Draw();

  const bool terminal_;
  const std::string label_;
  const uint64_t total_;
  uint64_t done_ = 0;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point drawn_{};
};

}  // namespace dossier::cli

#endif  // DOSSIER_CLIENT_CLI_PROGRESS_H_
