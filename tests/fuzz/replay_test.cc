// Runs a fuzz target without a fuzzer: over each seed, its truncations and random mutations of it.
// DOSSIER_FUZZ_SEEDS lists the seeds that are accepted, DOSSIER_FUZZ_REFUSED others, both separated
// by colons; DOSSIER_FUZZ_ROUNDS says how many mutations of each.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/fuzz_target.h"

namespace dossier {
namespace {

// Runs on a copy of exactly that size, so that a sanitizer sees a read beyond the end.
bool RunOn(std::string_view input) {
  const std::vector<char> bytes(input.begin(), input.end());
  return TryInput({bytes.data(), bytes.size()});
}

struct Seed {
  std::string path;
  std::string bytes;
};

std::vector<Seed> ReadSeeds(const char* list) {
  std::vector<Seed> seeds;
  std::istringstream paths(list);
  for (std::string path; std::getline(paths, path, ':');) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    seeds.push_back({path, std::string(std::istreambuf_iterator<char>(file), {})});
  }
  return seeds;
}

// Changes, inserts, removes or repeats a few bytes, the first kilobytes more often than the rest:
// that is where headers are.
std::string Mutate(std::string input, std::mt19937& random) {
  for (std::size_t i = 0; i <= random() % 4 && !input.empty(); ++i) {
    const std::size_t reach =
        random() % 2 == 0 ? std::min<std::size_t>(input.size(), 2048) : input.size();
    const std::size_t at = random() % reach;
    const auto byte = static_cast<char>(random() % 3 == 0 ? 0xff : random());
    switch (random() % 4) {
      case 0:
        input[at] = byte;
        break;
      case 1:
        input.insert(at, 1 + random() % 8, byte);
        break;
      case 2:
        input.erase(at, 1 + random() % 8);
        break;
      default:
        input.insert(at, input.substr(random() % reach, 1 + random() % 64));
    }
  }
  return input;
}

void SurviveMutationsOf(const std::string& seed) {
  std::mt19937 random(1);
  for (int i = 0; i < DOSSIER_FUZZ_ROUNDS / 10; ++i) {
    RunOn(std::string_view(seed).substr(0, random() % (seed.size() + 1)));
  }
  for (int i = 0; i < DOSSIER_FUZZ_ROUNDS; ++i) {
    RunOn(Mutate(seed, random));
  }
}

TEST(Replay, SeedsAreAccepted) {
  for (const Seed& seed : ReadSeeds(DOSSIER_FUZZ_SEEDS)) {
    EXPECT_TRUE(RunOn(seed.bytes)) << seed.path;
  }
}

TEST(Replay, OthersAreRefused) {
  for (const Seed& seed : ReadSeeds(DOSSIER_FUZZ_REFUSED)) {
    EXPECT_FALSE(RunOn(seed.bytes)) << seed.path;
  }
}

TEST(Replay, SurvivesMutations) {
  for (const char* list : {DOSSIER_FUZZ_SEEDS, DOSSIER_FUZZ_REFUSED}) {
    for (const Seed& seed : ReadSeeds(list)) {
      SurviveMutationsOf(seed.bytes);
    }
  }
}

}  // namespace
}  // namespace dossier
