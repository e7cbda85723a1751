// Whether the shipped extractors take time and memory in proportion to a text, whatever it is: each
// hostile text (tests/support/hostile_texts.h) at a size and at twice that.
//
//   hostile_text_bench [KIB [NAME]]    the smaller size, 512 unless given; only texts so named
//
// Prints a line for each text: seconds of processor time at both sizes, their ratio, which is 2
// where the time is linear, and by how much the process grew at its largest, in MiB.
#include <fmt/format.h>
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>

#include "tests/support/extractors.h"
#include "tests/support/hostile_texts.h"

namespace {

double ProcessorSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double PeakMiB() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

double SecondsFor(const dossier::Extractors& extractors, const std::string& text) {
  const double begin = ProcessorSeconds();
  const auto extraction = extractors.Run(text);
  if (!extraction.ok()) {
    std::fputs((extraction.status().ToString() + "\n").c_str(), stderr);
    std::exit(EXIT_FAILURE);
  }
  return ProcessorSeconds() - begin;
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t bytes = (argc > 1 ? std::stoul(argv[1]) : 512) << 10;
  const dossier::Extractors extractors;
  fmt::print("{:36} {:>8} {:>8} {:>6} {:>6}\n", "", "s", "s, twice", "ratio", "MiB");
  for (const dossier::HostileText& hostile : dossier::kHostileTexts) {
    if (argc > 2 && hostile.name != std::string_view(argv[2])) {
      continue;
    }
    const double peak = PeakMiB();
    const double once = SecondsFor(extractors, MakeText(hostile, bytes));
    const double twice = SecondsFor(extractors, MakeText(hostile, 2 * bytes));
    fmt::print("{:36} {:8.2f} {:8.2f} {:6.1f} {:6.0f}\n", hostile.name, once, twice, twice / once,
               PeakMiB() - peak);
    std::fflush(stdout);
  }
}
