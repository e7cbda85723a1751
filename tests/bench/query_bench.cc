// What a row of a page costs, in memory and in RocksDB:
//
//   build/release/tests/query_bench
//
// The graph has 100 subjects of 1,000 triples each, over 20,000 objects, with one evidence a
// triple in 1,000 documents. All of it is in the caches, so that what is timed is the work.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "server/base/sha256.h"
#include "server/query/list_evidence.h"
#include "server/query/match_triples.h"
#include "server/storage/keys.h"
#include "server/storage/memory_store.h"
#include "server/storage/records.h"
#include "server/storage/rocksdb_store.h"

namespace dossier {
namespace {

constexpr NamespaceId kNs{1};
constexpr uint64_t kSubjects = 100;
constexpr uint64_t kTriplesPerSubject = 1000;
constexpr uint64_t kEntities = 20'000;
constexpr uint64_t kPredicates = 50;
constexpr uint64_t kDocuments = 1000;

template <class T>
T Checked(absl::StatusOr<T> result) {
  if (!result.ok()) {
    std::fprintf(stderr, "%s\n", result.status().ToString().c_str());
    std::abort();
  }
  return *std::move(result);
}

void PutTriple(uint64_t number, WriteBatch* batch) {
  const TripleId id(number + 1);
  const Triple triple{EntityId(1 + number / kTriplesPerSubject), TermId(1 + number % kPredicates),
                      ObjectId(EntityId(1 + number * 7919 % kEntities))};
  TripleRecord record{triple, 1, 0, {}};
  record.stances.at(Polarity::kPositive, Modality::kAsserted) = 1;
  batch->Put(Family::kTriple, TripleKey{kNs, id}.Encode(), EncodeTriple(record));
  for (const Family order : kTripleIndexes) {
    if (StandsIn(order, record)) {
      batch->Put(order, TripleIndexKey{kNs, triple}.Encode(order), EncodeNumber(id.value()));
    }
  }
  const EvidenceKey place{kNs, id, DocumentNumber(1 + number % kDocuments), RunId(1),
                          static_cast<uint32_t>(number / kDocuments)};
  Evidence evidence;
  evidence.sentence = {1000, 1120};
  evidence.subject = {1000, 1010};
  evidence.predicate = {1020, 1030};
  evidence.object = {1040, 1050};
  evidence.confidence = 0.9;
  evidence.rule = "verb";
  batch->Put(Family::kEvidence, place.Encode(), EncodeEvidence(evidence));
  batch->Put(Family::kByDoc, ByDocKey::Of(place).Encode(), "");
}

void Fill(Store* store) {
  WriteBatch names;
  names.Put(Family::kMeta, NamespaceNameKey(""), EncodeNumber(kNs.value()));
  for (uint64_t id = 1; id <= kEntities; ++id) {
    const Entity entity{"key " + std::to_string(id),
                        {{"Entity " + std::to_string(id), 3}, {"entity", 1}},
                        {{"ORG", 4}},
                        4};
    names.Put(Family::kEntity, EntityKey{kNs, EntityId(id)}.Encode(), EncodeEntity(entity));
  }
  for (uint64_t id = 1; id <= kPredicates; ++id) {
    names.Put(Family::kTerm, TermKey{kNs, TermKind::kPredicate, id}.Encode(),
              EncodeTerm({1, "predicate " + std::to_string(id)}));
  }
  names.Put(Family::kTerm, TermKey{kNs, TermKind::kRun, 1}.Encode(),
            EncodeTerm({1, ExtractorBytes({"extractor", "1.0", "", ""})}));
  for (uint64_t number = 1; number <= kDocuments; ++number) {
    DocumentRecord record;
    record.document.id = "document " + std::to_string(number);
    record.text_sha256 = Sha256(record.document.text);
    record.fingerprint = DocumentFingerprint(record.document, record.text_sha256);
    const std::string key = DocumentKey{kNs, DocumentNumber(number)}.Encode();
    names.Put(Family::kDocument, key, EncodeDocument(record));
    names.Put(Family::kText, key, std::string(5000, 'x'));
  }
  if (!store->Write(names).ok()) {
    std::abort();
  }
  for (uint64_t subject = 0; subject < kSubjects; ++subject) {
    WriteBatch triples;
    for (uint64_t i = 0; i < kTriplesPerSubject; ++i) {
      PutTriple(subject * kTriplesPerSubject + i, &triples);
    }
    if (!store->Write(triples).ok()) {
      std::abort();
    }
  }
  if (!store->Flush().ok()) {
    std::abort();
  }
}

// One of each kind for the life of the process.
Store& StoreOf(bool on_disk) {
  if (!on_disk) {
    static const std::unique_ptr<Store> memory = [] {
      auto store = NewMemoryStore();
      Fill(store.get());
      return store;
    }();
    return *memory;
  }
  static const std::filesystem::path folder = [] {
    std::string path = (std::filesystem::temp_directory_path() / "query_bench_XXXXXX").string();
    if (mkdtemp(path.data()) == nullptr) {
      std::abort();
    }
    return path;
  }();
  struct Remove {
    ~Remove() { std::filesystem::remove_all(folder); }
  };
  static const Remove remove;
  static const std::unique_ptr<Store> disk = [] {
    auto store = Checked(OpenRocksDbStore({(folder / "db").string()}));
    Fill(store.get());
    return store;
  }();
  return *disk;
}

const PageTokens& Tokens() {
  static const PageTokens tokens("secret");
  return tokens;
}

// A page of so many triples of one subject, after another subject each time.
void MatchBySubject(benchmark::State& state, double min_confidence) {
  const Store& store = StoreOf(state.range(0) != 0);
  const EvidenceFilter filter = Checked(EvidenceFilter::Create({}, {}, min_confidence));
  const PageRequest page{.max_items = static_cast<std::size_t>(state.range(1))};
  uint64_t subject = 0;
  std::size_t rows = 0;
  for (auto _ : state) {
    const ReadContext context = Checked(BeginRead(store, Tokens(), "", {}));
    const TripleQuery query{.subject = EntityId(1 + subject++ * 7 % kSubjects)};
    rows += Checked(MatchTriples(context, query, filter, page)).items.size();
  }
  state.counters["time_per_row"] = benchmark::Counter(
      static_cast<double>(rows), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void WalkEvidence(benchmark::State& state) {
  const Store& store = StoreOf(state.range(0) != 0);
  PageRequest page{.max_items = 1000};
  std::size_t rows = 0;
  for (auto _ : state) {
    const ReadContext context = Checked(BeginRead(store, Tokens(), "", {}));
    Page<EvidenceView> part = Checked(ListEvidence(context, {}, {}, page));
    rows += part.items.size();
    page.token = part.next_token;
  }
  state.counters["time_per_row"] = benchmark::Counter(
      static_cast<double>(rows), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

BENCHMARK_CAPTURE(MatchBySubject, default_view, 0.0)
    ->ArgNames({"disk", "rows"})
    ->ArgsProduct({{0, 1}, {1, 10, 100, 1000}});
BENCHMARK_CAPTURE(MatchBySubject, min_confidence, 0.5)
    ->ArgNames({"disk", "rows"})
    ->ArgsProduct({{0, 1}, {1000}});
BENCHMARK(WalkEvidence)->ArgName("disk")->Arg(0)->Arg(1);

}  // namespace
}  // namespace dossier

BENCHMARK_MAIN();
