#ifndef DOSSIER_SERVER_QUERY_EVIDENCE_FILTER_H_
#define DOSSIER_SERVER_QUERY_EVIDENCE_FILTER_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "server/model/evidence.h"

namespace dossier {

// Which evidence a query looks at. A new one is the default view, what the documents hold to be so:
// positive evidence that is asserted or reported.
class EvidenceFilter {
 public:
  EvidenceFilter() = default;

  // Empty lists stand for those of the default view. INVALID_ARGUMENT: min_confidence is not in
  // [0, 1].
  static absl::StatusOr<EvidenceFilter> Create(std::span<const Polarity> polarities,
                                               std::span<const Modality> modalities,
                                               double min_confidence);

  // Only evidence whose own time overlaps `time`.
  void SetTime(TimeInterval time) { time_ = std::move(time); }

  bool Matches(const Evidence& evidence) const;

  // Whether some of the evidence has a stance that matches. Without needs_evidence() this is the
  // whole answer; with it, only Matches() of each evidence is.
  bool MayMatch(const StanceCounts& stances) const;
  bool needs_evidence() const { return min_confidence_ > 0 || time_.has_value(); }

  // Equal filters, and only those, have equal bytes.
  void AppendTo(std::string* bytes) const;

  friend bool operator==(const EvidenceFilter&, const EvidenceFilter&) = default;

 private:
  static uint32_t Bit(Polarity polarity) { return 1u << static_cast<uint32_t>(polarity); }
  static uint32_t Bit(Modality modality) { return 1u << static_cast<uint32_t>(modality); }

  uint32_t polarities_ = Bit(Polarity::kPositive);
  uint32_t modalities_ = Bit(Modality::kAsserted) | Bit(Modality::kReported);
  double min_confidence_ = 0;
  std::optional<TimeInterval> time_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_EVIDENCE_FILTER_H_
