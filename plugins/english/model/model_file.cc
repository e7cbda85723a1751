#include "plugins/english/model/model_file.h"

#include <bit>
#include <cstring>

namespace dossier::english {
namespace {

static_assert(std::endian::native == std::endian::little, "model files are read in place");

constexpr uint32_t kVersion = 1;
constexpr size_t kAlignment = 64;
constexpr size_t kNameSize = 16;

struct Header {
  char magic[8];
  uint32_t version;
  uint32_t section_count;
  uint64_t file_size;
};

struct Entry {
  char name[kNameSize];
  uint64_t offset;
  uint64_t size;
};

constexpr char kMagic[8] = {'D', 'O', 'S', 'S', 'E', 'N', 'G', 'L'};

Header ReadHeader(std::span<const std::byte> file) {
  Header header;
  std::memcpy(&header, file.data(), sizeof header);
  return header;
}

Entry ReadEntry(std::span<const std::byte> file, uint32_t index) {
  Entry entry;
  std::memcpy(&entry, file.data() + sizeof(Header) + index * sizeof entry, sizeof entry);
  return entry;
}

}  // namespace

std::optional<ModelFile> ModelFile::Open(std::span<const std::byte> file) {
  if (file.size() < sizeof(Header)) return std::nullopt;
  const Header header = ReadHeader(file);
  if (std::memcmp(header.magic, kMagic, sizeof kMagic) != 0 || header.version != kVersion ||
      header.file_size != file.size() ||
      header.section_count > (file.size() - sizeof header) / sizeof(Entry)) {
    return std::nullopt;
  }
  for (uint32_t i = 0; i < header.section_count; ++i) {
    const Entry entry = ReadEntry(file, i);
    if (entry.offset % kAlignment != 0 || entry.offset > file.size() ||
        entry.size > file.size() - entry.offset) {
      return std::nullopt;
    }
  }
  return ModelFile(file);
}

std::span<const std::byte> ModelFile::Section(std::string_view name) const {
  const uint32_t count = ReadHeader(file_).section_count;
  for (uint32_t i = 0; i < count; ++i) {
    const Entry entry = ReadEntry(file_, i);
    if (name == std::string_view(entry.name, strnlen(entry.name, kNameSize))) {
      return file_.subspan(entry.offset, entry.size);
    }
  }
  return {};
}

std::vector<std::string_view> ModelFile::Lines(std::string_view name) const {
  const std::span<const std::byte> section = Section(name);
  std::string_view rest(reinterpret_cast<const char*>(section.data()), section.size());
  std::vector<std::string_view> lines;
  for (size_t end; (end = rest.find('\n')) != std::string_view::npos; rest.remove_prefix(end + 1)) {
    lines.push_back(rest.substr(0, end));
  }
  return lines;
}

std::string WriteModelFile(const std::vector<std::pair<std::string, std::string>>& sections) {
  const auto align = [](size_t size) { return (size + kAlignment - 1) / kAlignment * kAlignment; };
  Header header = {};
  std::memcpy(header.magic, kMagic, sizeof kMagic);
  header.version = kVersion;
  header.section_count = static_cast<uint32_t>(sections.size());
  std::string directory;
  std::string body;
  const size_t body_offset = align(sizeof header + sections.size() * sizeof(Entry));
  for (const auto& [name, content] : sections) {
    Entry entry = {};
    name.copy(entry.name, kNameSize);
    entry.offset = body_offset + body.size();
    entry.size = content.size();
    directory.append(reinterpret_cast<const char*>(&entry), sizeof entry);
    body += content;
    body.resize(align(body.size()));
  }
  header.file_size = body_offset + body.size();
  std::string file(reinterpret_cast<const char*>(&header), sizeof header);
  file += directory;
  file.resize(body_offset);
  return file + body;
}

}  // namespace dossier::english
