// The keys and values of `history` and `history_log`: what keys of other families held before.
// FORMAT.md has the grammar.
#ifndef DOSSIER_SERVER_STORAGE_HISTORY_RECORDS_H_
#define DOSSIER_SERVER_STORAGE_HISTORY_RECORDS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "server/model/ids.h"
#include "server/storage/family.h"

namespace dossier {

// meta -> the last commit whose outcome can be read by revision, as varint; absent: no history.
std::string HistorySinceKey();

// history -> what `key` of `family` held until the batch that ended with `revision` changed it.
// Sorts by family, key, revision.
struct HistoryKey {
  Family family = Family::kMeta;
  std::string key;
  Revision revision;

  std::string Encode() const;
  // After every key of the same family and key.
  std::string EndOfKey() const;
  // Around the keys in [begin, end); an empty end is the family's end.
  static std::string Begin(Family family, std::string_view begin);
  static std::string End(Family family, std::string_view end);
  static absl::StatusOr<HistoryKey> Decode(std::string_view key);
  friend auto operator<=>(const HistoryKey&, const HistoryKey&) = default;
};

// nullopt: there was no such key.
std::string EncodeHistory(const std::optional<std::string>& value);
absl::StatusOr<std::optional<std::string>> DecodeHistory(std::string_view key,
                                                         std::string_view value);

// history_log -> the keys of `history` that a batch wrote; its last commit is the key.
struct HistoryLogKey {
  Revision revision;

  std::string Encode() const;
  static absl::StatusOr<HistoryLogKey> Decode(std::string_view key);
  friend auto operator<=>(const HistoryLogKey&, const HistoryLogKey&) = default;
};

std::string EncodeHistoryLog(const std::vector<std::string>& keys);
absl::StatusOr<std::vector<std::string>> DecodeHistoryLog(std::string_view key,
                                                          std::string_view value);

}  // namespace dossier

#endif  // DOSSIER_SERVER_STORAGE_HISTORY_RECORDS_H_
