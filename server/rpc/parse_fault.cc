#include "server/rpc/parse_fault.h"

#include <fmt/format.h>
#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "server/base/field_error.h"
#include "server/base/utf8.h"

namespace dossier {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

// No message of ours nests deeper; hostile bytes may pretend to.
constexpr int kMaxDepth = 16;

// The length-delimited value that comes next; nullopt when it is cut short.
std::optional<std::string_view> ReadBytes(CodedInputStream* input) {
  uint32_t size = 0;
  const void* data = nullptr;
  int available = 0;
  if (!input->ReadVarint32(&size)) {
    return std::nullopt;
  }
  if (size == 0) {
    return std::string_view();
  }
  if (!input->GetDirectBufferPointer(&data, &available) ||
      size > static_cast<uint32_t>(available) || !input->Skip(static_cast<int>(size))) {
    return std::nullopt;
  }
  return std::string_view(static_cast<const char*>(data), size);
}

// The first string in the message `bytes` that is not UTF-8, as a FieldError; OK when there is none
// before the end or before something that cannot be read.
absl::Status FindBadString(std::string_view bytes, const Descriptor& type, int depth) {
  CodedInputStream input(reinterpret_cast<const uint8_t*>(bytes.data()),
                         static_cast<int>(bytes.size()));
  std::map<int, int> seen;  // how many elements of each repeated field
  while (const uint32_t tag = input.ReadTag()) {
    if (WireFormatLite::GetTagWireType(tag) != WireFormatLite::WIRETYPE_LENGTH_DELIMITED) {
      if (!WireFormatLite::SkipField(&input, tag)) {
        break;
      }
      continue;
    }
    const std::optional<std::string_view> value = ReadBytes(&input);
    if (!value) {
      break;
    }
    const FieldDescriptor* field = type.FindFieldByNumber(WireFormatLite::GetTagFieldNumber(tag));
    if (field == nullptr) {
      continue;
    }
    std::string name(field->name());
    if (field->is_repeated()) {
      name += fmt::format("[{}]", seen[field->number()]++);
    }
    if (field->type() == FieldDescriptor::TYPE_STRING) {
      if (const auto offset = FindInvalidUtf8(*value)) {
        return FieldError(name,
                          fmt::format("is not UTF-8: byte 0x{:02x} at offset {}",
                                      static_cast<unsigned char>((*value)[*offset]), *offset));
      }
    } else if (field->type() == FieldDescriptor::TYPE_MESSAGE && depth < kMaxDepth) {
      const absl::Status fault = FindBadString(*value, *field->message_type(), depth + 1);
      if (!fault.ok()) {
        return InField(name, fault);
      }
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status DescribeParseFault(std::string_view bytes, const Descriptor& type) {
  absl::Status fault = FindBadString(bytes, type, 0);
  if (!fault.ok()) {
    return fault;
  }
  const std::string text = fmt::format("not a valid {}", type.full_name());
  return absl::InvalidArgumentError(text);
}

}  // namespace dossier
