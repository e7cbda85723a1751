// Evidence: one place in one document that states a triple, and how it states it.
#ifndef DOSSIER_SERVER_MODEL_EVIDENCE_H_
#define DOSSIER_SERVER_MODEL_EVIDENCE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/model/ids.h"
#include "server/model/quantity.h"
#include "server/model/span.h"
#include "server/model/time_interval.h"

namespace dossier {

// The numbers of these enumerations are stored: they never change.
enum class Polarity : uint8_t { kPositive = 1, kNegative = 2 };

enum class Modality : uint8_t {
  kAsserted = 1,     // the document says so itself
  kReported = 2,     // somebody is said to say so
  kPlanned = 3,      // announced, intended, scheduled
  kPossible = 4,     // may, could, likely
  kConditional = 5,  // if, would
  kDenied = 6,       // somebody denies it; the triple states what is denied
};

enum class Role : uint8_t {
  kTime = 1,
  kPlace = 2,
  kPurpose = 3,
  kQuantity = 4,
  kWith = 5,
  kTo = 6,
  kFrom = 7,
  kOf = 8,
  kOther = 9,
};

// A part of the statement beside subject, predicate and object.
struct Qualifier {
  Role role = Role::kOther;
  Span span;
  EntityId entity;       // the entity it names; may be none
  uint32_t mention = 0;  // the ordinal of the mention, when there is an entity
  std::optional<TimeInterval> time;
  std::optional<Quantity> quantity;

  friend bool operator==(const Qualifier&, const Qualifier&) = default;
};

// Who says so. The span may lie outside the sentence.
struct Attribution {
  Span span;
  EntityId entity;       // may be none
  uint32_t mention = 0;  // as in Qualifier

  friend bool operator==(const Attribution&, const Attribution&) = default;
};

struct Evidence {
  Span sentence;  // the sentence, list item or table row; empty only for imported evidence
  Span subject;
  Span predicate;
  Span object;
  uint32_t subject_mention = 0;            // ordinals of mentions of the same run over the document
  std::optional<uint32_t> object_mention;  // none: the object is a literal
  Polarity polarity = Polarity::kPositive;
  Modality modality = Modality::kAsserted;
  double confidence = 1;             // 0 to 1
  std::optional<TimeInterval> time;  // when it was so
  std::optional<Quantity> quantity;  // how many
  std::vector<Qualifier> qualifiers;
  std::vector<Attribution> attributions;  // the chain of speakers, outermost first
  std::string rule;                       // the extractor's name for the rule that made it
  Revision revision;                      // the commit that recorded it

  friend bool operator==(const Evidence&, const Evidence&) = default;
};

// How many pieces of evidence a triple has of each polarity and modality.
class StanceCounts {
 public:
  static constexpr std::size_t kPolarities = 2;
  static constexpr std::size_t kModalities = 6;

  uint64_t& at(Polarity polarity, Modality modality) { return counts_[Index(polarity, modality)]; }
  uint64_t at(Polarity polarity, Modality modality) const {
    return counts_[Index(polarity, modality)];
  }
  uint64_t total() const;

  std::array<uint64_t, kPolarities * kModalities>& values() { return counts_; }
  const std::array<uint64_t, kPolarities * kModalities>& values() const { return counts_; }

  friend bool operator==(const StanceCounts&, const StanceCounts&) = default;

 private:
  static std::size_t Index(Polarity polarity, Modality modality) {
    return (static_cast<std::size_t>(polarity) - 1) * kModalities +
           (static_cast<std::size_t>(modality) - 1);
  }

  std::array<uint64_t, kPolarities * kModalities> counts_{};
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_MODEL_EVIDENCE_H_
