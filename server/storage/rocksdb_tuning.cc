#include "server/storage/rocksdb_tuning.h"

#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/options.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <rocksdb/write_buffer_manager.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>
#include <string_view>

namespace dossier {
namespace {

constexpr uint64_t kMiB = 1u << 20;

// Filters: 10 bits a key of Bloom, about 1 % false answers; from the second level on as Ribbon,
// which takes 7 bits for the same.
constexpr double kFilterBits = 10;
constexpr int kBloomBeforeLevel = 1;

rocksdb::BlockBasedTableOptions MakeTableOptions(const FamilyInfo& family,
                                                 const EngineMemory& memory) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = memory.cache;
  table.format_version = 5;
  table.block_size = 8 << 10;
  // A value larger than the block before it has room for starts a block of its own.
  table.block_size_deviation = 100;
  // All that tables hold in memory counts against the cache.
  table.cache_index_and_filter_blocks = true;
  table.cache_index_and_filter_blocks_with_high_priority = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  for (const auto role : {rocksdb::CacheEntryRole::kBlockBasedTableReader,
                          rocksdb::CacheEntryRole::kFilterConstruction}) {
    table.cache_usage_options.options_overrides[role].charged =
        rocksdb::CacheEntryRoleOptions::Decision::kEnabled;
  }
  if (family.lookup != Lookup::kNone) {
    table.filter_policy.reset(rocksdb::NewRibbonFilterPolicy(kFilterBits, kBloomBeforeLevel));
    table.whole_key_filtering = family.lookup != Lookup::kPrefix;
  }
  return table;
}

// The engine's own log files are no choice: with assertions on, as Debian builds it, the engine
// ends the process when it cannot write to them because the disk is full.
class EngineLog final : public rocksdb::Logger {
 public:
  EngineLog() : Logger(rocksdb::InfoLogLevel::WARN_LEVEL) {}

  using Logger::Logv;
  void Logv(const char* format, va_list arguments) override {
    std::array<char, 1024> text;
    if (std::vsnprintf(text.data(), text.size(), format, arguments) < 0) {
      return;
    }
    std::string_view line(text.data());
    line = line.substr(0, line.find_last_not_of('\n') + 1);
    spdlog::warn("RocksDB: {}", line);
  }
  void LogHeader(const char*, va_list) override {}  // its options, at length
};

}  // namespace

EngineMemory::EngineMemory(uint64_t limit_bytes)
    : bytes(limit_bytes),
      cache(rocksdb::NewLRUCache(limit_bytes)),
      buffers(std::make_shared<rocksdb::WriteBufferManager>(limit_bytes / 4, cache)) {}

rocksdb::DBOptions MakeDbOptions(const EngineMemory& memory) {
  rocksdb::DBOptions options;
  options.create_if_missing = true;
  options.create_missing_column_families = true;
  options.write_buffer_manager = memory.buffers;
  // What a crash leaves to be replayed: about ten seconds a gigabyte of small records.
  options.max_total_wal_size = std::clamp(memory.bytes / 2, 16 * kMiB, 256 * kMiB);
  options.track_and_verify_wals_in_manifest = true;
  options.info_log = std::make_shared<EngineLog>();
  options.bytes_per_sync = kMiB;
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  return options;
}

rocksdb::ColumnFamilyOptions MakeFamilyOptions(const FamilyInfo& family,
                                               const EngineMemory& memory) {
  rocksdb::ColumnFamilyOptions options;
  options.write_buffer_size = std::clamp(memory.bytes / 16, 1 * kMiB, 64 * kMiB);
  // The smallest step in which a buffer grows; every family that is written to takes at least one.
  options.arena_block_size = std::clamp(memory.bytes / 1024, 16 * (kMiB / 1024), kMiB);
  options.compression = rocksdb::kLZ4Compression;
  options.bottommost_compression = rocksdb::kZSTD;
  options.level_compaction_dynamic_level_bytes = true;
  if (family.prefix_bytes > 0) {
    options.prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(family.prefix_bytes));
  }
  if (family.large_values) {
    options.enable_blob_files = true;
    options.min_blob_size = 1 << 10;
    options.blob_compression_type = rocksdb::kZSTD;
    options.enable_blob_garbage_collection = true;
    options.blob_cache = memory.cache;
  }
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(MakeTableOptions(family, memory)));
  return options;
}

}  // namespace dossier
