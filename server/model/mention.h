#ifndef DOSSIER_SERVER_MODEL_MENTION_H_
#define DOSSIER_SERVER_MODEL_MENTION_H_

#include <cstdint>
#include <string>

#include "server/model/ids.h"
#include "server/model/span.h"

namespace dossier {

// The numbers are stored: they never change.
enum class MentionKind : uint8_t { kName = 1, kNominal = 2, kPronoun = 3 };

// A place in a document that names an entity, and the rule that linked the two.
struct Mention {
  Span span;
  MentionKind kind = MentionKind::kNominal;
  EntityId entity;
  std::string type;       // its vote for the entity's type; empty: none
  std::string name;       // its vote for the entity's names; empty: none
  std::string rule;       // which linked the two: see server/ingest/RESOLUTION.md
  double confidence = 1;  // of the link, 0 to 1
  // The key that the document gives it, from where merges and splits led on to the entity's; empty:
  // it is the entity's.
  std::string key;

  friend bool operator==(const Mention&, const Mention&) = default;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_MODEL_MENTION_H_
