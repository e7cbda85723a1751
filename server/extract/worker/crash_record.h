#ifndef DOSSIER_SERVER_EXTRACT_WORKER_CRASH_RECORD_H_
#define DOSSIER_SERVER_EXTRACT_WORKER_CRASH_RECORD_H_

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "server/extract/extractor_backend.h"

namespace dossier {

// Which crashes a plugin has behind it, and what follows from them: three within five minutes
// quarantine it, and a document that killed it twice is kept from it. Not thread-safe.
class CrashRecord {
 public:
  using Clock = std::chrono::steady_clock;

  // `document` is what it was working on; nullptr: it had none.
  void Add(const DocumentInput* document, std::string reason, Clock::time_point now);

  // Why the plugin may not have `document`; nullopt: it may.
  std::optional<std::string> WhyKeptFrom(const DocumentInput& document) const;

  bool quarantined() const { return quarantined_; }
  uint64_t crashes() const { return crashes_; }
  // Of the quarantine, or else of the last crash; empty before the first.
  const std::string& reason() const { return reason_; }
  std::vector<SetAsideDocument> SetAside() const;

 private:
  struct Suspect {
    std::string name_space;
    std::string id;
    std::string text_sha256;
    int kills = 0;
    std::string reason;
  };

  const Suspect* Find(const DocumentInput& document) const;

  uint64_t crashes_ = 0;
  bool quarantined_ = false;
  std::string reason_;
  std::deque<Clock::time_point> recent_;
  std::deque<Suspect> suspects_;  // oldest first; bounded
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_WORKER_CRASH_RECORD_H_
