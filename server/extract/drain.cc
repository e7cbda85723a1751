#include "server/extract/drain.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace dossier {

Drain::Drain(std::chrono::milliseconds limit)
    : limit_(limit), thread_([this](const std::stop_token& stop) { AbandonOverdue(stop); }) {}

void Drain::Add(const std::shared_ptr<const Plan>& former, const Plan& next) {
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(generations_, [](const Generation& old) { return old.backend.expired(); });
    for (const ActivePlugin& plugin : former->plugins()) {
      if (std::none_of(next.plugins().begin(), next.plugins().end(),
                       [&](const ActivePlugin& now) { return now.backend == plugin.backend; })) {
        generations_.push_back({plugin.manifest.id, plugin.generation, plugin.backend});
      }
    }
    plans_.push_back({former, Clock::now() + limit_});
  }
  added_.notify_one();
}

std::vector<uint64_t> Drain::Generations(std::string_view plugin_id) const {
  const std::lock_guard lock(mutex_);
  std::vector<uint64_t> numbers;
  for (const Generation& generation : generations_) {
    if (generation.plugin_id == plugin_id && !generation.backend.expired()) {
      numbers.push_back(generation.number);
    }
  }
  return numbers;
}

void Drain::AbandonOverdue(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (added_.wait(lock, stop, [this] { return !plans_.empty(); })) {
    const FormerPlan oldest = std::move(plans_.front());
    plans_.pop_front();
    added_.wait_until(lock, stop, oldest.deadline, [] { return false; });
    lock.unlock();
    if (const std::shared_ptr<const Plan> plan = oldest.plan.lock();
        plan != nullptr && !stop.stop_requested()) {
      spdlog::warn("documents read with former plugins for longer than {} s: they begin again",
                   std::chrono::duration<double>(limit_).count());
      plan->Abandon();
    }
    lock.lock();
  }
}

}  // namespace dossier
