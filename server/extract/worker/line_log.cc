#include "server/extract/worker/line_log.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <exception>
#include <utility>

#include "server/base/utf8.h"

namespace dossier {
namespace {

constexpr std::size_t kMaxLineBytes = 4096;
constexpr std::size_t kKeptLines = 5;
constexpr uint64_t kLinesAWindow = 200;
constexpr std::chrono::seconds kWindow{10};

// Takes a leading "<level>" from the line.
spdlog::level::level_enum TakeLevel(std::string_view* line) {
  const std::size_t end = line->find('>');
  if (line->empty() || line->front() != '<' || end == line->npos) {
    return spdlog::level::warn;
  }
  const std::string name(line->substr(1, end - 1));
  const spdlog::level::level_enum level = spdlog::level::from_str(name);
  if (level == spdlog::level::off) {  // also what it says to an unknown name
    return spdlog::level::warn;
  }
  line->remove_prefix(end + 1);
  return level;
}

}  // namespace

LineLog::LineLog(std::string plugin_id, int fd)
    : prefix_("plugin " + std::move(plugin_id) + ": "), fd_(fd), reader_([this] { ReadToEnd(); }) {}

LineLog::~LineLog() {
  if (reader_.joinable()) {
    reader_.join();
  }
  close(fd_);
}

std::string LineLog::LastLines() const {
  const std::lock_guard lock(mutex_);
  std::string lines;
  for (const std::string& line : last_) {
    lines += "\n  " + line;
  }
  return lines;
}

void LineLog::ReadToEnd() {
  std::array<char, 4096> buffer;
  std::string line;
  while (true) {
    const ssize_t count = read(fd_, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count <= 0) {
      break;
    }
    for (const char c : std::string_view(buffer.data(), static_cast<std::size_t>(count))) {
      if (c == '\n') {
        Add(line);
        line.clear();
      } else if (line.size() < kMaxLineBytes) {
        line.push_back(c);
      }
    }
  }
  if (!line.empty()) {
    Add(line);
  }
  if (left_out_ > 0) {
    spdlog::warn("{}{} lines were left out", prefix_, left_out_);
  }
}

void LineLog::Add(std::string_view line) {
  const spdlog::level::level_enum level = TakeLevel(&line);
  if (line.starts_with(prefix_)) {  // the worker's own logger has put it there
    line.remove_prefix(prefix_.size());
  }
  std::string text = EscapeForDisplay(Utf8Prefix(line, kMaxLineBytes));
  if (MayLog()) {
    spdlog::log(level, "{}{}", prefix_, text);
  } else {
    ++left_out_;
  }
  const std::lock_guard lock(mutex_);
  last_.push_back(std::move(text));
  if (last_.size() > kKeptLines) {
    last_.pop_front();
  }
}

bool LineLog::MayLog() {
  const auto now = std::chrono::steady_clock::now();
  if (now - window_ >= kWindow) {
    if (left_out_ > 0) {
      spdlog::warn("{}{} lines were left out", prefix_, left_out_);
    }
    window_ = now;
    lines_in_window_ = 0;
    left_out_ = 0;
  }
  return ++lines_in_window_ <= kLinesAWindow;
}

}  // namespace dossier
