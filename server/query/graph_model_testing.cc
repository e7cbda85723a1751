#include "server/query/graph_model_testing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

#include "server/base/sha256.h"
#include "server/base/status_matchers.h"
#include "server/query/views.h"
#include "server/storage/records.h"

namespace dossier {
namespace {

// Few names, so that entities share them, fold together and begin alike.
const char* const kNames[] = {"Ada",     "ADA",     "ada  lovelace", "Adam",        "Lovelace",
                              "Ålesund", "ålesund", "Bergen",        "bergen port", "B",
                              "Zürich",  "ＡＤＡ",  "Port of A",     "port",        "Ports"};
const char* const kTypes[] = {"PERSON", "GPE", "ORG"};
const char* const kWords[] = {"ships", "left", "the", "port", "évidemment", "北", "on", "Monday."};

template <class T, std::size_t n>
const T& Pick(const T (&from)[n], uint64_t random) {
  return from[random % n];
}

}  // namespace

GraphModel GraphModel::Random(uint64_t seed, Size size) {
  GraphModel model;
  model.random_.seed(seed);
  for (uint64_t i = 1; i <= size.entities; ++i) {
    model.NameEntity(EntityId(i));
  }
  for (uint64_t i = 1; i <= size.terms; ++i) {
    model.predicates[TermId(i)] = "predicate " + std::to_string(i);
    const auto type = static_cast<LiteralType>(i % 4);
    model.literals[TermId(size.terms + i)] = {type, i % 4 == 0 ? "" : std::to_string(i)};
  }
  for (uint64_t i = 1; i <= 2; ++i) {
    model.runs[RunId(i)] = {"extractor " + std::to_string(i), "1.0", "ab", "cd"};
  }
  for (uint64_t i = 1; i <= size.documents; ++i) {
    Document& document = model.documents[DocumentNumber(i)];
    document.id = "document " + std::to_string(i);
    document.title = "Title";
    for (uint64_t words = 5 + model.Below(30); words > 0; --words) {
      document.text.append(Pick(kWords, model.random_())).push_back(' ');
    }
  }
  for (uint64_t i = 0; i < size.evidence; ++i) {
    model.AddEvidence(DocumentNumber(1 + model.Below(size.documents)), RunId(1 + model.Below(2)));
  }
  return model;
}

void GraphModel::NameEntity(EntityId id) {
  Entity entity{"key " + std::to_string(id.value()), {}, {}, 0};
  for (uint64_t names = 1 + Below(4); names > 0; --names) {
    AddVotes(&entity.names, Pick(kNames, random_()), static_cast<int64_t>(1 + Below(3)));
  }
  AddVotes(&entity.types, Pick(kTypes, random_()), 1);
  entity.mentions = 1 + Below(9);
  entities[id] = entity;
}

Span GraphModel::RandomSpan(const std::string& text) {
  std::vector<uint32_t> ends = {0};
  for (uint32_t i = 0; i < text.size(); ++i) {
    if (text[i] == ' ') {
      ends.push_back(i);
    }
  }
  const uint32_t a = ends[Below(ends.size())];
  const uint32_t b = ends[Below(ends.size())];
  return {std::min(a, b), std::max(a, b)};
}

void GraphModel::AddEvidence(DocumentNumber document, RunId run) {
  const std::string& text = documents.at(document).text;
  const auto any = [this](const auto& map) {
    return std::next(map.begin(), static_cast<std::ptrdiff_t>(Below(map.size())))->first;
  };
  // Low numbers more often, so that some triples have much evidence and some one.
  Triple triple{any(entities), any(predicates), {}};
  if (Below(3) == 0) {
    triple.object = ObjectId(any(literals));
  } else {
    triple.object = ObjectId(EntityId(1 + Below(1 + Below(entities.size()))));
  }
  const TripleId id = triple_ids.try_emplace(triple, TripleId(triple_ids.size() + 1)).first->second;
  Evidence made;
  made.sentence = RandomSpan(text);
  made.subject = RandomSpan(text);
  made.predicate = RandomSpan(text);
  made.object = RandomSpan(text);
  made.polarity = Below(4) == 0 ? Polarity::kNegative : Polarity::kPositive;
  made.modality = static_cast<Modality>(1 + Below(6));
  made.confidence = static_cast<double>(Below(11)) / 10;
  if (Below(2) == 0) {
    made.qualifiers.push_back(
        {Role::kPlace, RandomSpan(text), EntityId(Below(1 + entities.size())), 0, {}, {}});
    made.attributions.push_back({RandomSpan(text), any(entities), 0});
  }
  made.rule = "rule";
  made.revision = Revision(7);
  uint32_t ordinal = 0;
  for (const auto& [key, other] : evidence) {
    ordinal += key.document == document && key.run == run;
  }
  evidence[{ns, id, document, run, ordinal}] = made;
}

void GraphModel::Change(uint64_t seed) {
  random_.seed(seed);
  const DocumentNumber document = documents.begin()->first;
  if (documents.size() > 2 && Below(2) == 0) {
    std::erase_if(evidence, [&](const auto& item) { return item.first.document == document; });
    documents.erase(document);
  }
  const DocumentNumber other = documents.rbegin()->first;
  std::erase_if(evidence, [&](const auto& item) { return item.first.document == other; });
  for (int i = 0; i < 20; ++i) {
    AddEvidence(other, RunId(1 + Below(2)));
  }
  NameEntity(EntityId(1 + Below(entities.size())));
}

std::map<Triple, TripleRecord> GraphModel::Triples() const {
  std::map<Triple, TripleRecord> records;
  std::map<Triple, std::set<DocumentNumber>> sources;
  for (const auto& [key, item] : evidence) {
    const Triple& triple = TripleOf(key.triple);
    TripleRecord& record = records[triple];
    record.triple = triple;
    record.figures += item.quantity ? 1u : 0u;
    ++record.stances.at(item.polarity, item.modality);
    sources[triple].insert(key.document);
    record.documents = sources[triple].size();
  }
  return records;
}

const Triple& GraphModel::TripleOf(TripleId id) const {
  return std::find_if(triple_ids.begin(), triple_ids.end(),
                      [id](const auto& item) { return item.second == id; })
      ->first;
}

EntityView GraphModel::View(EntityId id) const {
  if (!id.valid()) {
    return {};
  }
  const Entity& entity = entities.at(id);
  return {id, std::string(entity.preferred_name()), std::string(entity.type())};
}

TripleView GraphModel::View(const TripleRecord& record) const {
  const auto& [subject, predicate, object] = record.triple;
  TripleView view{triple_ids.at(record.triple),
                  View(subject),
                  predicates.at(predicate),
                  {},
                  record.documents,
                  record.stances};
  if (object.is_literal()) {
    view.object = literals.at(object.literal());
  } else {
    view.object = View(object.entity());
  }
  return view;
}

EvidenceView GraphModel::View(const EvidenceKey& key) const {
  const Evidence& item = evidence.at(key);
  const Document& document = documents.at(key.document);
  const auto words = [&](Span span) { return std::string(Slice(document.text, span)); };
  EvidenceView view;
  view.triple = View(Triples().at(TripleOf(key.triple)));
  view.document_id = document.id;
  view.evidence = item;
  view.sentence = words(item.sentence);
  view.subject = words(item.subject);
  view.predicate = words(item.predicate);
  view.object = words(item.object);
  for (const Qualifier& qualifier : item.qualifiers) {
    view.qualifiers.push_back({words(qualifier.span), View(qualifier.entity)});
  }
  for (const Attribution& attribution : item.attributions) {
    view.attributions.push_back({words(attribution.span), View(attribution.entity)});
  }
  view.extractor = runs.at(key.run);
  return view;
}

DocumentSketch GraphModel::SketchOf(DocumentNumber number) const {
  std::vector<dossier::Span> sentences;
  for (const auto& [key, item] : evidence) {
    if (key.document == number) {
      sentences.push_back(item.sentence);
    }
  }
  return SketchDocument(documents.at(number).text, std::move(sentences));
}

std::set<EntityId> GraphModel::Called(const std::string& name) const {
  std::set<EntityId> called;
  for (const auto& [id, entity] : entities) {
    for (const Vote& vote : entity.names) {
      if (AliasText(vote.text) == AliasText(name)) {
        called.insert(id);
      }
    }
  }
  return called;
}

std::map<std::pair<Family, std::string>, std::string> GraphModel::Encode(
    const std::string& name) const {
  std::map<std::pair<Family, std::string>, std::string> rows;
  const auto put = [&rows](Family family, std::string key, std::string value) {
    rows[{family, std::move(key)}] = std::move(value);
  };
  put(Family::kMeta, NamespaceNameKey(name), EncodeNumber(ns.value()));
  put(Family::kMeta, DatabaseStateKey(), EncodeDatabaseState({Revision(7), {}, ns}));
  put(Family::kMeta, TotalsKey(ns), EncodeTotals({.documents = documents.size()}));
  for (const auto& [id, entity] : entities) {
    put(Family::kEntity, EntityKey{ns, id}.Encode(), EncodeEntity(entity));
    put(Family::kTermRev, TermRevKey{ns, TermKind::kEntity, entity.key}.Encode(),
        EncodeNumber(id.value()));
    for (const Vote& vote : entity.names) {
      put(Family::kAlias, AliasKey{ns, AliasText(vote.text), id}.Encode(),
          EncodeNumber(vote.count));
    }
  }
  const auto term = [&](TermKind kind, uint64_t id, const std::string& bytes) {
    put(Family::kTerm, TermKey{ns, kind, id}.Encode(), EncodeTerm({1, bytes}));
    put(Family::kTermRev, TermRevKey{ns, kind, bytes}.Encode(), EncodeNumber(id));
  };
  for (const auto& [id, text] : predicates) {
    term(TermKind::kPredicate, id.value(), text);
  }
  for (const auto& [id, literal] : literals) {
    term(TermKind::kLiteral, id.value(), LiteralBytes(literal));
  }
  for (const auto& [id, extractor] : runs) {
    term(TermKind::kRun, id.value(), ExtractorBytes(extractor));
  }
  for (const auto& [number, document] : documents) {
    DocumentRecord record;
    record.document = document;
    record.document.text.clear();
    record.text_sha256 = Sha256(document.text);
    record.fingerprint = DocumentFingerprint(document, record.text_sha256);
    record.text_bytes = document.text.size();
    record.revision = Revision(number.value());
    record.runs = {RunId(1), RunId(2)};
    put(Family::kDocument, DocumentKey{ns, number}.Encode(), EncodeDocument(record));
    put(Family::kText, DocumentKey{ns, number}.Encode(), document.text);
    put(Family::kSketch, DocumentKey{ns, number}.Encode(), EncodeSketch(SketchOf(number)));
    put(Family::kTermRev, TermRevKey{ns, TermKind::kDocument, document.id}.Encode(),
        EncodeNumber(number.value()));
    for (uint32_t i = 0; i < 5; ++i) {  // readers of evidence have to pass over mentions
      put(Family::kByDoc, ByDocKey{ns, number, RunId(1 + i % 2), Part::kMention, i, 1}.Encode(),
          "");
    }
  }
  for (const auto& [triple, record] : Triples()) {
    const TripleId id = triple_ids.at(triple);
    put(Family::kTriple, TripleKey{ns, id}.Encode(), EncodeTriple(record));
    for (const Family order : kTripleIndexes) {
      if (StandsIn(order, record)) {
        put(order, TripleIndexKey{ns, triple}.Encode(order), EncodeNumber(id.value()));
      }
    }
  }
  for (const auto& [key, item] : evidence) {
    put(Family::kEvidence, key.Encode(), EncodeEvidence(item));
    put(Family::kByDoc, ByDocKey::Of(key).Encode(), "");
  }
  return rows;
}

void GraphModel::WriteTo(Store* store, const std::string& name) const {
  WriteBatch batch;
  const auto snapshot = store->NewSnapshot();
  for (std::size_t i = 0; i < kFamilyCount; ++i) {
    const auto family = static_cast<Family>(i);
    for (auto cursor = snapshot->Scan(family, "", ""); cursor->Valid(); cursor->Next()) {
      if (cursor->key() != FormatVersionKey() && cursor->key() != TokenSecretKey()) {
        batch.Delete(family, std::string(cursor->key()));
      }
    }
  }
  for (const auto& [key, value] : Encode(name)) {
    batch.Put(key.first, key.second, value);
  }
  ASSERT_THAT(store->Write(batch), IsOk());
}

}  // namespace dossier
