// What the write path costs once the extractors are done. A document is an article of 40 sentences
// with three mentions and a triple each; most mentions are of 500 common entities. Operations, the
// number being the documents in a group:
//   Prepare         resolving the mentions of a document, SHA-256 included
//   CommitInMemory  a group into the store in memory: what the commit itself works
//   Commit          a group into RocksDB, synced
//   Replay          the batches of Commit again, through Store::Write() alone: RocksDB's share
//   Ingestor        many documents through the whole write path, with extractors that are free
// Counters: documents and evidence a second.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <iostream>
#include <latch>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "server/base/sha256.h"
#include "server/extract/extractor_backend.h"
#include "server/extract/plan.h"
#include "server/ingest/group_commit.h"
#include "server/ingest/ingestor.h"
#include "server/ingest/prepare.h"
#include "server/storage/memory_store.h"
#include "server/storage/records.h"
#include "server/storage/rocksdb_store.h"
#include "tests/support/temp_folder.h"

namespace dossier {
namespace {

constexpr uint32_t kSentences = 40;
constexpr uint32_t kCommonEntities = 500;

void MustBe(const absl::Status& status) {
  if (!status.ok()) {
    std::cerr << status << '\n';
    std::abort();
  }
}

template <class T>
T Must(absl::StatusOr<T> result) {
  MustBe(result.status());
  return *std::move(result);
}

// Writes articles. Deterministic.
class Articles {
 public:
  Document Next() {
    Document document;
    document.id = "article-" + std::to_string(++count_);
    document.title = "Article " + std::to_string(count_);
    document.language = "en";
    for (uint32_t i = 0; i < kSentences; ++i) {
      document.text += Name() + " said on Friday that " + Name() + " would ship to " + Name() +
                       " as many boats as it had.\n";
    }
    return document;
  }

  // What an extractor would find in an article: its capitals.
  static RunOutput Read(const std::string& text) {
    RunOutput output;
    uint32_t begin = 0;
    for (uint32_t i = 0; i < kSentences; ++i) {
      const auto end = static_cast<uint32_t>(text.find('\n', begin));
      const auto first = static_cast<MentionIndex>(output.mentions.size());
      for (uint32_t at = begin; at < end;) {
        const auto name = static_cast<uint32_t>(text.find("Agent ", at));
        if (name >= end) {
          break;
        }
        at = static_cast<uint32_t>(text.find(' ', name + 6));
        ExtractedMention mention;
        mention.span = {name, at};
        mention.type = "ORG";
        mention.name = Slice(text, mention.span);
        output.mentions.push_back(mention);
      }
      ExtractedTriple triple;
      triple.sentence = {begin, end};
      triple.subject = first + 1;
      triple.object = first + 2;
      triple.predicate = "ship to";
      triple.predicate_span = output.mentions[first].span;
      triple.modality = Modality::kReported;
      triple.confidence = 0.8;
      triple.attributions.push_back({output.mentions[first].span, first});
      output.triples.push_back(triple);
      begin = end + 1;
    }
    return output;
  }

  static Extractor Reader() { return {"bench.reader", "1", std::string(64, 'a'), ""}; }

  static PreparedDocument PrepareArticle(Document document) {
    Extraction extraction{{{Reader(), Read(document.text)}}};
    std::string text_sha256 = Sha256(document.text);
    return Prepare(std::move(document), std::move(text_sha256), std::move(extraction));
  }

 private:
  // One in eight is new to the graph.
  std::string Name() {
    return "Agent " + (random_() % 8 == 0 ? std::to_string(++names_ + kCommonEntities)
                                          : std::to_string(random_() % kCommonEntities));
  }

  std::mt19937_64 random_{1};
  uint64_t count_ = 0;
  uint64_t names_ = 0;
};

std::unique_ptr<Store> OpenStore(const TempFolder& folder) {
  return Must(OpenRocksDbStore({folder.path() + "/db", 256u << 20}));
}

void Count(benchmark::State& state, int64_t documents_an_iteration) {
  const auto documents = static_cast<double>(state.iterations() * documents_an_iteration);
  state.counters["documents"] = {documents, benchmark::Counter::kIsRate};
  state.counters["evidence"] = {documents * kSentences, benchmark::Counter::kIsRate};
}

void BM_Prepare(benchmark::State& state) {
  Articles articles;
  for (auto _ : state) {
    state.PauseTiming();
    Document document = articles.Next();
    Extraction extraction{{{Articles::Reader(), Articles::Read(document.text)}}};
    state.ResumeTiming();
    std::string text_sha256 = Sha256(document.text);
    benchmark::DoNotOptimize(
        Prepare(std::move(document), std::move(text_sha256), std::move(extraction)));
  }
  Count(state, 1);
}
BENCHMARK(BM_Prepare)->UseRealTime()->Unit(benchmark::kMicrosecond);

void CommitGroup(Store* store, const std::vector<PreparedDocument>& group) {
  const auto commit = Must(GroupCommit::Open(*store));
  for (const PreparedDocument& document : group) {
    MustBe(commit->Ingest("", document).status());
  }
  MustBe(commit->Write());
}

void CommitInto(Store* store, benchmark::State& state) {
  Articles articles;
  for (auto _ : state) {
    state.PauseTiming();
    std::vector<PreparedDocument> group;
    for (int64_t i = 0; i < state.range(0); ++i) {
      group.push_back(Articles::PrepareArticle(articles.Next()));
    }
    state.ResumeTiming();
    CommitGroup(store, group);
  }
  Count(state, state.range(0));
}

void BM_CommitInMemory(benchmark::State& state) {
  const auto store = NewMemoryStore();
  CommitInto(store.get(), state);
}
BENCHMARK(BM_CommitInMemory)->Arg(1)->Arg(64)->UseRealTime()->Unit(benchmark::kMicrosecond);

void BM_Commit(benchmark::State& state) {
  const TempFolder folder;
  const auto store = OpenStore(folder);
  CommitInto(store.get(), state);
}
BENCHMARK(BM_Commit)->Arg(1)->Arg(8)->Arg(64)->UseRealTime()->Unit(benchmark::kMicrosecond);

// Passes everything on and keeps a copy of each batch.
class Recorder final : public Store {
 public:
  absl::Status Write(const WriteBatch& batch) override {
    batches.push_back(batch);
    return store_->Write(batch);
  }
  std::shared_ptr<const Snapshot> NewSnapshot() const override { return store_->NewSnapshot(); }
  absl::Status Flush() override { return store_->Flush(); }
  absl::Status Compact() const override { return store_->Compact(); }
  absl::StatusOr<StoreStats> Stats() const override { return store_->Stats(); }

  std::vector<WriteBatch> batches;

 private:
  const std::unique_ptr<Store> store_ = NewMemoryStore();
};

void BM_Replay(benchmark::State& state) {
  Articles articles;
  Recorder recorder;
  const TempFolder folder;
  const auto store = OpenStore(folder);
  for (auto _ : state) {
    state.PauseTiming();
    std::vector<PreparedDocument> group;
    for (int64_t i = 0; i < state.range(0); ++i) {
      group.push_back(Articles::PrepareArticle(articles.Next()));
    }
    recorder.batches.clear();
    CommitGroup(&recorder, group);
    state.ResumeTiming();
    MustBe(store->Write(recorder.batches.front()));
  }
  Count(state, state.range(0));
}
BENCHMARK(BM_Replay)->Arg(1)->Arg(8)->Arg(64)->UseRealTime()->Unit(benchmark::kMicrosecond);

class Reader final : public ExtractorBackend {
 public:
  absl::StatusOr<RunOutput> Process(const DocumentInput& input, const StopToken&) override {
    return Articles::Read(input.document.text);
  }
};

void BM_Ingestor(benchmark::State& state) {
  constexpr int64_t kDocuments = 500;
  ActivePlugin plugin;
  plugin.manifest.id = Articles::Reader().id;
  plugin.extractor = Articles::Reader();
  plugin.backend = std::make_shared<Reader>();
  const std::shared_ptr<const Plan> plan = Must(Plan::Make({std::move(plugin)}));
  const TempFolder folder;
  const auto store = OpenStore(folder);
  const auto ingestor = Ingestor::Create(*store, [&] { return plan; }, {});
  Articles articles;
  for (auto _ : state) {
    state.PauseTiming();
    std::vector<Document> documents;
    for (int64_t i = 0; i < kDocuments; ++i) {
      documents.push_back(articles.Next());
    }
    const auto done = std::make_shared<std::latch>(kDocuments);
    state.ResumeTiming();
    for (Document& document : documents) {
      ingestor->Submit("", std::move(document), {},
                       [done](const absl::StatusOr<IngestResult>& result) {
                         MustBe(result.status());
                         done->count_down();
                       });
    }
    done->wait();
  }
  Count(state, kDocuments);
}
BENCHMARK(BM_Ingestor)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace dossier

BENCHMARK_MAIN();
