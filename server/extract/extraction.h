// What extractors say about one document: plain values close to the plugin ABI, checked against the
// document's text by whoever made them (OutputSink). Mentions have indices, not entities yet.
#ifndef DOSSIER_SERVER_EXTRACT_EXTRACTION_H_
#define DOSSIER_SERVER_EXTRACT_EXTRACTION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/extract/layer.h"
#include "server/model/evidence.h"
#include "server/model/mention.h"
#include "server/model/run.h"
#include "server/model/triple.h"

namespace dossier {

// An index into the mentions of the same RunOutput.
using MentionIndex = uint32_t;

struct ExtractedMention {
  Span span;  // never empty
  MentionKind kind = MentionKind::kName;
  std::string type;  // PERSON, ORG, GPE, ...; empty when unknown
  std::string name;  // what to file it under; never empty: its words when the plugin gave none
  std::optional<MentionIndex> antecedent;  // an earlier mention that this one refers to
  double confidence = 1;                   // of the antecedent link, 0 to 1
  std::string rule;                        // which rule linked it

  friend bool operator==(const ExtractedMention&, const ExtractedMention&) = default;
};

struct ExtractedQualifier {
  Role role = Role::kOther;
  Span span;
  std::optional<MentionIndex> mention;
  std::optional<TimeInterval> time;
  std::optional<Quantity> quantity;

  friend bool operator==(const ExtractedQualifier&, const ExtractedQualifier&) = default;
};

struct ExtractedAttribution {
  Span span;
  std::optional<MentionIndex> mention;

  friend bool operator==(const ExtractedAttribution&, const ExtractedAttribution&) = default;
};

struct ExtractedTriple {
  Span sentence;  // never empty
  MentionIndex subject = 0;
  std::optional<MentionIndex> object;  // none: the literal is the object
  Literal literal;                     // value: its words when the plugin gave no other
  Span literal_span;
  std::string predicate;  // never empty
  Span predicate_span;    // empty when it has no words of its own
  Polarity polarity = Polarity::kPositive;
  Modality modality = Modality::kAsserted;
  double confidence = 1;
  std::optional<TimeInterval> time;
  std::optional<Quantity> quantity;
  std::vector<ExtractedQualifier> qualifiers;
  std::vector<ExtractedAttribution> attributions;  // outermost speaker first
  std::string rule;

  friend bool operator==(const ExtractedTriple&, const ExtractedTriple&) = default;
};

// One clause in the sentence's own words; shown, never stored.
struct ExtractedProposition {
  Span sentence;
  double confidence = 1;
  std::string relation;
  std::vector<std::string> arguments;  // the subject first

  friend bool operator==(const ExtractedProposition&, const ExtractedProposition&) = default;
};

// Everything that one extractor said about one document.
struct RunOutput {
  std::vector<ExtractedMention> mentions;
  std::vector<ExtractedTriple> triples;
  std::vector<ExtractedProposition> propositions;
  std::vector<Layer> layers;
  uint64_t refused = 0;               // items that broke the contract and were left out
  std::vector<std::string> refusals;  // why, for the first few of them

  friend bool operator==(const RunOutput&, const RunOutput&) = default;
};

struct ExtractorRun {
  Extractor extractor;
  RunOutput output;
};

// The result of a pipeline over one document, in the order in which the extractors ran.
struct Extraction {
  std::vector<ExtractorRun> runs;
  std::vector<std::string> warnings = {};  // extractors that were left out, and why
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_EXTRACTION_H_
