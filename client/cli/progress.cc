#include "client/cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace dossier::cli {
namespace {

constexpr int kBarWidth = 30;

}  // namespace

Progress::Progress(std::string label, uint64_t total)
    : terminal_(isatty(STDERR_FILENO) == 1), label_(std::move(label)), total_(total) {}

Progress::~Progress() { Clear(); }

void Progress::Advance() {
  ++done_;
  const auto now = std::chrono::steady_clock::now();
  if (terminal_ && now - drawn_ >= std::chrono::milliseconds(100)) {
    drawn_ = now;
    Draw();
  }
}

void Progress::Clear() {
  if (terminal_ && drawn_ != std::chrono::steady_clock::time_point{}) {
    fmt::print(stderr, "\r\033[K");
    drawn_ = {};
  }
}

void Progress::Draw() {
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  const double rate = static_cast<double>(done_) / std::max(seconds, 0.001);
  if (total_ == 0) {
    fmt::print(stderr, "\r\033[K{} {} ({:.0f}/s)", label_, done_, rate);
  } else {
    const double part = std::min(1.0, static_cast<double>(done_) / static_cast<double>(total_));
    const int filled = static_cast<int>(part * kBarWidth);
    const double left = part > 0 ? seconds / part - seconds : 0;
    fmt::print(stderr, "\r\033[K{} [{:#<{}}{:.<{}}] {} of {}, {:.0f}/s, {:.0f} s left", label_, "",
               filled, "", kBarWidth - filled, done_, total_, rate, left);
  }
  std::fflush(stderr);
}

}  // namespace dossier::cli
