// Runs a fuzz target without a fuzzer: over each seed, its truncations and random mutations of it.
// DOSSIER_FUZZ_SEEDS lists the seeds, separated by colons; DOSSIER_FUZZ_ROUNDS says how many
// mutations of each.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

// Runs on a copy of exactly that size, so that a sanitizer sees a read beyond the end.
void RunOn(const std::string& input) {
  const std::vector<uint8_t> bytes(input.begin(), input.end());
  EXPECT_EQ(LLVMFuzzerTestOneInput(bytes.data(), bytes.size()), 0);
}

std::vector<std::string> Seeds() {
  std::vector<std::string> seeds;
  std::istringstream paths(DOSSIER_FUZZ_SEEDS);
  for (std::string path; std::getline(paths, path, ':');) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
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

TEST(Replay, SurvivesSeedsAndTheirMutations) {
  std::mt19937 random(1);
  for (const std::string& seed : Seeds()) {
    RunOn(seed);
    for (int i = 0; i < DOSSIER_FUZZ_ROUNDS / 10; ++i) {
      RunOn(seed.substr(0, random() % (seed.size() + 1)));
    }
    for (int i = 0; i < DOSSIER_FUZZ_ROUNDS; ++i) {
      RunOn(Mutate(seed, random));
    }
  }
}

}  // namespace
