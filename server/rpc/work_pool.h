#ifndef DOSSIER_SERVER_RPC_WORK_POOL_H_
#define DOSSIER_SERVER_RPC_WORK_POOL_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace dossier {

// A fixed number of threads behind a bounded queue: where calls do what would block one of gRPC's
// few event threads. Tasks must not throw. Thread-safe.
class WorkPool {
 public:
  using Task = std::function<void()>;

  WorkPool(std::size_t threads, std::size_t max_queued);
  // Runs what is queued, then ends the threads.
  ~WorkPool();
  WorkPool(const WorkPool&) = delete;
  WorkPool& operator=(const WorkPool&) = delete;

  // Admits new work: queues `task`, or returns false when max_queued tasks wait already.
  bool TryPost(Task task);

  // Queues the next step of work that was admitted before, however many tasks wait: whoever calls
  // it bounds their number.
  void Post(Task task);

 private:
  void Work();

  const std::size_t max_queued_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Task> queue_;
  bool closed_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_RPC_WORK_POOL_H_
