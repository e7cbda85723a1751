#ifndef DOSSIER_SERVER_EXTRACT_PLUGIN_ACTIVITY_H_
#define DOSSIER_SERVER_EXTRACT_PLUGIN_ACTIVITY_H_

#include <atomic>
#include <chrono>
#include <cstdint>

namespace dossier {

// What one generation of a plugin has done so far. Thread-safe.
class PluginActivity {
 public:
  using Clock = std::chrono::steady_clock;

  // A document that is being read, or waits for a process of the plugin, for as long as this lives.
  class Reading {
   public:
    explicit Reading(PluginActivity* activity) : activity_(*activity) { ++activity_.reading_; }
    ~Reading() {
      activity_.nanoseconds_ += static_cast<uint64_t>(
          std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - began_).count());
      ++activity_.documents_;
      --activity_.reading_;
    }
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

   private:
    PluginActivity& activity_;
    const Clock::time_point began_ = Clock::now();
  };

  uint64_t documents() const { return documents_; }  // done with, whatever came of it
  uint64_t reading() const { return reading_; }
  // That documents took, waiting for a process included.
  double seconds() const { return 1e-9 * static_cast<double>(nanoseconds_); }

 private:
  std::atomic<uint64_t> documents_ = 0;
  std::atomic<uint64_t> reading_ = 0;
  std::atomic<uint64_t> nanoseconds_ = 0;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_PLUGIN_ACTIVITY_H_
