// Checks of what a plugin says about texts and layers of every kind.
#include <fmt/format.h>

#include <algorithm>

#include "plugins/validator/check.h"
#include "server/base/status_macros.h"

namespace dossier::validator {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;

// The check of one answer that must say OK.
absl::Status ExpectOk(const Answer& answer, std::string_view sample) {
  RETURN_IF_ERROR(CheckAnswer(answer, sample));
  return answer.status == DOSSIER_OK
             ? absl::OkStatus()
             : Failure(fmt::format("text \"{}\": process() returns status {}: {}", sample,
                                   answer.status, answer.error));
}

absl::StatusOr<nanoseconds> TimeOf(Trial& trial, const Instance& instance, std::size_t size) {
  ASSIGN_OR_RETURN(const MaterialSource* source, trial.Source());
  const Sample sample = {fmt::format("{} kB", size / 1000), RepeatTexts(OrdinaryTexts(), size)};
  trial.report().Doing("making layers for " + sample.name);
  ASSIGN_OR_RETURN(const Material material, source->Make(sample, trial.settings().seed));
  trial.report().Doing("reading " + sample.name);
  const nanoseconds start = ProcessorTime();
  const Answer answer = instance.Process(material.input());
  const nanoseconds took = ProcessorTime() - start;
  RETURN_IF_ERROR(ExpectOk(answer, sample.name));
  return took;
}

// Calls process() without the layer at `missing`.
Answer ProcessWithout(const Instance& instance, const Material& material, std::size_t missing) {
  DocumentInput input = material.input();
  input.layers.erase(input.layers.begin() + static_cast<std::ptrdiff_t>(missing));
  return instance.Process(input);
}

}  // namespace

absl::Status CheckOutput(Trial& trial) {
  ASSIGN_OR_RETURN(const std::vector<Material> materials, trial.OrdinaryMaterial());
  ASSIGN_OR_RETURN(const std::unique_ptr<Instance> instance, trial.MakeInstance());
  std::size_t mentions = 0;
  std::size_t triples = 0;
  for (const Material& material : materials) {
    trial.report().Doing(fmt::format("reading the text \"{}\"", material.name));
    const Answer answer = instance->Process(material.input());
    RETURN_IF_ERROR(ExpectOk(answer, material.name));
    mentions += answer.output.mentions.size();
    triples += answer.output.triples.size();
  }
  trial.report().Note(
      fmt::format("{} mentions and {} triples in {} texts", mentions, triples, materials.size()));
  return absl::OkStatus();
}

absl::Status CheckDeclared(Trial& trial) {
  ASSIGN_OR_RETURN(const std::vector<Material> materials, trial.OrdinaryMaterial());
  ASSIGN_OR_RETURN(const std::unique_ptr<Instance> instance, trial.MakeInstance());
  for (const Material& material : materials) {
    trial.report().Doing(fmt::format("reading the text \"{}\"", material.name));
    const Answer answer = instance->Process(material.input());
    if (!answer.undeclared.empty()) {
      return Failure(fmt::format("it emits {}, which its manifest does not declare",
                                 fmt::join(answer.undeclared, ", ")));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckOddTexts(Trial& trial) {
  ASSIGN_OR_RETURN(const MaterialSource* source, trial.Source());
  ASSIGN_OR_RETURN(const std::unique_ptr<Instance> instance, trial.MakeInstance());
  for (const Sample& sample : OddTexts()) {
    trial.report().Doing(fmt::format("reading the text \"{}\"", sample.name));
    ASSIGN_OR_RETURN(const Material material, source->Make(sample, trial.settings().seed));
    RETURN_IF_ERROR(ExpectOk(instance->Process(material.input()), sample.name));
  }
  trial.report().Note(fmt::format("{} texts", OddTexts().size()));
  return absl::OkStatus();
}

// Ten times the text in ten times the time. 1 and 10 MB, unless that would take longer than half of
// the time that the check has: then a tenth of it, as the note says.
absl::Status CheckLargeText(Trial& trial) {
  constexpr int kTimes = 10;
  std::size_t size = 1'000'000;
  ASSIGN_OR_RETURN(const std::unique_ptr<Instance> instance, trial.MakeInstance());
  ASSIGN_OR_RETURN(const nanoseconds tenth, TimeOf(trial, *instance, size / kTimes));
  const bool slow = kTimes * kTimes * tenth > trial.settings().time_limit / 2;
  size = slow ? size / kTimes : size;
  ASSIGN_OR_RETURN(const nanoseconds small, TimeOf(trial, *instance, size));
  ASSIGN_OR_RETURN(const nanoseconds large, TimeOf(trial, *instance, size * kTimes));
  const std::string figures =
      fmt::format("{} kB take {} ms of processor time, {} kB {} ms{}", size / 1000,
                  duration_cast<milliseconds>(small).count(), size * kTimes / 1000,
                  duration_cast<milliseconds>(large).count(),
                  slow ? "; 10 MB would take more than half of --time-limit" : "");
  trial.report().Note(figures);
  // Four times that leaves room for caches, and time that grows with the square takes a hundred.
  return large <= 4 * kTimes * std::max<nanoseconds>(small, milliseconds(5))
             ? absl::OkStatus()
             : Failure("its time is not linear in the text: " + figures);
}

absl::Status CheckMissingLayers(Trial& trial) {
  ASSIGN_OR_RETURN(const MaterialSource* source, trial.Source());
  ASSIGN_OR_RETURN(const std::unique_ptr<Instance> instance, trial.MakeInstance());
  ASSIGN_OR_RETURN(const Material material,
                   source->Make(OrdinaryTexts().front(), trial.settings().seed));
  for (std::size_t i = 0; i < material.layers.size(); ++i) {
    const std::string& layer = material.layers[i].name;
    trial.report().Doing(fmt::format("reading a document without the layer {}", layer));
    const Answer answer = ProcessWithout(*instance, material, i);
    const bool refused = answer.status == DOSSIER_FAILED_PRECONDITION && !answer.error.empty();
    if (!refused && answer.status != DOSSIER_OK) {
      return Failure(
          fmt::format("without the layer {}, process() returns status {} ({}) instead "
                      "of FAILED_PRECONDITION (9) with a text",
                      layer, answer.status, answer.error.empty() ? "no text" : answer.error));
    }
  }
  trial.report().Note(material.layers.empty() ? "it requires none" : "");
  return absl::OkStatus();
}

absl::Status CheckEmptyLayers(Trial& trial) {
  ASSIGN_OR_RETURN(const MaterialSource* source, trial.Source());
  ASSIGN_OR_RETURN(const std::unique_ptr<Instance> instance, trial.MakeInstance());
  // The layers of a text without a word, over one with many.
  ASSIGN_OR_RETURN(const Material empty, source->Make({"no word", " "}, trial.settings().seed));
  ASSIGN_OR_RETURN(Material material, source->Make(OrdinaryTexts().front(), trial.settings().seed));
  material.layers = empty.layers;
  trial.report().Doing("reading a document whose layers have no rows");
  trial.report().Note(material.layers.empty() ? "it requires none" : "");
  return ExpectOk(instance->Process(material.input()), "with empty layers");
}

}  // namespace dossier::validator
