#include "server/rpc/stream_set.h"

#include <algorithm>

namespace dossier {

StreamSet::StreamSet(std::size_t max_streams, std::chrono::milliseconds idle)
    : max_streams_(max_streams),
      idle_(idle),
      watcher_([this](const std::stop_token& stop) { Watch(stop); }) {}

bool StreamSet::Join(RestingStream* stream) {
  const std::lock_guard lock(mutex_);
  if (streams_.size() >= max_streams_) {
    return false;
  }
  streams_.insert(stream);
  return true;
}

void StreamSet::Leave(RestingStream* stream) {
  const std::lock_guard lock(mutex_);
  streams_.erase(stream);
}

void StreamSet::Watch(const std::stop_token& stop) {
  const auto tick = std::min<std::chrono::milliseconds>(idle_ / 2, std::chrono::seconds(1));
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, stop, tick, [&stop] { return stop.stop_requested(); })) {
    const auto since = std::chrono::steady_clock::now() - idle_;
    for (RestingStream* stream : streams_) {
      stream->RestIfIdle(since);
    }
  }
}

}  // namespace dossier
