#ifndef DOSSIER_SERVER_EXTRACT_STOP_TOKEN_H_
#define DOSSIER_SERVER_EXTRACT_STOP_TOKEN_H_

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <utility>

#include "absl/status/status.h"

namespace dossier {

// Whether anybody still waits for a piece of work: the caller may leave, the deadline may pass.
// A default one never stops. Thread-safe; asking costs a clock reading when there is a deadline.
class StopToken {
 public:
  using Clock = std::chrono::steady_clock;

  StopToken() = default;
  StopToken(std::stop_token caller, Clock::time_point deadline)
      : caller_(std::move(caller)), deadline_(deadline) {}

  // Who else may stop it.
  const std::stop_token& caller() const { return caller_; }
  Clock::time_point deadline() const { return deadline_; }
  // This one, with a deadline that is no later than `deadline`.
  StopToken Before(Clock::time_point deadline) const {
    return StopToken(caller_, std::min(deadline_, deadline));
  }

  bool stopped() const { return caller_.stop_requested() || past_deadline(); }

  // Sleeps for so long, or until it stops.
  void Sleep(Clock::duration time) const {
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    never.wait_until(lock, caller_, std::min(deadline_, Clock::now() + time), [] { return false; });
  }

  // OK, CANCELLED or DEADLINE_EXCEEDED.
  absl::Status status() const {
    if (caller_.stop_requested()) {
      return absl::CancelledError("the caller is gone");
    }
    return past_deadline() ? absl::DeadlineExceededError("the deadline has passed")
                           : absl::OkStatus();
  }

 private:
  bool past_deadline() const {
    return deadline_ != Clock::time_point::max() && Clock::now() >= deadline_;
  }

  std::stop_token caller_;
  Clock::time_point deadline_ = Clock::time_point::max();
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_STOP_TOKEN_H_
