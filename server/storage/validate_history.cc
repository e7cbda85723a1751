// Validate(): the history. What its records hold is not judged: it was once sound.
#include <algorithm>

#include "server/storage/history_records.h"
#include "server/storage/validation.h"

namespace dossier {
namespace {

void ValidateHistoryRecord(Validation* v, std::string_view key, std::string_view value) {
  const auto place = v->Sound(HistoryKey::Decode(key));
  v->Sound(DecodeHistory(key, value));
  if (place && !v->Has(Family::kHistoryLog, HistoryLogKey{place->revision}.Encode())) {
    v->Problem(Family::kHistory, key, "history_log does not have its commit");
  }
}

// Returns how many records it lists.
uint64_t ValidateHistoryLog(Validation* v, std::string_view key, std::string_view value) {
  const auto place = v->Sound(HistoryLogKey::Decode(key));
  const auto keys = v->Sound(DecodeHistoryLog(key, value));
  if (!place || !keys) {
    return 0;
  }
  if (place->revision > v->state().last) {
    v->Problem(Family::kHistoryLog, key, "its commit is still to come");
  }
  std::vector<std::string> sorted = *keys;
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
    v->Problem(Family::kHistoryLog, key, "it lists a key twice");
  }
  for (const std::string& listed : *keys) {
    const auto change = HistoryKey::Decode(listed);
    if (!change.ok() || change->revision != place->revision || !v->Has(Family::kHistory, listed)) {
      v->Problem(Family::kHistoryLog, key, "it lists what is not in the history");
    }
  }
  return keys->size();
}

}  // namespace

void ValidateHistory(Validation* v) {
  uint64_t records = 0;
  uint64_t listed = 0;
  v->ForAll(Family::kHistory, [&](std::string_view key, std::string_view value) {
    ++records;
    ValidateHistoryRecord(v, key, value);
  });
  v->ForAll(Family::kHistoryLog, [&](std::string_view key, std::string_view value) {
    listed += ValidateHistoryLog(v, key, value);
  });
  if (records > 0 && !v->Has(Family::kMeta, HistorySinceKey())) {
    v->Problem(Family::kMeta, HistorySinceKey(), "there is a history and it is missing");
  }
  if (records != listed) {
    v->Problem(Family::kHistoryLog, "", "it does not list each record of the history once");
  }
}

}  // namespace dossier
