#ifndef DOSSIER_SERVER_EXTRACT_DRAIN_H_
#define DOSSIER_SERVER_EXTRACT_DRAIN_H_

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "server/extract/plan.h"

namespace dossier {

// Former generations of plugins, which documents still read with. One that does so for too long is
// ended: its plan is abandoned, and its documents begin again with the next. Thread-safe.
class Drain {
 public:
  explicit Drain(std::chrono::milliseconds limit);

  // `next` has taken the place of `former`.
  void Add(const std::shared_ptr<const Plan>& former, const Plan& next);

  // The generations of this plugin that have not ended, oldest first.
  std::vector<uint64_t> Generations(std::string_view plugin_id) const;

 private:
  using Clock = std::chrono::steady_clock;

  struct Generation {
    std::string plugin_id;
    uint64_t number = 0;
    std::weak_ptr<ExtractorBackend> backend;
  };
  struct FormerPlan {
    std::weak_ptr<const Plan> plan;
    Clock::time_point deadline;
  };

  void AbandonOverdue(const std::stop_token& stop);

  const std::chrono::milliseconds limit_;
  mutable std::mutex mutex_;
  std::condition_variable_any added_;
  std::vector<Generation> generations_;
  std::deque<FormerPlan> plans_;  // in the order of their deadlines

  std::jthread thread_;  // last: it uses the others
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_DRAIN_H_
