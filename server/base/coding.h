// The bytes of keys and values: big-endian fixed numbers, which sort as the numbers do, and
// variable-length numbers and strings, which are short. The formats built of them are in
// server/storage/FORMAT.md.
#ifndef DOSSIER_SERVER_BASE_CODING_H_
#define DOSSIER_SERVER_BASE_CODING_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace dossier {

// Append to *out.
void PutFixed32(std::string* out, uint32_t value);        // 4 bytes, big-endian
void PutFixed64(std::string* out, uint64_t value);        // 8 bytes, big-endian
void PutVarint(std::string* out, uint64_t value);         // LEB128, 1 to 10 bytes
void PutString(std::string* out, std::string_view text);  // length as varint, then the bytes
void PutDouble(std::string* out, double value);           // IEEE 754 bits as Fixed64

// Reads what the functions above wrote, from front to back. A read past the end or of a malformed
// number yields zero or an empty string and makes ok() false for good, so that a decoder may read
// all its fields and check once. Does not own the bytes.
class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : rest_(bytes) {}

  uint8_t Byte();
  uint32_t Fixed32();
  uint64_t Fixed64();
  uint64_t Varint();
  uint32_t Varint32();  // a varint that does not fit 32 bits is malformed
  std::string_view String();
  double Double();
  std::string_view Rest();  // all that is left

  bool ok() const { return ok_; }
  bool done() const { return ok_ && rest_.empty(); }  // nothing malformed, nothing left over
  std::size_t remaining() const { return rest_.size(); }

 private:
  std::string_view Take(std::size_t size);

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_BASE_CODING_H_
