#include "server/storage/rocksdb_status.h"

#include <fmt/format.h>
#include <rocksdb/status.h>

#include <string>

namespace dossier {

absl::Status FromRocksDb(const rocksdb::Status& status, std::string_view doing) {
  if (status.ok()) {
    return absl::OkStatus();
  }
  const std::string text = fmt::format("cannot {}: {}", doing, status.ToString());
  if (status.IsNoSpace()) {
    return absl::ResourceExhaustedError(fmt::format("cannot {}: the disk is full", doing));
  }
  if (status.IsMemoryLimit()) {
    return absl::ResourceExhaustedError(text);
  }
  switch (status.code()) {
    case rocksdb::Status::kCorruption:
      return absl::DataLossError(text);
    case rocksdb::Status::kNotFound:
      return absl::NotFoundError(text);
    case rocksdb::Status::kInvalidArgument:
    case rocksdb::Status::kNotSupported:
      return absl::FailedPreconditionError(text);
    case rocksdb::Status::kShutdownInProgress:
    case rocksdb::Status::kBusy:
    case rocksdb::Status::kTryAgain:
    case rocksdb::Status::kTimedOut:
      return absl::UnavailableError(text);
    default:
      return absl::InternalError(text);
  }
}

}  // namespace dossier
