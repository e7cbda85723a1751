#include "server/ingest/ingestor.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <future>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "server/base/sha256.h"
#include "server/base/status_macros.h"
#include "server/extract/pipeline.h"
#include "server/extract/plan.h"
#include "server/ingest/group_commit.h"
#include "server/ingest/prepare.h"
#include "server/storage/records.h"
#include "server/storage/store.h"

namespace dossier {
namespace {

// One write takes no more than this, so that nobody waits long and the batch stays small.
constexpr std::size_t kMaxGroupDocuments = 128;
constexpr std::size_t kMaxGroupBytes = 8u << 20;

enum class Task : uint8_t { kIngest, kDelete, kPurge, kWriteAlone };

// A document on its way. One thread has it at a time.
struct Job {
  Task task = Task::kIngest;
  std::string name_space;
  std::string document_id;
  std::size_t text_bytes = 0;
  Document document;          // until it is extracted
  PreparedDocument prepared;  // from then on
  std::stop_token stop;
  std::function<void(Store&)> write;  // of kWriteAlone
  Ingestor::Done done = [](const absl::StatusOr<IngestResult>&) {};
};

// Work goes from the lanes, which hold back a document while another of its id is on its way, over
// the extraction threads to the one thread that commits. No lock is held while anybody works.
class ThreadedIngestor final : public Ingestor {
 public:
  ThreadedIngestor(Store& store, PlanSource plan, Options options)
      : store_(store),
        plan_(std::move(plan)),
        max_pending_bytes_(std::max<std::size_t>(options.max_pending_bytes, 1)) {
    for (std::size_t i = 0; i < std::max<std::size_t>(options.extract_threads, 1); ++i) {
      threads_.emplace_back([this] { ExtractUntilClosed(); });
    }
    threads_.emplace_back([this] { CommitUntilClosed(); });
  }

  ~ThreadedIngestor() override {
    const std::lock_guard lock(mutex_);
    closing_ = true;
    to_extract_changed_.notify_all();
    to_commit_changed_.notify_all();
  }

  void Submit(std::string name_space, Document document, std::stop_token stop, Done done) override {
    auto job = std::make_unique<Job>();
    job->name_space = std::move(name_space);
    job->document_id = document.id;
    job->text_bytes = document.text.size();
    job->document = std::move(document);
    job->stop = std::move(stop);
    job->done = std::move(done);
    Enqueue(std::move(job));
  }

  absl::StatusOr<Revision> Delete(std::string_view name_space,
                                  std::string_view document_id) override {
    return TakeOut(Task::kDelete, name_space, document_id);
  }

  absl::StatusOr<Revision> Purge(std::string_view name_space,
                                 std::string_view document_id) override {
    return TakeOut(Task::kPurge, name_space, document_id);
  }

  absl::StatusOr<EntityOrderResult> Decide(std::string_view name_space,
                                           EntityOrder order) override {
    absl::StatusOr<EntityOrderResult> result = absl::UnknownError("");
    RETURN_IF_ERROR(WriteAlone([&](Store& store) {
      result = CarryOut(store, std::string(name_space), order);
      return result.status();
    }));
    return result;
  }

  absl::Status WriteAlone(std::function<absl::Status(Store&)> write) override {
    const auto promise = std::make_shared<std::promise<absl::Status>>();
    auto job = std::make_unique<Job>();
    job->task = Task::kWriteAlone;
    job->write = [promise, write = std::move(write)](Store& store) {
      promise->set_value(write(store));
    };
    Enqueue(std::move(job));
    return promise->get_future().get();
  }

  void WhenReady(std::function<void()> ready) override {
    {
      const std::lock_guard lock(mutex_);
      if (pending_bytes_ >= max_pending_bytes_) {
        waiting_.push_back(std::move(ready));
        return;
      }
    }
    ready();
  }

  IngestLoad Load() const override {
    const std::lock_guard lock(mutex_);
    return {unfinished_, pending_bytes_, to_extract_.size(), to_commit_.size()};
  }

 private:
  using JobPtr = std::unique_ptr<Job>;
  using Lane = std::pair<std::string, std::string>;  // namespace, document id

  absl::StatusOr<Revision> TakeOut(Task task, std::string_view name_space,
                                   std::string_view document_id) {
    // Shared: the thread that answers is still in set_value() when this one goes on.
    const auto promise = std::make_shared<std::promise<absl::StatusOr<IngestResult>>>();
    auto job = std::make_unique<Job>();
    job->task = task;
    job->name_space = name_space;
    job->document_id = document_id;
    job->done = [promise](absl::StatusOr<IngestResult> result) {
      promise->set_value(std::move(result));
    };
    Enqueue(std::move(job));
    ASSIGN_OR_RETURN(const IngestResult result, promise->get_future().get());
    return result.revision;
  }

  static Lane LaneOf(const Job& job) { return {job.name_space, job.document_id}; }

  void Enqueue(JobPtr job) {
    const std::lock_guard lock(mutex_);
    pending_bytes_ += job->text_bytes;
    ++unfinished_;
    const auto [lane, free] = lanes_.try_emplace(LaneOf(*job));
    if (free) {
      Dispatch(std::move(job));
    } else {
      lane->second.push_back(std::move(job));
    }
  }

  // REQUIRES: mutex_ is held.
  void Dispatch(JobPtr job) {
    if (job->task == Task::kIngest) {
      to_extract_.push_back(std::move(job));
      to_extract_changed_.notify_one();
    } else {
      to_commit_.push_back(std::move(job));
      to_commit_changed_.notify_one();
    }
  }

  // Blocks until there is something in `queue`. False: there will never be.
  bool WaitFor(const std::deque<JobPtr>& queue, std::condition_variable& changed,
               std::unique_lock<std::mutex>& lock) {
    changed.wait(lock, [&] { return !queue.empty() || (closing_ && unfinished_ == 0); });
    return !queue.empty();
  }

  void ExtractUntilClosed() {
    for (;;) {
      std::unique_lock lock(mutex_);
      if (!WaitFor(to_extract_, to_extract_changed_, lock)) {
        return;
      }
      JobPtr job = std::move(to_extract_.front());
      to_extract_.pop_front();
      lock.unlock();
      absl::StatusOr<std::optional<IngestResult>> result = Extract(job.get());
      if (!result.ok()) {
        Finish(std::move(job), result.status());
      } else if (*result) {
        Finish(std::move(job), **std::move(result));
      } else {
        lock.lock();
        to_commit_.push_back(std::move(job));
        to_commit_changed_.notify_one();
      }
    }
  }

  // Works out what is to be committed; a result when nothing is.
  absl::StatusOr<std::optional<IngestResult>> Extract(Job* job) const {
    const StopToken stop(job->stop, StopToken::Clock::time_point::max());
    RETURN_IF_ERROR(stop.status());
    RETURN_IF_ERROR(ValidateDocument(job->document));
    std::string text_sha256 = Sha256(job->document.text);
    ASSIGN_OR_RETURN(std::optional<IngestResult> unchanged,
                     FindUnchanged(store_.NewSnapshot(), job->name_space, job->document_id,
                                   DocumentFingerprint(job->document, text_sha256),
                                   PlannedExtractors(*plan_(), job->document)));
    if (unchanged) {
      return unchanged;
    }
    ASSIGN_OR_RETURN(Extraction extraction,
                     RunPipeline(plan_, job->document, stop, KeepLayers::kNo, job->name_space));
    job->prepared =
        Prepare(std::move(job->document), std::move(text_sha256), std::move(extraction));
    return std::nullopt;
  }

  void CommitUntilClosed() {
    for (;;) {
      std::vector<JobPtr> group;
      {
        std::unique_lock lock(mutex_);
        if (!WaitFor(to_commit_, to_commit_changed_, lock)) {
          return;
        }
        std::size_t bytes = 0;
        while (!to_commit_.empty() && group.size() < kMaxGroupDocuments &&
               (group.empty() || !EndsGroup(*group.back(), *to_commit_.front())) &&
               (group.empty() || bytes + to_commit_.front()->text_bytes <= kMaxGroupBytes)) {
          bytes += to_commit_.front()->text_bytes;
          group.push_back(std::move(to_commit_.front()));
          to_commit_.pop_front();
        }
      }
      Commit(std::move(group));
    }
  }

  static bool EndsGroup(const Job& last, const Job& next) {
    return last.task == Task::kWriteAlone || next.task == Task::kWriteAlone;
  }

  void Commit(std::vector<JobPtr> group) {
    if (group.front()->task == Task::kWriteAlone) {
      JobPtr job = std::move(group.front());
      job->write(store_);
      Finish(std::move(job), IngestResult());
      return;
    }
    absl::StatusOr<Results> results = TryCommit(group);
    if (absl::IsDataLoss(results.status()) && group.size() > 1) {
      // Something that one of them touches is damaged: the others need not suffer.
      for (JobPtr& job : group) {
        std::vector<JobPtr> alone;
        alone.push_back(std::move(job));
        Commit(std::move(alone));
      }
      return;
    }
    for (std::size_t i = 0; i < group.size(); ++i) {
      Finish(std::move(group[i]), results.ok() ? std::move((*results)[i])
                                               : absl::StatusOr<IngestResult>(results.status()));
    }
  }

  using Results = std::vector<absl::StatusOr<IngestResult>>;

  // All of `group` in one write; a result for each.
  absl::StatusOr<Results> TryCommit(const std::vector<JobPtr>& group) {
    ASSIGN_OR_RETURN(const std::unique_ptr<GroupCommit> commit, GroupCommit::Open(store_));
    Results results;
    for (const JobPtr& job : group) {
      results.push_back(Apply(*job, commit.get()));
      const absl::Status& status = results.back().status();
      if (!status.ok() && !absl::IsNotFound(status) && !absl::IsCancelled(status)) {
        return status;
      }
    }
    RETURN_IF_ERROR(commit->Write());
    return results;
  }

  static absl::StatusOr<IngestResult> Apply(const Job& job, GroupCommit* commit) {
    if (job.task != Task::kIngest) {
      ASSIGN_OR_RETURN(const Revision revision, commit->Delete(job.name_space, job.document_id));
      if (job.task == Task::kPurge) {
        RETURN_IF_ERROR(commit->ForgetChanges());
      }
      IngestResult result;
      result.revision = revision;
      return result;
    }
    if (job.stop.stop_requested()) {
      return absl::CancelledError("the caller is gone");
    }
    return commit->Ingest(job.name_space, job.prepared);
  }

  // Answers, then lets go on who waited for this job.
  void Finish(JobPtr job, absl::StatusOr<IngestResult> result) {
    job->done(std::move(result));
    {
      const std::lock_guard lock(mutex_);
      pending_bytes_ -= job->text_bytes;
      const auto lane = lanes_.find(LaneOf(*job));
      if (lane->second.empty()) {
        lanes_.erase(lane);
      } else {
        Dispatch(std::move(lane->second.front()));
        lane->second.pop_front();
      }
    }
    while (CallNextWaiting()) {
    }
    const std::lock_guard lock(mutex_);
    --unfinished_;
    if (closing_ && unfinished_ == 0) {
      to_extract_changed_.notify_all();
      to_commit_changed_.notify_all();
    }
  }

  bool CallNextWaiting() {
    std::function<void()> ready;
    {
      const std::lock_guard lock(mutex_);
      if (waiting_.empty() || pending_bytes_ >= max_pending_bytes_) {
        return false;
      }
      ready = std::move(waiting_.front());
      waiting_.pop_front();
    }
    ready();
    return true;
  }

  Store& store_;
  const PlanSource plan_;
  const std::size_t max_pending_bytes_;

  mutable std::mutex mutex_;
  std::condition_variable to_extract_changed_;
  std::condition_variable to_commit_changed_;
  std::deque<JobPtr> to_extract_;
  std::deque<JobPtr> to_commit_;
  // What waits for the document of its id that is on its way.
  std::map<Lane, std::deque<JobPtr>> lanes_;
  std::deque<std::function<void()>> waiting_;
  std::size_t pending_bytes_ = 0;
  std::size_t unfinished_ = 0;
  bool closing_ = false;

  std::vector<std::jthread> threads_;  // last: they end first
};

}  // namespace

std::unique_ptr<Ingestor> Ingestor::Create(Store& store, PlanSource plan, Options options) {
  return std::make_unique<ThreadedIngestor>(store, std::move(plan), options);
}

}  // namespace dossier
