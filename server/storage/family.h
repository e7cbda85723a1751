// The one catalogue of key families: what the database holds, under which keys, and how each is
// read. A store makes its tables from it; FORMAT.md gives the grammar of every key and value.
#ifndef DOSSIER_SERVER_STORAGE_FAMILY_H_
#define DOSSIER_SERVER_STORAGE_FAMILY_H_

#include <cstddef>
#include <cstdint>
#include <span>

namespace dossier {

// The format that this build writes. A store refuses a newer one.
inline constexpr uint32_t kFormatVersion = 1;

enum class Family : uint8_t {
  kMeta,          // format version, namespaces, id counters, totals
  kTerm,          // id -> predicate, literal or extractor, with its number of references
  kTermRev,       // bytes -> id
  kSpo,           // subject, predicate, object -> triple
  kPos,           // predicate, object, subject -> triple
  kOsp,           // object, subject, predicate -> triple
  kTriple,        // triple -> subject, predicate, object, counters
  kEvidence,      // triple, document, run, ordinal -> evidence
  kByDoc,         // document, run, ordinal -> the triple or entity that it supports
  kByRun,         // run -> the documents it read
  kEntity,        // entity -> names, types, number of mentions
  kAlias,         // folded name -> entities
  kMention,       // entity, document, run, ordinal -> mention
  kDocument,      // document -> metadata
  kText,          // document -> text
  kSketch,        // document -> what its text and sentences are recognised by
  kChange,        // revision -> event
  kHistory,       // what keys of other families held until a commit changed them
  kHistoryLog,    // commit -> the keys of history that it wrote
  kMergeLog,      // merges and splits: what was decided, and where keys lead by it
  kReextraction,  // other extractors tried over documents, and what they said
  kAgainst,       // predicate, subject, object -> triple: only those that somebody speaks against
  kFigures,       // likewise: only those that are stated with a quantity
};

inline constexpr std::size_t kFamilyCount = 23;

// How the keys of a family are looked for, which decides the filter that a table file gets.
enum class Lookup : uint8_t {
  kNone,    // small, or only walked: no filter
  kKey,     // whole keys
  kPrefix,  // the first `prefix_bytes` of a key
  kKeyAndPrefix,
};

struct FamilyInfo {
  Family family;
  const char* name;  // of the table; never changes
  const char* key;   // its shape, as in FORMAT.md
  Lookup lookup;
  std::size_t prefix_bytes;  // every key is at least so long; 0 without a prefix
  bool large_values;         // values of many kilobytes: kept apart from the keys
  uint32_t since_version;    // the format version that introduced it
};

// Every family, in the order of the enumeration.
std::span<const FamilyInfo, kFamilyCount> Catalogue();

const FamilyInfo& InfoOf(Family family);

}  // namespace dossier

#endif  // DOSSIER_SERVER_STORAGE_FAMILY_H_
