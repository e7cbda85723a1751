// Conflicts and corroboration in a press with known contradictions and reprints (press.h): how the
// rate of ingestion keeps up, what is found of what was planted, how much memory it takes. Prints a
// line of JSON. With --check, exits with 1 when less than 98 % was found or is right.
//
// What a document costs is told in CPU time, of which the share of the engine's own threads (they
// flush and compact) is told apart: what else the machine does matters less to it than to the
// clock.
//
//   corroboration_bench [--documents N] [--memory SIZE] [--seed N] [--check]
#include <fmt/format.h>
#include <time.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <latch>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "server/extract/extractor_backend.h"
#include "server/extract/plan.h"
#include "server/ingest/ingestor.h"
#include "server/query/corroboration.h"
#include "server/query/list_conflicts.h"
#include "server/query/match_triples.h"
#include "server/storage/rocksdb_store.h"
#include "tests/bench/press.h"
#include "tests/support/temp_folder.h"

namespace dossier {
namespace {

constexpr uint64_t kBatch = 500;  // documents that are on their way at once
constexpr double kGood = 0.98;

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

class PressReader final : public ExtractorBackend {
 public:
  absl::StatusOr<RunOutput> Process(const DocumentInput& input, const StopToken&) override {
    return ReadPress(input.document.text);
  }
};

std::shared_ptr<const Plan> MakePlan() {
  ActivePlugin plugin;
  plugin.manifest.id = "bench.press";
  plugin.extractor = {"bench.press", "1", std::string(64, 'a'), ""};
  plugin.backend = std::make_shared<PressReader>();
  return Must(Plan::Make({std::move(plugin)}));
}

// The most memory that the process had, in bytes.
uint64_t PeakMemory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) {
      return std::strtoull(line.c_str() + 6, nullptr, 10) << 10;
    }
  }
  return 0;
}

double Seconds(std::chrono::steady_clock::duration time) {
  return std::chrono::duration<double>(time).count();
}

// CPU time of this process so far.
double CpuSeconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

// That of the threads in which the engine flushes and compacts.
double EngineCpuSeconds() {
  double nanoseconds = 0;
  for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
    std::string name;
    std::ifstream(task.path() / "comm") >> name;
    if (name.starts_with("rocksdb:")) {
      double running = 0;
      std::ifstream(task.path() / "schedstat") >> running;
      nanoseconds += running;
    }
  }
  return 1e-9 * nanoseconds;
}

struct Cost {
  double seconds = 0;
  double cpu_seconds = 0;
  double engine_cpu_seconds = 0;  // of these

  static Cost SoFar() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return {Seconds(now), CpuSeconds(), EngineCpuSeconds()};
  }
  Cost Since(const Cost& begin) const {
    return {seconds - begin.seconds, cpu_seconds - begin.cpu_seconds,
            engine_cpu_seconds - begin.engine_cpu_seconds};
  }
};

void Ingest(Ingestor* ingestor, std::vector<Document> documents) {
  const auto done = std::make_shared<std::latch>(static_cast<std::ptrdiff_t>(documents.size()));
  for (Document& document : documents) {
    ingestor->Submit("", std::move(document), {},
                     [done](const absl::StatusOr<IngestResult>& result) {
                       MustBe(result.status());
                       done->count_down();
                     });
  }
  done->wait();
}

// What a document cost in each tenth of the way.
std::vector<Cost> Load(Press* press, uint64_t documents, Ingestor* ingestor) {
  std::vector<Cost> costs;
  for (uint64_t tenth = 0; tenth < 10; ++tenth) {
    const uint64_t end = documents / 10;
    const Cost begin = Cost::SoFar();
    for (uint64_t i = 0; i < end;) {
      std::vector<Document> batch;
      for (; batch.size() < kBatch && i < end; ++i) {
        batch.push_back(press->Next());
      }
      Ingest(ingestor, std::move(batch));
    }
    Cost cost = Cost::SoFar().Since(begin);
    for (double* part : {&cost.seconds, &cost.cpu_seconds, &cost.engine_cpu_seconds}) {
      *part /= static_cast<double>(end);
    }
    costs.push_back(cost);
    std::cerr << fmt::format("{} documents, {:.0f} a second, CPU {:.0f} us each, engine {:.0f}\n",
                             (tenth + 1) * end, 1 / cost.seconds, 1e6 * cost.cpu_seconds,
                             1e6 * cost.engine_cpu_seconds);
  }
  while (press->unfinished()) {
    std::vector<Document> last;
    last.push_back(press->NextUnfinished());
    Ingest(ingestor, std::move(last));
  }
  return costs;
}

struct Found {
  uint64_t right = 0;
  uint64_t wrong = 0;
  double seconds = 0;
};

Found CountConflicts(const Press& press, const Store& store, const PageTokens& tokens) {
  const PredicateRules rules = PredicateRules::BuiltIn();
  std::set<std::string> seen;
  Found found;
  const auto begin = std::chrono::steady_clock::now();
  PageRequest page{.max_items = 1000};
  do {
    const ReadContext context = Must(BeginRead(store, tokens, "", {}));
    Page<ConflictView> some = Must(ListConflicts(context, rules, {}, page));
    for (const ConflictView& conflict : some.items) {
      const auto planted = press.conflicts().find(conflict.entity.name);
      const bool right = planted != press.conflicts().end() &&
                         planted->second == static_cast<int>(conflict.kind) &&
                         seen.insert(conflict.entity.name).second;
      (right ? found.right : found.wrong) += 1;
    }
    page.token = std::move(some.next_token);
  } while (!page.token.empty());
  found.seconds = Seconds(std::chrono::steady_clock::now() - begin);
  return found;
}

Found CountOrigins(const Press& press, const Store& store, const PageTokens& tokens) {
  const PredicateRules rules = PredicateRules::BuiltIn();
  Found found;
  const auto begin = std::chrono::steady_clock::now();
  const ReadContext context = Must(BeginRead(store, tokens, "", {}));
  for (const auto& [subject, origins] : press.origins()) {
    const auto triples =
        Must(MatchTriples(context, {.subject = subject, .predicate = "", .object = {}}, {}, {}));
    const bool right =
        triples.items.size() == 1 &&
        Must(GetCorroboration(context, rules, triples.items[0].id, {}, {})).origins == origins;
    (right ? found.right : found.wrong) += 1;
  }
  found.seconds = Seconds(std::chrono::steady_clock::now() - begin);
  return found;
}

// "310, 305, ..."
std::string Microseconds(const std::vector<Cost>& costs, double Cost::*part) {
  std::string text;
  for (const Cost& cost : costs) {
    text += fmt::format("{}{:.0f}", text.empty() ? "" : ", ", 1e6 * cost.*part);
  }
  return text;
}

double Part(uint64_t part, uint64_t whole) {
  return whole == 0 ? 1 : static_cast<double>(part) / static_cast<double>(whole);
}

int Run(uint64_t documents, uint64_t memory, uint64_t seed, bool check) {
  const TempFolder folder;
  const auto store = Must(OpenRocksDbStore({folder.path() + "/db", memory / 2}));
  const PageTokens tokens = Must(PageTokens::Create(*store));
  const auto plan = MakePlan();
  Press press(seed);
  std::vector<Cost> costs;
  {
    const auto ingestor =
        Ingestor::Create(*store, [&] { return plan; }, {.max_pending_bytes = memory / 8});
    costs = Load(&press, documents, ingestor.get());
  }
  const Found conflicts = CountConflicts(press, *store, tokens);
  const Found origins = CountOrigins(press, *store, tokens);
  const double recall = Part(conflicts.right, press.conflicts().size());
  const double precision = Part(conflicts.right, conflicts.right + conflicts.wrong);
  const double counted = Part(origins.right, origins.right + origins.wrong);
  std::cout << fmt::format(
      "{{\"documents\": {}, \"rate_begin\": {:.0f}, \"rate_end\": {:.0f}, \"rate_kept\": {:.3f}, "
      "\"cpu_rate_kept\": {:.3f}, \"cpu_us\": [{}], \"engine_cpu_us\": [{}], "
      "\"conflicts_planted\": {}, \"traps\": {}, \"recall\": {:.4f}, \"precision\": {:.4f}, "
      "\"list_seconds\": {:.2f}, \"corroborated\": {}, \"origins_right\": {:.4f}, "
      "\"corroboration_ms\": {:.3f}, \"memory_setting\": {}, \"memory_peak\": {}}}\n",
      documents, 1 / costs.front().seconds, 1 / costs.back().seconds,
      costs.front().seconds / costs.back().seconds,
      costs.front().cpu_seconds / costs.back().cpu_seconds, Microseconds(costs, &Cost::cpu_seconds),
      Microseconds(costs, &Cost::engine_cpu_seconds), press.conflicts().size(), press.traps(),
      recall, precision, conflicts.seconds, press.origins().size(), counted,
      1000 * origins.seconds / static_cast<double>(press.origins().size()), memory, PeakMemory());
  return check && (recall < kGood || precision < kGood || counted < kGood) ? EXIT_FAILURE
                                                                           : EXIT_SUCCESS;
}

}  // namespace
}  // namespace dossier

int main(int argc, char** argv) {
  uint64_t documents = 100'000;
  uint64_t memory = 512u << 20;
  uint64_t seed = 1;
  bool check = false;
  CLI::App app("Conflicts and corroboration in a press that is known");
  app.add_option("--documents", documents)->check(CLI::Range(10, 100'000'000));
  app.add_option("--memory", memory)->transform(CLI::AsSizeValue(false));
  app.add_option("--seed", seed);
  app.add_flag("--check", check);
  CLI11_PARSE(app, argc, argv);
  return dossier::Run(documents, memory, seed, check);
}
