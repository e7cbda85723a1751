#include "server/storage/history_records.h"

#include "server/base/coding.h"
#include "server/storage/keys.h"
#include "server/storage/record_parts.h"
#include "server/storage/store.h"

namespace dossier {
namespace {

constexpr std::size_t kRevisionBytes = 8;
// After a key, so that no key is the beginning of another; a zero in a key is followed by kZero.
constexpr std::string_view kEnd("\x00\x01", 2);
constexpr char kZero = '\xff';

void AppendEscaped(std::string* out, std::string_view bytes) {
  for (const char byte : bytes) {
    out->push_back(byte);
    if (byte == '\0') {
      out->push_back(kZero);
    }
  }
}

std::string Prefix(Family family) {
  return KeyPrefix(kDatabase).append(1, static_cast<char>(family));
}

std::string WithKey(Family family, std::string_view key) {
  std::string bytes = Prefix(family);
  AppendEscaped(&bytes, key);
  return bytes;
}

// Takes an escaped key with its end off the front of *bytes.
bool TakeEscaped(std::string_view* bytes, std::string* key) {
  for (std::size_t i = 0; i + 1 < bytes->size(); ++i) {
    if ((*bytes)[i] != '\0') {
      key->push_back((*bytes)[i]);
      continue;
    }
    ++i;
    if ((*bytes)[i] == kEnd[1]) {
      bytes->remove_prefix(i + 1);
      return true;
    }
    if ((*bytes)[i] != kZero) {
      return false;
    }
    key->push_back('\0');
  }
  return false;
}

}  // namespace

std::string HistorySinceKey() { return KeyPrefix(kDatabase).append("history since"); }

std::string HistoryKey::Encode() const {
  std::string bytes = WithKey(family, key).append(kEnd);
  PutFixed64(&bytes, revision.value());
  return bytes;
}

std::string HistoryKey::EndOfKey() const { return PrefixEnd(WithKey(family, key).append(kEnd)); }

std::string HistoryKey::Begin(Family family, std::string_view begin) {
  return WithKey(family, begin);
}

std::string HistoryKey::End(Family family, std::string_view end) {
  return end.empty() ? PrefixEnd(Prefix(family)) : WithKey(family, end);
}

absl::StatusOr<HistoryKey> HistoryKey::Decode(std::string_view bytes) {
  Decoder in(bytes);
  HistoryKey decoded;
  const NamespaceId ns(in.Fixed32());
  decoded.family = static_cast<Family>(in.Byte());
  std::string_view rest = in.Rest();
  if (!in.ok() || ns != kDatabase || static_cast<std::size_t>(decoded.family) >= kFamilyCount ||
      !TakeEscaped(&rest, &decoded.key) || rest.size() != kRevisionBytes) {
    return DamagedRecord(Family::kHistory, bytes, "the key is malformed");
  }
  decoded.revision = Revision(Decoder(rest).Fixed64());
  return decoded;
}

std::string EncodeHistory(const std::optional<std::string>& value) {
  return value ? std::string(1, '\x01').append(*value) : std::string(1, '\x00');
}

absl::StatusOr<std::optional<std::string>> DecodeHistory(std::string_view key,
                                                         std::string_view value) {
  if (value == std::string_view("\x00", 1)) {
    return std::nullopt;
  }
  if (value.empty() || value.front() != '\x01') {
    return DamagedRecord(Family::kHistory, key, "the value is malformed");
  }
  return std::string(value.substr(1));
}

std::string HistoryLogKey::Encode() const { return KeyPrefix(kDatabase, revision); }

absl::StatusOr<HistoryLogKey> HistoryLogKey::Decode(std::string_view key) {
  Decoder in(key);
  const NamespaceId ns(in.Fixed32());
  const HistoryLogKey decoded{Revision(in.Fixed64())};
  if (ns != kDatabase || !in.done()) {
    return DamagedRecord(Family::kHistoryLog, key, "the key is malformed");
  }
  return decoded;
}

std::string EncodeHistoryLog(const std::vector<std::string>& keys) {
  std::string out;
  PutVarint(&out, keys.size());
  for (const std::string& key : keys) {
    PutString(&out, key);
  }
  return out;
}

absl::StatusOr<std::vector<std::string>> DecodeHistoryLog(std::string_view key,
                                                          std::string_view value) {
  return DecodeRecord<std::vector<std::string>>(
      Family::kHistoryLog, key, value, [](Decoder* in, std::vector<std::string>* keys) {
        for (uint64_t left = in->Varint(); left > 0 && in->ok(); --left) {
          keys->emplace_back(in->String());
        }
        return in->ok();
      });
}

}  // namespace dossier
