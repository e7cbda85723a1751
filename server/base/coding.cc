#include "server/base/coding.h"

#include <bit>
#include <limits>

namespace dossier {
namespace {

template <class T>
void PutBigEndian(std::string* out, T value) {
  for (int shift = static_cast<int>(sizeof(T)) * 8 - 8; shift >= 0; shift -= 8) {
    out->push_back(static_cast<char>(static_cast<uint8_t>(value >> shift)));
  }
}

template <class T>
T GetBigEndian(std::string_view bytes) {
  T value = 0;
  for (char byte : bytes) {
    value = static_cast<T>(value << 8) | static_cast<uint8_t>(byte);
  }
  return value;
}

}  // namespace

void PutFixed32(std::string* out, uint32_t value) { PutBigEndian(out, value); }
void PutFixed64(std::string* out, uint64_t value) { PutBigEndian(out, value); }

void PutVarint(std::string* out, uint64_t value) {
  for (; value >= 0x80; value >>= 7) {
    out->push_back(static_cast<char>(static_cast<uint8_t>(value | 0x80)));
  }
  out->push_back(static_cast<char>(value));
}

void PutString(std::string* out, std::string_view text) {
  PutVarint(out, text.size());
  out->append(text);
}

void PutDouble(std::string* out, double value) { PutFixed64(out, std::bit_cast<uint64_t>(value)); }

std::string_view Decoder::Take(std::size_t size) {
  if (!ok_ || size > rest_.size()) {
    ok_ = false;
    return {};
  }
  const std::string_view taken = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return taken;
}

uint8_t Decoder::Byte() { return GetBigEndian<uint8_t>(Take(1)); }
uint32_t Decoder::Fixed32() { return GetBigEndian<uint32_t>(Take(4)); }
uint64_t Decoder::Fixed64() { return GetBigEndian<uint64_t>(Take(8)); }

uint64_t Decoder::Varint() {
  uint64_t value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    const uint8_t byte = Byte();
    if (shift == 63 && byte > 1) {
      break;  // more than 64 bits
    }
    value |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) {
      return ok_ ? value : 0;
    }
  }
  ok_ = false;
  return 0;
}

uint32_t Decoder::Varint32() {
  const uint64_t value = Varint();
  if (value > std::numeric_limits<uint32_t>::max()) {
    ok_ = false;
    return 0;
  }
  return static_cast<uint32_t>(value);
}

std::string_view Decoder::String() {
  const uint64_t size = Varint();
  return Take(size);
}

double Decoder::Double() { return std::bit_cast<double>(Fixed64()); }

std::string_view Decoder::Rest() { return Take(rest_.size()); }

}  // namespace dossier
