// What an extractor says, as plain values that own their strings. The meaning of every field is in
// plugins/abi/dossier_plugin.h. Every field has a default, so that Mention{.span = span} is whole.
#ifndef DOSSIER_PLUGINS_SDK_STATEMENTS_H_
#define DOSSIER_PLUGINS_SDK_STATEMENTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plugins/abi/dossier_plugin.h"
#include "plugins/sdk/document.h"

namespace dossier::sdk {

enum class MentionKind : uint32_t {
  kName = DOSSIER_MENTION_NAME,
  kNominal = DOSSIER_MENTION_NOMINAL,
  kPronoun = DOSSIER_MENTION_PRONOUN,
};

enum class Polarity : uint32_t {
  kPositive = DOSSIER_POSITIVE,
  kNegative = DOSSIER_NEGATIVE,
};

enum class Modality : uint32_t {
  kAsserted = DOSSIER_ASSERTED,
  kReported = DOSSIER_REPORTED,
  kPlanned = DOSSIER_PLANNED,
  kPossible = DOSSIER_POSSIBLE,
  kConditional = DOSSIER_CONDITIONAL,
  kDenied = DOSSIER_DENIED,
};

enum class Bound : uint32_t {
  kExact = DOSSIER_EXACT,
  kAtLeast = DOSSIER_AT_LEAST,
  kAtMost = DOSSIER_AT_MOST,
  kAbout = DOSSIER_ABOUT,
};

enum class Role : uint32_t {
  kTime = DOSSIER_ROLE_TIME,
  kPlace = DOSSIER_ROLE_PLACE,
  kPurpose = DOSSIER_ROLE_PURPOSE,
  kQuantity = DOSSIER_ROLE_QUANTITY,
  kWith = DOSSIER_ROLE_WITH,
  kTo = DOSSIER_ROLE_TO,
  kFrom = DOSSIER_ROLE_FROM,
  kOf = DOSSIER_ROLE_OF,
  kOther = DOSSIER_ROLE_OTHER,
};

enum class LiteralType : uint32_t {
  kNone = DOSSIER_LITERAL_NONE,
  kText = DOSSIER_LITERAL_TEXT,
  kNumber = DOSSIER_LITERAL_NUMBER,
  kTime = DOSSIER_LITERAL_TIME,
};

struct Mention {
  Span span = {};
  MentionKind kind = MentionKind::kName;
  std::string type = {};
  std::string name = {};
  uint32_t antecedent = kNoId;
  double confidence = 1;
  std::string rule = {};
};

struct Quantity {
  double value = 0;
  double high = 0;
  Bound bound = Bound::kExact;
  std::string unit = {};
};

struct TimeRange {
  std::string from = {};
  std::string to = {};
};

struct Qualifier {
  Role role = Role::kOther;
  Span span = {};
  uint32_t mention = kNoId;
  std::optional<TimeRange> time = {};
  std::optional<Quantity> quantity = {};
};

struct Attribution {
  Span span = {};
  uint32_t mention = kNoId;
};

struct Literal {
  LiteralType type = LiteralType::kNone;
  Span span = {};
  std::string value = {};
};

struct Triple {
  Span span = {};
  uint32_t subject = kNoId;
  uint32_t object = kNoId;  // kNoId: the literal is the object
  Literal literal = {};
  std::string predicate = {};
  Span predicate_span = {};
  Polarity polarity = Polarity::kPositive;
  Modality modality = Modality::kAsserted;
  double confidence = 1;
  std::optional<TimeRange> time = {};
  std::optional<Quantity> quantity = {};
  std::vector<Qualifier> qualifiers = {};
  std::vector<Attribution> attributions = {};  // outermost speaker first
  std::string rule = {};
};

struct Proposition {
  Span span = {};
  double confidence = 1;
  std::string relation = {};
  std::vector<std::string> arguments = {};  // the subject first
};

}  // namespace dossier::sdk

#endif  // DOSSIER_PLUGINS_SDK_STATEMENTS_H_
