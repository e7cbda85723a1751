// The check with chance in it: each round has a seed that makes it again.
#include <fmt/format.h>

#include <random>

#include "plugins/validator/check.h"
#include "server/base/status_macros.h"

namespace dossier::validator {
namespace {

const Sample& PickSample(const Settings& settings, std::mt19937_64* random) {
  const auto& ordinary = OrdinaryTexts();
  const auto& odd = OddTexts();
  const std::size_t at =
      (*random)() % (ordinary.size() + settings.texts.size() + (ordinary.size() + 1) / 2);
  if (at < ordinary.size()) {
    return ordinary[at];
  }
  return at < ordinary.size() + settings.texts.size() ? settings.texts[at - ordinary.size()]
                                                      : odd[(*random)() % odd.size()];
}

// A document drawn by `seed`, read twice: with a host of today's, and with one whose memory ends
// where it says.
absl::Status RunRound(Trial& trial, const Instance& instance, uint64_t seed) {
  ASSIGN_OR_RETURN(const MaterialSource* source, trial.Source());
  std::mt19937_64 random(seed);
  const Sample& sample = PickSample(trial.settings(), &random);
  const Sample mutated = {sample.name + ", changed", Mutate(sample.text, &random)};
  trial.report().Doing(fmt::format("making layers for the text \"{}\"", mutated.name));
  ASSIGN_OR_RETURN(const Material material, source->MakeWild(mutated, seed));
  trial.report().Doing(fmt::format("reading the text \"{}\"", mutated.name));
  HostMood mood;
  mood.age = HostAge::kOldest;
  const Answer answer = instance.Process(material.input(), mood);
  RETURN_IF_ERROR(CheckAnswer(answer, mutated.name));
  if (!answer.undeclared.empty()) {
    return Failure(fmt::format("it emits {}, which its manifest does not declare",
                               fmt::join(answer.undeclared, ", ")));
  }
  return instance.Process(material.input()) == answer
             ? absl::OkStatus()
             : Failure(fmt::format("text \"{}\": it says something else the second time",
                                   mutated.name));
}

}  // namespace

absl::Status CheckFuzz(Trial& trial) {
  ASSIGN_OR_RETURN(const std::unique_ptr<Instance> instance, trial.MakeInstance());
  uint32_t round = 0;
  for (; round < trial.settings().rounds && !trial.half_time(); ++round) {
    const uint64_t seed = trial.settings().seed + round;
    trial.report().set_seed(seed);
    RETURN_IF_ERROR(RunRound(trial, *instance, seed));
  }
  trial.report().Note(fmt::format("{} rounds", round));
  return absl::OkStatus();
}

}  // namespace dossier::validator
