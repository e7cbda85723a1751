#include "server/query/evidence_filter.h"

#include <fmt/format.h>

#include "server/base/coding.h"

namespace dossier {

absl::StatusOr<EvidenceFilter> EvidenceFilter::Create(std::span<const Polarity> polarities,
                                                      std::span<const Modality> modalities,
                                                      double min_confidence) {
  if (!(min_confidence >= 0 && min_confidence <= 1)) {
    return absl::InvalidArgumentError(
        fmt::format("min_confidence is {}; it must be from 0 to 1", min_confidence));
  }
  EvidenceFilter filter;
  filter.min_confidence_ = min_confidence;
  if (!polarities.empty()) {
    filter.polarities_ = 0;
    for (const Polarity polarity : polarities) {
      filter.polarities_ |= Bit(polarity);
    }
  }
  if (!modalities.empty()) {
    filter.modalities_ = 0;
    for (const Modality modality : modalities) {
      filter.modalities_ |= Bit(modality);
    }
  }
  return filter;
}

bool EvidenceFilter::Matches(const Evidence& evidence) const {
  return (polarities_ & Bit(evidence.polarity)) != 0 &&
         (modalities_ & Bit(evidence.modality)) != 0 && evidence.confidence >= min_confidence_ &&
         (!time_ || (evidence.time && Overlaps(*evidence.time, *time_)));
}

bool EvidenceFilter::MayMatch(const StanceCounts& stances) const {
  for (const Polarity polarity : {Polarity::kPositive, Polarity::kNegative}) {
    if ((polarities_ & Bit(polarity)) == 0) {
      continue;
    }
    for (auto modality = Modality::kAsserted; modality <= Modality::kDenied;
         modality = static_cast<Modality>(static_cast<uint8_t>(modality) + 1)) {
      if ((modalities_ & Bit(modality)) != 0 && stances.at(polarity, modality) > 0) {
        return true;
      }
    }
  }
  return false;
}

void EvidenceFilter::AppendTo(std::string* bytes) const {
  PutVarint(bytes, polarities_);
  PutVarint(bytes, modalities_);
  PutDouble(bytes, min_confidence_);
  PutVarint(bytes, time_.has_value());
  if (time_) {
    PutString(bytes, time_->from);
    PutString(bytes, time_->to);
  }
}

}  // namespace dossier
