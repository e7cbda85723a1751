// What a worker process costs against running in the server: the shipped extractors over documents
// of 4 and 40 KB, one at a time, and how many they read a second with as many threads as a server
// on this machine has for it. The carriers take turns, so that what else the machine does falls on
// both.
//
//   carrier_bench [PLUGINS [SECONDS]]    PLUGINS: the folder with english.so and openie.so
//
// Prints a line for each size: milliseconds a document in process and in a worker, their ratio, the
// throughput of workers as a share of that in process, and the same share by processor time, all
// processes counted, which other work on the machine hardly changes: where the processors are what
// limits ingest, that is the throughput.
#include <fmt/format.h>
#include <sys/types.h>
#include <time.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "server/extract/pipeline.h"
#include "server/extract/worker/worker_backend.h"

namespace dossier {
namespace {

using Clock = std::chrono::steady_clock;

constexpr char kSentences[] =
    "The Northern Institute said on Friday that 1,500 boats had left the port of Brenn between "
    "March 3 and 9. Lena Okar, who leads it, told reporters that the ministry would send another "
    "3,000 by December, although Talvia has denied that any were sold. ";

template <class T>
T Must(absl::StatusOr<T> result) {
  if (!result.ok()) {
    std::cerr << result.status() << '\n';
    std::exit(EXIT_FAILURE);
  }
  return *std::move(result);
}

// How many documents a server reads at once.
std::size_t DocumentCount() { return std::thread::hardware_concurrency() + 1; }

std::shared_ptr<const Plan> MakePlan(const std::filesystem::path& folder, Carrier carrier) {
  WorkerOptions workers;
  workers.program = DOSSIER_WORKER;
  workers.processes = DocumentCount();
  std::vector<ActivePlugin> plugins;
  for (const char* name : {"english.so", "openie.so"}) {
    PluginFile file = Must(OpenPluginFile(folder / name));
    ActivePlugin plugin;
    plugin.manifest = file.manifest;
    BackendOptions options;
    options.carrier = carrier;
    plugin.backend = Must(CarryAsChosen(workers)(std::move(file), options));
    plugins.push_back(std::move(plugin));
  }
  return Must(Plan::Make(std::move(plugins)));
}

Document DocumentOf(std::size_t bytes) {
  Document document;
  document.id = "d";
  document.language = "en";
  while (document.text.size() < bytes) {
    document.text += kSentences;
  }
  return document;
}

double Seconds(const timespec& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

// The processor time, in seconds, that this process and its children have used, the children that
// live included.
double ProcessorTime() {
  timespec own = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &own);
  double sum = Seconds(own);
  for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
    std::ifstream children(task.path() / "children");
    for (pid_t child; children >> child;) {
      clockid_t clock;
      timespec used = {};
      if (clock_getcpuclockid(child, &clock) == 0 && clock_gettime(clock, &used) == 0) {
        sum += Seconds(used);
      }
    }
  }
  return sum;
}

struct Pace {
  double per_second = 0;  // documents, by the clock on the wall
  double cpu_ms = 0;      // of every process, for a document
};

// Reads the document again and again on `threads` threads for so long.
Pace Measure(const Plan& plan, const Document& document, std::size_t threads,
             Clock::duration time) {
  std::atomic<uint64_t> count = 0;
  const double cpu = ProcessorTime();
  const Clock::time_point begin = Clock::now();
  {
    std::vector<std::jthread> readers;
    for (std::size_t i = 0; i < threads; ++i) {
      readers.emplace_back([&] {
        while (Clock::now() - begin < time) {
          Must(RunPipeline(plan, document, StopToken(), KeepLayers::kNo));
          ++count;
        }
      });
    }
  }
  const auto documents = static_cast<double>(count);
  return {documents / std::chrono::duration<double>(Clock::now() - begin).count(),
          1000 * (ProcessorTime() - cpu) / documents};
}

double Median(const std::vector<Pace>& paces, double Pace::*figure) {
  std::vector<double> values;
  for (const Pace& pace : paces) {
    values.push_back(pace.*figure);
  }
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void Compare(const Plan& in_process, const Plan& workers, std::size_t bytes, Clock::duration time) {
  constexpr int kRounds = 10;
  const Document document = DocumentOf(bytes);
  const std::size_t threads = DocumentCount();
  std::vector<Pace> alone[2];
  std::vector<Pace> together[2];
  for (int round = 0; round < kRounds; ++round) {
    for (int carrier = 0; carrier < 2; ++carrier) {
      const Plan& plan = carrier == 0 ? in_process : workers;
      alone[carrier].push_back(Measure(plan, document, 1, time / kRounds));
      together[carrier].push_back(Measure(plan, document, threads, time / kRounds));
    }
  }
  const double in_ms = 1000 / Median(alone[0], &Pace::per_second);
  const double worker_ms = 1000 / Median(alone[1], &Pace::per_second);
  const double in_rate = Median(together[0], &Pace::per_second);
  const double worker_rate = Median(together[1], &Pace::per_second);
  const double in_cpu = Median(together[0], &Pace::cpu_ms);
  const double worker_cpu = Median(together[1], &Pace::cpu_ms);
  fmt::print(
      "{:>3} KB: in process {:.2f} ms, worker {:.2f} ms, ratio {:.3f}; throughput on {} threads "
      "{:.1f} and {:.1f} documents a second, {:.1f}%; processor time of a document {:.2f} and "
      "{:.2f} ms, {:.1f}%\n",
      bytes / 1000, in_ms, worker_ms, worker_ms / in_ms, threads, in_rate, worker_rate,
      100 * worker_rate / in_rate, in_cpu, worker_cpu, 100 * in_cpu / worker_cpu);
}

}  // namespace
}  // namespace dossier

int main(int argc, char** argv) {
  const std::filesystem::path folder = argc > 1 ? argv[1] : DOSSIER_PLUGIN_DIR;
  const std::chrono::seconds time(argc > 2 ? std::atoi(argv[2]) : 10);
  const auto in_process = dossier::MakePlan(folder, dossier::Carrier::kInProcess);
  const auto workers = dossier::MakePlan(folder, dossier::Carrier::kWorker);
  dossier::Compare(*in_process, *workers, 4'000, time);
  dossier::Compare(*in_process, *workers, 40'000, time);
}
