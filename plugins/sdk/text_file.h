// A text file that the user wrote for a plugin: a list of names, a set of rules. Read whole,
// checked to be UTF-8, and every fault told with its line and column.
//
// A plugin names such a file in its configuration, under a property that its manifest's
// config_schema marks with "format": "file" (plugins/abi/MANIFEST.md).
#ifndef DOSSIER_PLUGINS_SDK_TEXT_FILE_H_
#define DOSSIER_PLUGINS_SDK_TEXT_FILE_H_

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "plugins/sdk/status.h"

namespace dossier::sdk {

// The offset of the first byte that begins no well-formed UTF-8 character (RFC 3629: nothing
// overlong, no surrogate); npos when there is none. Linear.
inline size_t FindInvalidUtf8(std::string_view text) {
  const auto byte = [&](size_t at) { return static_cast<unsigned char>(text[at]); };
  for (size_t at = 0; at < text.size();) {
    const unsigned char lead = byte(at);
    const size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if ((lead >= 0x80 && lead < 0xc2) || lead > 0xf4 || text.size() - at < size) return at;
    for (size_t i = 1; i < size; ++i) {
      if ((byte(at + i) & 0xc0) != 0x80) return at;
    }
    if (size >= 3) {
      const unsigned char second = byte(at + 1);
      if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f) ||
          (lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f)) {
        return at;
      }
    }
    at += size;
  }
  return std::string_view::npos;
}

class TextFile {
 public:
  // Reads `path`. Throws Error, with a text that names the path, when it is missing, unreadable, no
  // regular file, larger than `max_bytes` or not UTF-8. A byte order mark in front goes.
  static TextFile Read(const std::string& path, size_t max_bytes) {
    TextFile file(path, ReadBytes(path, max_bytes));
    const size_t bad = FindInvalidUtf8(file.text());
    if (bad != std::string_view::npos) {
      throw Error(StatusCode::kInvalidArgument,
                  file.Place(bad) + ": not UTF-8; save the file in that encoding");
    }
    return file;
  }
  // As if it had been read; `text` is valid UTF-8.
  TextFile(std::string path, std::string text) : path_(std::move(path)), text_(std::move(text)) {
    if (text_.starts_with("\xef\xbb\xbf")) text_.erase(0, 3);
  }

  std::string_view text() const { return text_; }
  // "names.tsv"
  std::string name() const { return path_.substr(path_.rfind('/') + 1); }

  // "names.tsv:7:12" of a byte offset: line and column, both from 1, columns in characters.
  std::string Place(size_t offset) const {
    const std::string_view before = std::string_view(text_).substr(0, offset);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const size_t newline = before.rfind('\n');
    const std::string_view row = newline == before.npos ? before : before.substr(newline + 1);
    const auto column =
        1 + std::count_if(row.begin(), row.end(), [](char c) { return (c & 0xc0) != 0x80; });
    return name() + ":" + std::to_string(line) + ":" + std::to_string(column);
  }

 private:
  static Error Unreadable(const std::string& path, std::string_view why) {
    return Error(StatusCode::kFailedPrecondition, "cannot read " + path + ": " + std::string(why));
  }

  // A file descriptor that closes itself.
  struct Descriptor {
    explicit Descriptor(int number_in) : number(number_in) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
      if (number >= 0) close(number);
    }
    const int number;
  };

  static std::string ReadBytes(const std::string& path, size_t max_bytes) {
    // A pipe without a writer must not block the server.
    const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat about = {};
    if (file.number < 0 || fstat(file.number, &about) != 0) {
      throw Unreadable(path, std::strerror(errno));
    }
    if (!S_ISREG(about.st_mode)) throw Unreadable(path, "it is not a regular file");
    std::string bytes;
    char part[1 << 16];
    while (true) {
      const ssize_t got = read(file.number, part, sizeof(part));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) throw Unreadable(path, std::strerror(errno));
      if (got == 0) return bytes;
      bytes.append(part, static_cast<size_t>(got));
      if (bytes.size() > max_bytes) {
        throw Unreadable(path, "it is larger than " + std::to_string(max_bytes >> 20) + " MiB");
      }
    }
  }

  std::string path_;
  std::string text_;
};

// The file that {"file": PATH} names, for a plugin whose configuration is that and nothing else;
// nullopt when it is {}. `example` is a name for the error's text: "names.tsv". Throws Error as
// TextFile::Read() does, and for any other configuration.
inline std::optional<TextFile> ReadConfiguredFile(std::string_view config, std::string_view example,
                                                  size_t max_bytes) {
  std::optional<TextFile> file;
  const auto json = nlohmann::json::parse(config);
  for (const auto& [key, value] : json.items()) {
    if (key != "file" || !value.is_string()) {
      throw Error(StatusCode::kInvalidArgument,
                  "\"" + key +
                      "\" is unknown or of the wrong type; the configuration is {\"file\": \"" +
                      std::string(example) + "\"}");
    }
    file = TextFile::Read(value.get<std::string>(), max_bytes);
  }
  return file;
}

// Faults of one file, the first few kept, so that a user mends several at a time.
class FileFaults {
 public:
  explicit FileFaults(const TextFile& file) : file_(file) {}

  void Add(size_t offset, std::string_view text) {
    if (++count_ <= kShown) {
      text_ += (text_.empty() ? "" : "; ") + file_.Place(offset) + ": ";
      text_ += text;
    }
  }

  bool empty() const { return count_ == 0; }
  // Throws Error with all of it when there is any.
  void ThrowIfAny() const {
    if (count_ == 0) return;
    throw Error(
        StatusCode::kInvalidArgument,
        count_ <= kShown ? text_ : text_ + "; and " + std::to_string(count_ - kShown) + " more");
  }

 private:
  static constexpr size_t kShown = 5;

  const TextFile& file_;
  size_t count_ = 0;
  std::string text_;
};

}  // namespace dossier::sdk

#endif  // DOSSIER_PLUGINS_SDK_TEXT_FILE_H_
