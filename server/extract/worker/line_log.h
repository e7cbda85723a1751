#ifndef DOSSIER_SERVER_EXTRACT_WORKER_LINE_LOG_H_
#define DOSSIER_SERVER_EXTRACT_WORKER_LINE_LOG_H_

#include <chrono>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace dossier {

// What a worker writes to its standard output and error, line by line into the server's log, with
// the plugin's id in front. A line that begins with "<level>", a level of spdlog's, gets that
// level, others are warnings. Lines are cut at 4 KiB; of more than 200 in ten seconds, the rest is
// only counted.
class LineLog {
 public:
  // Reads `fd`, which it owns, to its end on a thread of its own.
  LineLog(std::string plugin_id, int fd);
  // Waits for the end of `fd`: nobody writes to it any more.
  ~LineLog();

  // The last lines, at most five, each with a line feed before it. Thread-safe.
  std::string LastLines() const;
  // Waits until all has been read. REQUIRES: as the destructor. Call once, or never.
  void Drain() { reader_.join(); }

 private:
  void ReadToEnd();
  void Add(std::string_view line);
  bool MayLog();

  const std::string prefix_;
  const int fd_;
  std::chrono::steady_clock::time_point window_;  // the reader's, as the next two
  uint64_t lines_in_window_ = 0;
  uint64_t left_out_ = 0;

  mutable std::mutex mutex_;
  std::deque<std::string> last_;

  std::thread reader_;  // last: it uses the others
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_WORKER_LINE_LOG_H_
