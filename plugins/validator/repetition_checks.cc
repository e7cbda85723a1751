// Checks that the same document gives the same answer, whatever stands around the call.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <thread>

#include "plugins/validator/check.h"
#include "server/base/status_macros.h"

namespace dossier::validator {
namespace {

using Answers = std::vector<Answer>;

Answers ReadAll(Trial& trial, const Instance& instance, const std::vector<Material>& materials) {
  Answers answers;
  for (const Material& material : materials) {
    trial.report().Doing(fmt::format("reading the text \"{}\"", material.name));
    answers.push_back(instance.Process(material.input()));
  }
  return answers;
}

// Where two readings of the same texts part.
absl::Status Compare(const Answers& first, const Answers& second,
                     const std::vector<Material>& materials, std::string_view circumstance) {
  for (std::size_t i = 0; i < materials.size(); ++i) {
    if (first[i] != second[i]) {
      return Failure(fmt::format(
          "text \"{}\": {} mentions and {} triples with status {} at first, {} and {} with status "
          "{} {}",
          materials[i].name, first[i].output.mentions.size(), first[i].output.triples.size(),
          first[i].status, second[i].output.mentions.size(), second[i].output.triples.size(),
          second[i].status, circumstance));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckDeterminism(Trial& trial) {
  ASSIGN_OR_RETURN(const std::vector<Material> materials, trial.OrdinaryMaterial());
  ASSIGN_OR_RETURN(const std::unique_ptr<Instance> instance, trial.MakeInstance());
  const Answers first = ReadAll(trial, *instance, materials);
  RETURN_IF_ERROR(
      Compare(first, ReadAll(trial, *instance, materials), materials, "the second time"));

  std::vector<Material> backwards(materials.rbegin(), materials.rend());
  Answers in_reverse = ReadAll(trial, *instance, backwards);
  std::reverse(in_reverse.begin(), in_reverse.end());
  RETURN_IF_ERROR(Compare(first, in_reverse, materials, "in another order"));

  // What lies at other addresses must not come in another order.
  const std::vector<std::string> elsewhere(1000, std::string(777, 'x'));
  ASSIGN_OR_RETURN(const std::unique_ptr<Instance> another, trial.MakeInstance());
  return Compare(first, ReadAll(trial, *another, materials), materials, "with another instance");
}

absl::Status CheckThreads(Trial& trial) {
  constexpr std::size_t kThreads = 4;
  constexpr int kRounds = 20;
  ASSIGN_OR_RETURN(const Library* library, trial.Load());
  ASSIGN_OR_RETURN(const std::vector<Material> materials, trial.OrdinaryMaterial());
  const bool reentrant = (library->extractor().flags & DOSSIER_REENTRANT) != 0;
  std::vector<std::unique_ptr<Instance>> instances;
  for (std::size_t i = 0; i < (reentrant ? 1 : kThreads); ++i) {
    ASSIGN_OR_RETURN(std::unique_ptr<Instance> instance, trial.MakeInstance());
    instances.push_back(std::move(instance));
  }
  const Answers alone = ReadAll(trial, *instances[0], materials);

  trial.report().Doing(fmt::format("reading on {} threads, {}", kThreads,
                                   reentrant ? "one instance" : "an instance each"));
  std::array<absl::Status, kThreads> results;
  const auto read = [&](std::size_t thread) {
    const Instance& instance = *instances[thread % instances.size()];
    for (int round = 0; round < kRounds && !trial.half_time(); ++round) {
      Answers answers(materials.size());
      for (std::size_t i = 0; i < materials.size(); ++i) {
        const std::size_t at = (i + thread) % materials.size();  // not all the same at once
        answers[at] = instance.Process(materials[at].input());
      }
      results[thread].Update(Compare(alone, answers, materials, "beside other threads"));
    }
  };
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < kThreads; ++i) {
      threads.emplace_back(read, i);
    }
  }
  trial.report().Note(reentrant ? "on one instance" : "on an instance each");
  for (const absl::Status& result : results) {
    RETURN_IF_ERROR(result);
  }
  return absl::OkStatus();
}

}  // namespace dossier::validator
