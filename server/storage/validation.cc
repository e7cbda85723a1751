#include "server/storage/validation.h"

#include <fmt/format.h>

namespace dossier {

void Validation::Problem(Family family, std::string_view key, std::string_view what) {
  Note(absl::DataLossError(fmt::format("{} {}: {}", InfoOf(family).name, KeyInHex(key), what)));
}

void Validation::Note(const absl::Status& status) {
  if (!absl::IsDataLoss(status)) {
    error_ = status;
    return;
  }
  if (++report_.problem_count <= ValidationReport::kMaxProblems) {
    report_.problems.emplace_back(status.message());
  }
}

std::optional<std::string> Validation::Get(Family family, const std::string& key) {
  return Sound(snapshot_.Get(family, key)).value_or(std::nullopt);
}

bool Validation::Has(Family family, const std::string& key) {
  Asked& asked = last_asked_[static_cast<std::size_t>(family)];
  if (asked.key != key || key.empty()) {
    asked = {key, Get(family, key).has_value()};
  }
  return asked.present;
}

bool Validation::Maps(Family family, const std::string& key, uint64_t expected) {
  const std::optional<std::string> value = Get(family, key);
  return value && Sound(DecodeNumber(family, key, *value)) == expected;
}

uint64_t Validation::Count(Family family, const std::string& prefix) {
  uint64_t count = 0;
  ForEach(family, prefix, [&](std::string_view, std::string_view) { ++count; });
  return count;
}

NamespaceTally& Validation::Tally(Family family, std::string_view key, NamespaceId ns) {
  const auto it = namespaces_.find(ns);
  if (it == namespaces_.end()) {
    Problem(family, key, "its namespace has no name");
    return nameless_;
  }
  return it->second;
}

void Validation::CheckGivenOut(Family family, std::string_view key, uint64_t id, uint64_t last) {
  if (id > last) {
    Problem(family, key, fmt::format("its id {} was never given out; the last was {}", id, last));
  }
}

absl::StatusOr<ValidationReport> Validation::Finish() && {
  if (!error_.ok()) {
    return error_;
  }
  return std::move(report_);
}

absl::StatusOr<ValidationReport> Validate(const Snapshot& snapshot) {
  Validation v(snapshot);
  ValidateMeta(&v);
  ValidateTriples(&v);
  ValidateTerms(&v);
  ValidateEntities(&v);
  ValidateMerges(&v);
  ValidateDocuments(&v);
  ValidateReextractions(&v);
  ValidateChanges(&v);
  ValidateHistory(&v);
  ValidateTotals(&v);
  return std::move(v).Finish();
}

}  // namespace dossier
