#include "client/cli/stance.h"

#include <algorithm>

#include "client/cli/evidence_json.h"

namespace dossier::cli {
namespace {

template <class Enum>
struct Value {
  std::string word;
  Enum value;
};

std::vector<Value<v1::Polarity>> Polarities() {
  std::vector<Value<v1::Polarity>> values;
  for (int i = v1::Polarity_MIN + 1; i <= v1::Polarity_MAX; ++i) {
    values.push_back({PolarityWord(v1::Polarity(i)), v1::Polarity(i)});
  }
  return values;
}

std::vector<Value<v1::Modality>> Modalities() {
  std::vector<Value<v1::Modality>> values;
  for (int i = v1::Modality_MIN + 1; i <= v1::Modality_MAX; ++i) {
    values.push_back({ModalityWord(v1::Modality(i)), v1::Modality(i)});
  }
  return values;
}

template <class Enum>
std::vector<std::string> Words(const std::vector<Value<Enum>>& values) {
  std::vector<std::string> words;
  for (const auto& value : values) {
    words.push_back(value.word);
  }
  return words;
}

template <class Enum>
bool Has(const std::vector<std::string>& words, const Value<Enum>& value) {
  return std::find(words.begin(), words.end(), value.word) != words.end();
}

}  // namespace

void TimeOptions::AddTo(CLI::App& command) {
  command.add_option("--from", from_, "Only what was so on this date (2025-03-01) or after");
  command.add_option("--to", to_, "Only what was so on this date or before");
}

v1::TimeInterval TimeOptions::Interval() const {
  v1::TimeInterval interval;
  interval.set_from(from_);
  interval.set_to(to_);
  return interval;
}

void StanceOptions::AddTo(CLI::App& command) {
  command.add_option("--polarity", polarities_, "Evidence of these polarities; default positive")
      ->delimiter(',')
      ->check(CLI::IsMember(Words(Polarities())));
  command
      .add_option("--modality", modalities_,
                  "Evidence of these modalities; default asserted,reported")
      ->delimiter(',')
      ->check(CLI::IsMember(Words(Modalities())));
  command.add_flag("--any", any_, "Evidence of every polarity and modality");
  command.add_option("--min-confidence", min_confidence_, "Evidence of at least this confidence")
      ->check(CLI::Range(0.0, 1.0));
  time_.AddTo(command);
}

v1::EvidenceFilter StanceOptions::Filter() const {
  v1::EvidenceFilter filter;
  filter.set_min_confidence(min_confidence_);
  if (time_.given()) {
    *filter.mutable_time() = time_.Interval();
  }
  if (any_) {
    EveryStance(&filter);
    return filter;
  }
  for (const auto& polarity : Polarities()) {
    if (Has(polarities_, polarity)) {
      filter.add_polarities(polarity.value);
    }
  }
  for (const auto& modality : Modalities()) {
    if (Has(modalities_, modality)) {
      filter.add_modalities(modality.value);
    }
  }
  return filter;
}

void EveryStance(v1::EvidenceFilter* filter) {
  for (const auto& polarity : Polarities()) {
    filter->add_polarities(polarity.value);
  }
  for (const auto& modality : Modalities()) {
    filter->add_modalities(modality.value);
  }
}

}  // namespace dossier::cli
