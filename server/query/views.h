// What a reader of the graph sees: plain values with names and quoted words in the place of ids.
// Every view is of one snapshot and owns its bytes.
#ifndef DOSSIER_SERVER_QUERY_VIEWS_H_
#define DOSSIER_SERVER_QUERY_VIEWS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "server/model/document.h"
#include "server/model/entity.h"
#include "server/model/evidence.h"
#include "server/model/ids.h"
#include "server/model/mention.h"
#include "server/model/run.h"
#include "server/model/triple.h"
#include "server/storage/merge_log.h"
#include "server/storage/reextraction.h"

namespace dossier {

// An entity in short. None: id invalid, the rest empty.
struct EntityView {
  EntityId id;
  std::string name;  // the commonest in the texts
  std::string type;  // empty: unknown

  friend bool operator==(const EntityView&, const EntityView&) = default;
};

// An entity with its names.
struct EntityDetails {
  EntityView entity;
  std::vector<Vote> names;  // commonest first; at most kMaxNamesBytes of them
  uint64_t mentions = 0;

  friend bool operator==(const EntityDetails&, const EntityDetails&) = default;
};

struct TripleView {
  TripleId id;
  EntityView subject;
  std::string predicate;
  std::variant<EntityView, Literal> object;
  uint64_t documents = 0;  // that hold evidence of any stance
  StanceCounts stances;

  friend bool operator==(const TripleView&, const TripleView&) = default;
};

// The words of a span and the entity that they name, if any.
struct QuoteView {
  std::string text;
  EntityView entity;

  friend bool operator==(const QuoteView&, const QuoteView&) = default;
};

// Quoted words end after kMaxQuoteBytes, those of a sentence after kMaxSentenceBytes. They are
// empty where the span is.
struct EvidenceView {
  TripleView triple;
  std::string document_id;
  Evidence evidence;
  std::string sentence;
  std::string subject;
  std::string predicate;
  std::string object;
  std::vector<QuoteView> qualifiers;    // of evidence.qualifiers, one each
  std::vector<QuoteView> attributions;  // of evidence.attributions, one each
  Extractor extractor;

  friend bool operator==(const EvidenceView&, const EvidenceView&) = default;
};

// A place that names an entity, and why the two are linked.
struct MentionView {
  EntityView entity;
  std::string document_id;
  Mention mention;
  std::string text;     // the words of the span
  std::string context;  // the same with the words around them
  Extractor extractor;
  std::vector<MergeId> merges;  // that led it to the entity, in order

  friend bool operator==(const MentionView&, const MentionView&) = default;
};

// Evidence with what is known of its document.
struct StatementView {
  EvidenceView evidence;
  std::string title;
  std::string source;     // publisher
  std::string published;  // empty: unknown

  friend bool operator==(const StatementView&, const StatementView&) = default;
};

// A decision about who is who.
struct MergeView {
  MergeId id;
  MergeRecord record;
  EntityView entity;  // that its target leads to now; none: no document speaks of it

  friend bool operator==(const MergeView&, const MergeView&) = default;
};

// A reextraction with the ids of the documents that it is limited to.
struct ReextractionView {
  std::string id;
  ReextractionRecord record;
  std::vector<std::string> documents;

  friend bool operator==(const ReextractionView&, const ReextractionView&) = default;
};

struct DocumentView {
  Document document;  // the text only when asked for
  uint64_t text_bytes = 0;
  std::string text_sha256;  // in hex
  Revision revision;        // the commit that holds it
  uint64_t mentions = 0;    // what it supports
  uint64_t triples = 0;
  uint64_t evidence = 0;
};

inline constexpr std::size_t kMaxNamesBytes = 64u << 10;
inline constexpr std::size_t kMaxQuoteBytes = 4u << 10;
inline constexpr std::size_t kContextBytes = 80;  // on either side of a mention
inline constexpr std::size_t kMaxSentenceBytes = 64u << 10;

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_VIEWS_H_
