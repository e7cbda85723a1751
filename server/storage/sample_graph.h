// A small graph, whole and valid, made straight from keys and records: for tests and benchmarks of
// what reads one. Deterministic for a seed.
#ifndef DOSSIER_SERVER_STORAGE_SAMPLE_GRAPH_H_
#define DOSSIER_SERVER_STORAGE_SAMPLE_GRAPH_H_

#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "server/storage/keys.h"
#include "server/storage/records.h"
#include "server/storage/store.h"

namespace dossier {

// One namespace. Every document has `sentences` statements about a few of `entities` things.
class SampleGraph {
 public:
  // `state` outlives this; several namespaces of a database share it.
  SampleGraph(std::string name, uint32_t seed, DatabaseState* state);

  NamespaceId ns() const { return ns_; }

  // Adds all records of a new document that no other document shares to *batch.
  void AddDocument(int sentences, int entities, WriteBatch* batch);
  // Adds a merge that concerns nothing of what the documents speak of.
  void AddMerge(WriteBatch* batch);
  // Adds a reextraction that has read the newest document.
  void AddReextraction(WriteBatch* batch);
  // Adds all records that documents share, and those of the namespace, as they stand now.
  void AddShared(WriteBatch* batch) const;

 private:
  struct Shared {
    TripleRecord record;
    DocumentNumber last_document;
  };
  struct Sentence;

  uint64_t Below(uint64_t end) { return random_() % end; }
  TermId Intern(TermKind kind, const std::string& bytes);
  uint32_t AddMention(const std::string& name, Span span, RunId run, DocumentRecord* document,
                      WriteBatch* batch);
  EntityId EntityOf(const std::string& name);
  Sentence MakeSentence(int entities, Revision revision, std::string* text);
  void AddStatement(const Sentence& sentence, DocumentRecord* document, WriteBatch* batch);

  const std::string name_;
  const NamespaceId ns_;
  DatabaseState& state_;
  std::mt19937_64 random_;
  IdCounters ids_;
  Totals totals_;
  std::map<std::pair<TermKind, std::string>, std::pair<TermId, uint64_t>> terms_;
  std::map<std::string, EntityId> entity_ids_;
  std::map<EntityId, Entity> entities_;
  std::map<Triple, std::pair<TripleId, Shared>> triples_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_STORAGE_SAMPLE_GRAPH_H_
