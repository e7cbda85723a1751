// Checks of how a plugin takes what a host does: stop, refuse, be older or younger.
#include <fmt/format.h>

#include <random>

#include "plugins/validator/check.h"
#include "server/base/status_macros.h"

namespace dossier::validator {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;

HostMood StopAfter(uint64_t questions) {
  HostMood mood;
  mood.stops_after = questions;
  return mood;
}

absl::StatusOr<nanoseconds> TimeStopped(const Instance& instance, const Material& material,
                                        uint64_t questions) {
  const nanoseconds start = ProcessorTime();
  const Answer answer = instance.Process(material.input(), StopAfter(questions));
  const nanoseconds took = ProcessorTime() - start;
  if (answer.status != DOSSIER_CANCELLED && answer.status != DOSSIER_OK) {
    return Failure(
        fmt::format("stop() says so, and process() returns status {} ({}) instead of "
                    "CANCELLED (1)",
                    answer.status, answer.error));
  }
  return took;
}

// Whether a call that was stopped at once ended soon, or at least well before the work was done: a
// plugin that reads a megabyte in no time need not ask.
absl::Status CheckStopTime(Trial& trial, const Instance& instance, const Material& material) {
  constexpr milliseconds kLimit{100};
  trial.report().Doing("reading 1 MB with a host that says stop at once");
  ASSIGN_OR_RETURN(const nanoseconds stopped, TimeStopped(instance, material, 0));
  trial.report().Note(fmt::format("1 MB takes {} ms when it is stopped at once",
                                  duration_cast<milliseconds>(stopped).count()));
  if (stopped <= kLimit) {
    return absl::OkStatus();
  }
  trial.report().Doing("reading 1 MB");
  ASSIGN_OR_RETURN(const nanoseconds whole, TimeStopped(instance, material, UINT64_MAX));
  return stopped < whole / 2
             ? absl::OkStatus()
             : Failure(fmt::format("it takes {} ms of processor time for 1 MB when it is told to "
                                   "stop at once, and {} ms when it is not; ask stop() once a "
                                   "sentence",
                                   duration_cast<milliseconds>(stopped).count(),
                                   duration_cast<milliseconds>(whole).count()));
}

// Reads the ordinary texts with a host of that age, and as today's host would have them read.
absl::Status CompareWithHost(Trial& trial, HostAge age) {
  ASSIGN_OR_RETURN(const std::vector<Material> materials, trial.OrdinaryMaterial());
  ASSIGN_OR_RETURN(const std::unique_ptr<Instance> today, trial.MakeInstance());
  trial.report().Doing("making an instance");
  ASSIGN_OR_RETURN(const std::unique_ptr<Instance> other, trial.MakeInstance(age));
  HostMood mood;
  mood.age = age;
  for (const Material& material : materials) {
    trial.report().Doing(fmt::format("reading the text \"{}\"", material.name));
    if (other->Process(material.input(), mood) != today->Process(material.input())) {
      return Failure(
          fmt::format("text \"{}\": it says something else than with today's host", material.name));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckStop(Trial& trial) {
  constexpr std::size_t kSize = 1'000'000;
  constexpr int kRandomStops = 20;
  ASSIGN_OR_RETURN(const MaterialSource* source, trial.Source());
  ASSIGN_OR_RETURN(const std::unique_ptr<Instance> instance, trial.MakeInstance());
  ASSIGN_OR_RETURN(const std::vector<Material> ordinary, trial.OrdinaryMaterial());
  const Answer before = instance->Process(ordinary.front().input());

  ASSIGN_OR_RETURN(const Material large, source->Make({"1 MB", RepeatTexts(OrdinaryTexts(), kSize)},
                                                      trial.settings().seed));
  RETURN_IF_ERROR(CheckStopTime(trial, *instance, large));
  std::mt19937_64 random(trial.settings().seed);
  for (int i = 0; i < kRandomStops; ++i) {
    const Material& material = ordinary[random() % ordinary.size()];
    const uint64_t questions = random() % (before.stop_questions + 1);
    trial.report().Doing(
        fmt::format("reading the text \"{}\", stopped at question {}", material.name, questions));
    RETURN_IF_ERROR(TimeStopped(*instance, material, questions).status());
  }
  trial.report().Doing("reading after it was stopped");
  return instance->Process(ordinary.front().input()) == before
             ? absl::OkStatus()
             : Failure("once it has been stopped, it says something else of the next document");
}

absl::Status CheckRefusingSink(Trial& trial) {
  ASSIGN_OR_RETURN(const std::vector<Material> materials, trial.OrdinaryMaterial());
  ASSIGN_OR_RETURN(const std::unique_ptr<Instance> instance, trial.MakeInstance());
  HostMood mood;
  mood.refuses_everything = true;
  for (const Material& material : materials) {
    trial.report().Doing(
        fmt::format("reading the text \"{}\" for a host that refuses everything", material.name));
    const Answer answer = instance->Process(material.input(), mood);
    if (answer.status != DOSSIER_OK && answer.error.empty()) {
      return Failure(fmt::format("text \"{}\": process() returns status {} and tells no reason",
                                 material.name, answer.status));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckOldHost(Trial& trial) { return CompareWithHost(trial, HostAge::kOldest); }
absl::Status CheckFutureHost(Trial& trial) { return CompareWithHost(trial, HostAge::kFuture); }

}  // namespace dossier::validator
