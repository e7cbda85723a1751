// What storage costs. Operations:
//   StoreWrite      one document's batch, synced, through Store::Write()
//   EngineWrite     the same changes through the engine itself with its default options, synced
//   ReadEvidence    the evidence of a random triple, through GraphReader
//   ValidateGraph   Validate() of the whole graph
//   DiskSize        bytes on disk, after a flush, of what a document adds; counters:
//                     evidence_bytes   evidence and by_doc, for each evidence
//                     mention_bytes    mention and by_doc, for each mention
//                     text_ratio       text on disk against the text itself
#include <benchmark/benchmark.h>
#include <rocksdb/db.h>

#include <cstdlib>
#include <functional>
#include <iostream>

#include "server/storage/graph_reader.h"
#include "server/storage/rocksdb_store.h"
#include "server/storage/sample_graph.h"
#include "server/storage/validate.h"
#include "tests/support/temp_folder.h"

namespace dossier {
namespace {

constexpr int kSentences = 40;  // of a news article
constexpr int kEntities = 500;

void MustBe(bool ok, std::string_view what) {
  if (!ok) {
    std::cerr << what << '\n';
    std::abort();
  }
}

std::unique_ptr<Store> OpenStore(const std::string& path) {
  auto store = OpenRocksDbStore({path, 256u << 20});
  MustBe(store.ok(), store.status().ToString());
  return *std::move(store);
}

void BM_StoreWrite(benchmark::State& state) {
  const TempFolder folder;
  const auto store = OpenStore(folder.path());
  DatabaseState database;
  SampleGraph graph("", 1, &database);
  std::size_t changes = 0;
  for (auto _ : state) {
    state.PauseTiming();
    WriteBatch batch;
    graph.AddDocument(kSentences, kEntities, &batch);
    changes = batch.changes().size();
    state.ResumeTiming();
    MustBe(store->Write(batch).ok(), "write");
  }
  state.counters["changes"] = static_cast<double>(changes);
}
BENCHMARK(BM_StoreWrite)->Unit(benchmark::kMicrosecond);

void BM_EngineWrite(benchmark::State& state) {
  const TempFolder folder;
  rocksdb::Options options;
  options.create_if_missing = true;
  options.create_missing_column_families = true;
  std::vector<rocksdb::ColumnFamilyDescriptor> families = {{rocksdb::kDefaultColumnFamilyName, {}}};
  for (const FamilyInfo& family : Catalogue()) {
    families.push_back({family.name, {}});
  }
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* raw = nullptr;
  MustBe(rocksdb::DB::Open(options, folder.path(), families, &handles, &raw).ok(), "open");
  const std::unique_ptr<rocksdb::DB> db(raw);
  rocksdb::WriteOptions write;
  write.sync = true;
  DatabaseState database;
  SampleGraph graph("", 1, &database);
  for (auto _ : state) {
    state.PauseTiming();
    WriteBatch batch;
    graph.AddDocument(kSentences, kEntities, &batch);
    rocksdb::WriteBatch changes;
    for (const auto& change : batch.changes()) {
      MustBe(
          changes
              .Put(handles[static_cast<std::size_t>(change.family) + 1], change.key, *change.value)
              .ok(),
          "put");
    }
    state.ResumeTiming();
    MustBe(db->Write(write, &changes).ok(), "write");
  }
  for (rocksdb::ColumnFamilyHandle* handle : handles) {
    delete handle;
  }
}
BENCHMARK(BM_EngineWrite)->Unit(benchmark::kMicrosecond);

// The changes that `wanted` picks of `documents` documents, alone in a database: its size there.
uint64_t SizeOf(int documents, const std::function<bool(const WriteBatch::Change&)>& wanted,
                uint64_t* bytes_of_values) {
  const TempFolder folder;
  auto store = OpenStore(folder.path());
  MustBe(store->Flush().ok(), "flush");
  const uint64_t empty = store->Stats()->disk_bytes;
  DatabaseState database;
  SampleGraph graph("", 1, &database);
  for (int i = 0; i < documents; ++i) {
    WriteBatch batch;
    WriteBatch picked;
    graph.AddDocument(kSentences, kEntities, &batch);
    for (const WriteBatch::Change& change : batch.changes()) {
      if (wanted(change)) {
        picked.Put(change.family, change.key, *change.value);
        *bytes_of_values += change.value->size();
      }
    }
    MustBe(store->Write(picked).ok(), "write");
  }
  MustBe(store->Flush().ok(), "flush");
  return store->Stats()->disk_bytes - empty;
}

// Rows of by_doc: 'e' or 'm' follows the namespace and two ids.
bool IsPart(const WriteBatch::Change& change, Part part) {
  return change.family == Family::kByDoc && change.key[20] == static_cast<char>(part);
}

void BM_DiskSize(benchmark::State& state) {
  constexpr int kDocuments = 500;
  for (auto _ : state) {
    uint64_t evidence = 0;
    uint64_t mentions = 0;
    uint64_t values = 0;
    const uint64_t evidence_bytes = SizeOf(
        kDocuments,
        [&](const WriteBatch::Change& change) {
          evidence += change.family == Family::kEvidence ? 1u : 0u;
          return change.family == Family::kEvidence || IsPart(change, Part::kEvidence);
        },
        &values);
    const uint64_t evidence_values = values;
    const uint64_t mention_bytes = SizeOf(
        kDocuments,
        [&](const WriteBatch::Change& change) {
          mentions += change.family == Family::kMention ? 1u : 0u;
          return change.family == Family::kMention || IsPart(change, Part::kMention);
        },
        &values);
    values = 0;
    const uint64_t text_bytes = SizeOf(
        kDocuments, [](const WriteBatch::Change& change) { return change.family == Family::kText; },
        &values);
    const auto ratio = [](uint64_t a, uint64_t b) {
      return static_cast<double>(a) / static_cast<double>(b);
    };
    state.counters["evidence_bytes"] = ratio(evidence_bytes, evidence);
    state.counters["evidence_value_bytes"] = ratio(evidence_values, evidence);
    state.counters["mention_bytes"] = ratio(mention_bytes, mentions);
    state.counters["text_ratio"] = ratio(text_bytes, values);
  }
}
BENCHMARK(BM_DiskSize)->Iterations(1)->Unit(benchmark::kMillisecond);

// A graph of some hundred documents on disk.
class WholeGraph {
 public:
  WholeGraph() : store_(OpenStore(folder_.path())) {
    DatabaseState database;
    SampleGraph graph("", 1, &database);
    for (int i = 0; i < 300; ++i) {
      WriteBatch batch;
      graph.AddDocument(kSentences, kEntities, &batch);
      MustBe(store_->Write(batch).ok(), "write");
    }
    WriteBatch shared;
    graph.AddShared(&shared);
    MustBe(store_->Write(shared).ok(), "write");
    MustBe(store_->Flush().ok(), "flush");
  }
  Store& store() { return *store_; }

 private:
  TempFolder folder_;
  std::unique_ptr<Store> store_;
};

void BM_ReadEvidence(benchmark::State& state) {
  WholeGraph graph;
  const GraphReader reader(graph.store().NewSnapshot(), NamespaceId(1));
  const uint64_t triples = reader.ReadIdCounters()->triple;
  std::mt19937_64 random(1);
  int64_t rows = 0;
  for (auto _ : state) {
    auto evidence = reader.EvidenceOf(TripleId(1 + random() % triples));
    for (; evidence.Valid(); evidence.Next()) {
      benchmark::DoNotOptimize(evidence->evidence);
      ++rows;
    }
  }
  state.counters["rows"] =
      benchmark::Counter(static_cast<double>(rows), benchmark::Counter::kAvgIterations);
}
BENCHMARK(BM_ReadEvidence)->Unit(benchmark::kMicrosecond);

void BM_ValidateGraph(benchmark::State& state) {
  WholeGraph graph;
  uint64_t records = 0;
  for (auto _ : state) {
    const auto report = Validate(*graph.store().NewSnapshot());
    MustBe(report.ok() && report->ok(), "a valid graph");
    records += report->records;
  }
  state.counters["records"] =
      benchmark::Counter(static_cast<double>(records), benchmark::Counter::kIsRate);
}
BENCHMARK(BM_ValidateGraph)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace dossier

BENCHMARK_MAIN();
