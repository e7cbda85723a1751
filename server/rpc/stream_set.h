#ifndef DOSSIER_SERVER_RPC_STREAM_SET_H_
#define DOSSIER_SERVER_RPC_STREAM_SET_H_

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <set>
#include <stop_token>
#include <thread>

namespace dossier {

// A stream that may have to wait for its client.
class RestingStream {
 public:
  // Called about once a second, from a thread of the set: lets go of what is costly if the client
  // has kept the stream waiting since before `since`. Must be quick.
  virtual void RestIfIdle(std::chrono::steady_clock::time_point since) = 0;

 protected:
  ~RestingStream() = default;
};

// The open server streams: bounds their number, and with it the memory that they hold, and sends
// those to rest whose clients do not read. Thread-safe.
class StreamSet {
 public:
  StreamSet(std::size_t max_streams, std::chrono::milliseconds idle);
  // REQUIRES: every stream has left.
  ~StreamSet() = default;

  // False when max_streams are open; otherwise `stream` stays known until Leave().
  bool Join(RestingStream* stream);
  // Returns when nothing of the set uses `stream` any more. Does nothing for one that never joined.
  void Leave(RestingStream* stream);

 private:
  void Watch(const std::stop_token& stop);

  const std::size_t max_streams_;
  const std::chrono::milliseconds idle_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::set<RestingStream*> streams_;
  std::jthread watcher_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_RPC_STREAM_SET_H_
