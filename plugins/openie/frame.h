// What one clause says, before anybody decides how to show it. The rules make frames; tuples.h and
// triples.h render them. All positions are token numbers of the frame's sentence.
#ifndef DOSSIER_PLUGINS_OPENIE_FRAME_H_
#define DOSSIER_PLUGINS_OPENIE_FRAME_H_

#include <cstdint>
#include <vector>

#include "plugins/openie/tree.h"

namespace dossier::openie {

// Which rule made the frame; its example is what the rule reads.
enum class Rule : uint8_t {
  kMain,        // "The envoy LEFT."
  kConjunct,    // "The envoy came and LEFT."
  kComplement,  // "They say that the envoy LEFT."
  kOpen,        // "They let the envoy LEAVE."
  kAdverbial,   // "LEAVING the hall, the envoy smiled."
  kPurpose,     // "The envoy came TO LEAVE a letter."
  kParticiple,  // "the envoy LEAVING the hall"
  kInfinitive,  // "a plan TO LEAVE"
  kRelative,    // "the envoy who LEFT"
  kParataxis,   // "The envoy, they SAY, has gone."
  kApposition,  // "the envoy, A LAWYER, ..."
  kTitle,       // "ENVOY Ann Lee"
  kPossessive,  // "the envoy 'S letter"
  kInclusion,   // "cities INCLUDING Rome"
  kLocation,    // "the envoys IN ROME"
  kNominal,     // "the union's EXPULSION of the envoy"
  kCount
};

const char* RuleName(Rule rule);

// What a token does in the clause.
enum class Slot : uint8_t {
  kObject,
  kIndirect,
  kPredicate,    // "is RARE", "became A LAWYER"
  kOblique,      // "in Rome"
  kAgent,        // "by the envoy"
  kUnmarked,     // "last week"
  kAdverb,       // "soon"
  kContent,      // "that the envoy left"
  kOpenContent,  // "to leave"
  kAdverbial,    // "because it rained"
};

struct Argument {
  Slot slot = Slot::kObject;
  int head = kNone;
  int cut = kNone;      // a dependent whose subtree is left out: the clause itself
  int marker = kNone;   // whose prepositions count, when not the head's: "the hall IN which"
  bool shared = false;  // stands with another clause and holds for this one too
};

enum class Polarity : uint8_t { kPositive, kNegative };
enum class Modality : uint8_t { kAsserted, kReported, kPlanned, kPossible, kConditional, kDenied };

struct Frame {
  Rule rule = Rule::kMain;
  int head = kNone;        // its content word, the last of the chain
  std::vector<int> chain;  // "was EXPECTED to BEGIN to SEND": verbs, outermost first
  int parent = kNone;      // frame of the clause it depends on
  bool passive = false;
  bool copular = false;      // the head is a predicate noun or adjective
  bool existential = false;  // "there is"
  bool supplied = false;     // the text has no verb for it; "be", "have" or "include" is supplied
  bool has_subject = false;
  bool borrowed = false;  // the subject stands in another clause
  std::vector<int> borrowed_auxiliaries;
  Argument subject;
  std::vector<Argument> arguments;  // as they stand in the text
  Polarity polarity = Polarity::kPositive;
  Modality modality = Modality::kAsserted;
  std::vector<int> sources;  // heads of who says so, outermost first
  double confidence = 0;

  void SetSubject(const Argument& argument) {
    subject = argument;
    has_subject = true;
  }
};

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_FRAME_H_
