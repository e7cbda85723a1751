// Checks of create() and destroy().
#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <thread>

#include "plugins/validator/check.h"
#include "server/base/status_macros.h"

namespace dossier::validator {
namespace {

using Json = nlohmann::json;

std::size_t CountEntries(const char* folder) {
  const std::filesystem::directory_iterator entries(folder);
  return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

// What a process holds on to.
struct Holdings {
  std::size_t heap_bytes = 0;  // handed out by malloc; 0 under a sanitizer's
  std::size_t resident_bytes = 0;
  std::size_t files = 0;
  std::size_t threads = 0;

  static Holdings Now() {
    Holdings now;
    const struct mallinfo2 heap = mallinfo2();
    now.heap_bytes = heap.uordblks + heap.hblkhd;
    std::size_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages >> pages;
    now.resident_bytes = pages * 4096;
    now.files = CountEntries("/proc/self/fd");
    now.threads = CountEntries("/proc/self/task");
    return now;
  }
};

// A thread that has been joined may still be listed for a moment.
Holdings SettledHoldings(std::size_t threads) {
  Holdings now = Holdings::Now();
  for (int tries = 0; now.threads > threads && tries < 200; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    now = Holdings::Now();
  }
  return now;
}

absl::Status CompareHoldings(const Holdings& before, const Holdings& after, std::size_t repeats,
                             std::string_view what) {
  // The allocator keeps a little for itself, and so may a library that warms up late.
  constexpr std::size_t kHeapSlack = 16 << 10;
  constexpr std::size_t kResidentSlack = 16 << 20;
  if (after.threads > before.threads) {
    return Failure(fmt::format("{} threads are left running after {} {}",
                               after.threads - before.threads, repeats, what));
  }
  if (after.files > before.files) {
    return Failure(fmt::format("{} files are left open after {} {}", after.files - before.files,
                               repeats, what));
  }
  if (after.heap_bytes > before.heap_bytes + kHeapSlack) {
    return Failure(fmt::format("it keeps about {} bytes of memory with each of {} {}",
                               (after.heap_bytes - before.heap_bytes) / repeats, repeats, what));
  }
  if (after.resident_bytes > before.resident_bytes + kResidentSlack) {
    return Failure(fmt::format("the process grows by {} MiB with {} {}",
                               (after.resident_bytes - before.resident_bytes) >> 20, repeats,
                               what));
  }
  return absl::OkStatus();
}

// A value that is of another type than `schema` wants; null when it wants none in particular.
Json WrongValue(const Json& schema) {
  const std::string type = schema.is_object() ? schema.value("type", Json()).dump() : "";
  if (type == "\"string\"") {
    return Json::array({7});
  }
  return type.empty() || type == "null" ? Json() : Json("not what the schema says");
}

// Configurations that no host passes on: no JSON, no object, against the plugin's own schema.
std::vector<std::string> BadConfigs(const Manifest& manifest) {
  std::vector<std::string> configs = {"", "{", "[]", "7", "\"text\"", "null", "{\"a\":1,}", "\xff"};
  const Json schema = Json::parse(manifest.config_schema, nullptr, /*allow_exceptions=*/false);
  if (schema.is_object() && schema.contains("properties") && schema["properties"].is_object()) {
    for (const auto& [key, value] : schema["properties"].items()) {
      if (const Json wrong = WrongValue(value); !wrong.is_null()) {
        configs.push_back(Json{{key, wrong}}.dump());
      }
    }
  }
  return configs;
}

bool IsObject(const std::string& config) {
  return Json::parse(config, nullptr, /*allow_exceptions=*/false).is_object();
}

absl::Status CheckRefusal(const Creation& creation, const std::string& config, uint32_t capacity) {
  if (creation.status == DOSSIER_OK) {
    return creation.instance != nullptr
               ? absl::OkStatus()
               : Failure(fmt::format("create() with {} returns OK and no instance", config));
  }
  // Of what is no object a host never asks.
  if (creation.status != DOSSIER_INVALID_ARGUMENT && IsObject(config)) {
    return Failure(fmt::format("create() refuses {} with status {}, not INVALID_ARGUMENT (3)",
                               config, creation.status));
  }
  if (creation.instance != nullptr) {
    return Failure(fmt::format("create() refuses {} and touches *instance", config));
  }
  if (!creation.terminated) {
    return Failure(fmt::format("create() refuses {} and leaves no NUL in the {} bytes for its text",
                               config, capacity));
  }
  if (capacity > 1 && creation.error.empty()) {
    return Failure(fmt::format("create() refuses {} without a text", config));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckCreate(Trial& trial) {
  trial.report().Doing("making an instance");
  return trial.MakeInstance().status();
}

absl::Status CheckBadConfig(Trial& trial) {
  ASSIGN_OR_RETURN(const Library* library, trial.Load());
  std::size_t refused = 0;
  for (const std::string& config : BadConfigs(library->manifest())) {
    for (const uint32_t capacity : {1024u, 16u, 1u, 0u}) {
      trial.report().Doing(fmt::format("create() with the configuration {} and {} bytes for a text",
                                       config, capacity));
      HostMemory memory(HostAge::kToday);
      const Creation creation = Create(*library, config, capacity, HostAge::kToday, &memory);
      RETURN_IF_ERROR(CheckRefusal(creation, config, capacity));
      refused += creation.status == DOSSIER_OK ? 0 : 1;
      if (creation.instance != nullptr) {
        library->extractor().destroy(creation.instance);
      }
    }
  }
  trial.report().Note(refused == 0 ? "it takes no configuration, and refuses none" : "");
  return absl::OkStatus();
}

absl::Status CheckLifecycle(Trial& trial) {
  constexpr std::size_t kWarmUp = 20;
  constexpr std::size_t kRepeats = 1000;
  trial.report().Doing("making and destroying instances");
  Holdings before;
  std::size_t repeats = 0;
  for (std::size_t i = 0; i < kWarmUp + kRepeats && !(i > kWarmUp && trial.half_time()); ++i) {
    if (i == kWarmUp) {
      before = Holdings::Now();
    }
    RETURN_IF_ERROR(trial.MakeInstance().status());
    repeats = i + 1 - std::min(i + 1, kWarmUp);
  }
  trial.report().Note(fmt::format("{} times", repeats));
  return CompareHoldings(before, SettledHoldings(before.threads), repeats,
                         "times create() and destroy()");
}

absl::Status CheckMemory(Trial& trial) {
  constexpr std::size_t kWarmUp = 5;
  constexpr std::size_t kRepeats = 100;
  ASSIGN_OR_RETURN(const std::vector<Material> materials, trial.OrdinaryMaterial());
  ASSIGN_OR_RETURN(const std::unique_ptr<Instance> instance, trial.MakeInstance());
  Holdings before;
  std::size_t documents = 0;
  for (std::size_t i = 0; i < kWarmUp + kRepeats && !(i > kWarmUp && trial.half_time()); ++i) {
    if (i == kWarmUp) {
      before = Holdings::Now();
      documents = 0;
    }
    for (const Material& material : materials) {
      trial.report().Doing(fmt::format("reading the text \"{}\"", material.name));
      instance->Process(material.input());
      ++documents;
    }
  }
  trial.report().Note(fmt::format("{} documents", documents));
  return CompareHoldings(before, SettledHoldings(before.threads), documents, "documents");
}

}  // namespace dossier::validator
