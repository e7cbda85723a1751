#include "server/storage/sample_graph.h"

#include <fmt/format.h>

#include "server/base/sha256.h"
#include "server/base/utf8.h"
#include "server/storage/merge_log.h"
#include "server/storage/reextraction.h"

namespace dossier {

// What a sentence of the text says, and where.
struct SampleGraph::Sentence {
  Evidence evidence;
  std::string subject;
  std::string predicate;
  std::string object;  // a name, or a number
  bool literal = false;
};

SampleGraph::SampleGraph(std::string name, uint32_t seed, DatabaseState* state)
    : name_(std::move(name)),
      ns_(state->last_namespace.value() + 1),
      state_(*state),
      random_(seed) {
  state_.last_namespace = ns_;
}

TermId SampleGraph::Intern(TermKind kind, const std::string& bytes) {
  auto& [id, references] = terms_[{kind, bytes}];
  if (!id.valid()) {
    id = TermId(kind == TermKind::kRun ? ++ids_.run : ++ids_.term);
  }
  ++references;
  return id;
}

EntityId SampleGraph::EntityOf(const std::string& name) {
  EntityId& id = entity_ids_[FoldName(name)];
  if (!id.valid()) {
    id = EntityId(++ids_.entity);
    entities_[id].key = FoldName(name);
  }
  return id;
}

// Returns its ordinal.
uint32_t SampleGraph::AddMention(const std::string& name, Span span, RunId run,
                                 DocumentRecord* document, WriteBatch* batch) {
  const Mention mention{span, MentionKind::kName, EntityOf(name), "PERSON", name, "name", 1, ""};
  Entity& entity = entities_[mention.entity];
  ++entity.mentions;
  AddVotes(&entity.names, name, 1);
  AddVotes(&entity.types, mention.type, 1);
  const MentionKey key{ns_, mention.entity, DocumentNumber(ids_.document), run,
                       static_cast<uint32_t>(document->mentions++)};
  batch->Put(Family::kMention, key.Encode(), EncodeMention(mention));
  batch->Put(Family::kByDoc, ByDocKey::Of(key).Encode(), "");
  return key.ordinal;
}

void SampleGraph::AddStatement(const Sentence& sentence, DocumentRecord* document,
                               WriteBatch* batch) {
  const DocumentNumber number(ids_.document);
  const RunId run = document->runs.front();
  const EntityId subject = EntityOf(sentence.subject);
  // Interning counts the triple's references, so only a new triple does it twice.
  const auto find = [&](TermKind kind, const std::string& bytes) {
    const auto it = terms_.find({kind, bytes});
    return it == terms_.end() ? TermId() : it->second.first;
  };
  const std::string literal = LiteralBytes({LiteralType::kNumber, sentence.object});
  Triple triple{subject, find(TermKind::kPredicate, sentence.predicate), {}};
  triple.object = sentence.literal ? ObjectId(find(TermKind::kLiteral, literal))
                                   : ObjectId(EntityOf(sentence.object));
  if (triples_.find(triple) == triples_.end()) {
    triple.predicate = Intern(TermKind::kPredicate, sentence.predicate);
    if (sentence.literal) {
      triple.object = ObjectId(Intern(TermKind::kLiteral, literal));
    }
    triples_[triple] = {TripleId(++ids_.triple), {{triple, 0, 0, {}}, {}}};
  }
  auto& [id, shared] = triples_[triple];
  if (shared.last_document != number) {
    shared.last_document = number;
    ++shared.record.documents;
    ++document->triples;
  }
  shared.record.figures += sentence.evidence.quantity ? 1u : 0u;
  ++shared.record.stances.at(sentence.evidence.polarity, sentence.evidence.modality);
  const EvidenceKey key{ns_, id, number, run, static_cast<uint32_t>(document->evidence++)};
  batch->Put(Family::kEvidence, key.Encode(), EncodeEvidence(sentence.evidence));
  batch->Put(Family::kByDoc, ByDocKey::Of(key).Encode(), "");
}

// Appends a sentence to *text.
SampleGraph::Sentence SampleGraph::MakeSentence(int entities, Revision revision,
                                                std::string* text) {
  static const char* const kVerbs[] = {"met", "warned", "deploy to", "pay", "see", "leave"};
  const auto append = [&](const std::string& words) {
    const uint32_t begin = static_cast<uint32_t>(text->size());
    *text += words;
    return Span{begin, static_cast<uint32_t>(text->size())};
  };
  const auto name = [&] {
    return fmt::format("Sérgio {}", Below(static_cast<uint64_t>(entities)));
  };
  Sentence s;
  s.subject = name();
  s.predicate = kVerbs[Below(std::size(kVerbs))];
  s.literal = Below(4) == 0;
  s.object = s.literal ? std::to_string(Below(3000)) : name();
  Evidence& e = s.evidence;
  e.subject = append(s.subject);
  append(" ");
  e.predicate = append(s.predicate);
  append(" ");
  e.object = append(s.object);
  append(" on Tuesday in the harbour, as people there said at length.");
  e.sentence = {e.subject.begin, static_cast<uint32_t>(text->size())};
  append("\n");
  e.polarity = Below(8) == 0 ? Polarity::kNegative : Polarity::kPositive;
  e.modality = static_cast<Modality>(1 + Below(6));
  e.confidence = 0.9;
  if (Below(4) == 0) {
    e.quantity = Quantity{3000, 3000, "troops", Bound::kExact};
  }
  e.rule = "svo";
  e.revision = revision;
  if (Below(3) == 0) {
    e.qualifiers.push_back({Role::kWith, e.subject, EntityOf(s.subject), 0, {}, {}});
    e.attributions.push_back({e.subject, EntityOf(s.subject), 0});
  }
  return s;
}

void SampleGraph::AddDocument(int sentences, int entities, WriteBatch* batch) {
  const uint64_t triples_before = triples_.size();
  ++ids_.document;
  const DocumentKey place{ns_, DocumentNumber(ids_.document)};
  DocumentRecord record;
  record.revision = state_.last = Revision(state_.last.value() + 1);
  const std::string extractor = ExtractorBytes({"org.dossier.sample", "1", "00", "00"});
  record.runs = {RunId(Intern(TermKind::kRun, extractor).value())};
  std::string text;
  std::vector<Span> spans;
  for (int i = 0; i < sentences; ++i) {
    Sentence s = MakeSentence(entities, record.revision, &text);
    spans.push_back(s.evidence.sentence);
    const RunId run = record.runs.front();
    s.evidence.subject_mention = AddMention(s.subject, s.evidence.subject, run, &record, batch);
    if (!s.literal) {
      s.evidence.object_mention = AddMention(s.object, s.evidence.object, run, &record, batch);
    }
    for (Qualifier& qualifier : s.evidence.qualifiers) {
      qualifier.mention = s.evidence.subject_mention;
    }
    for (Attribution& attribution : s.evidence.attributions) {
      attribution.mention = s.evidence.subject_mention;
    }
    AddStatement(s, &record, batch);
  }
  record.document = {
      fmt::format("doc-{}", ids_.document), "", "Title", "Press", "2024-10-18", "en", text};
  record.text_sha256 = Sha256(record.document.text);
  record.fingerprint = DocumentFingerprint(record.document, record.text_sha256);
  record.document.text.clear();
  record.text_bytes = text.size();
  totals_.documents += 1;
  totals_.evidence += record.evidence;
  totals_.mentions += record.mentions;
  totals_.text_bytes += text.size();
  batch->Put(Family::kDocument, place.Encode(), EncodeDocument(record));
  batch->Put(Family::kText, place.Encode(), text);
  batch->Put(Family::kSketch, place.Encode(), EncodeSketch(SketchDocument(text, std::move(spans))));
  batch->Put(Family::kTermRev, TermRevKey{ns_, TermKind::kDocument, record.document.id}.Encode(),
             EncodeNumber(ids_.document));
  batch->Put(Family::kByRun, ByRunKey{ns_, record.runs.front(), place.document}.Encode(), "");
  batch->Put(Family::kChange, ChangeKey{ns_, record.revision}.Encode(),
             EncodeChange({ChangeKind::kAdded, place.document, record.document.id, MergeId(),
                           triples_.size() - triples_before, 0, record.evidence, 0}));
}

void SampleGraph::AddMerge(WriteBatch* batch) {
  const MergeId merge(++ids_.merge);
  const EntityId taken_in(++ids_.entity);
  state_.last = Revision(state_.last.value() + 1);
  const LinkSource source{"sergio nobody", "sergio", "doc-9"};
  const auto put = [&](const MergeLogKey& key, std::string value) {
    batch->Put(Family::kMergeLog, key.Encode(), std::move(value));
  };
  put(MergeLogKey::Of(ns_, merge), EncodeMerge({MergeKind::kMerge,
                                                state_.last,
                                                Revision(),
                                                "request",
                                                "note",
                                                "sergio",
                                                {{source, taken_in}}}));
  put(MergeLogKey::Of(ns_, source), EncodeLink({merge, "sergio"}));
  put(MergeLogKey::Of(ns_, taken_in), EncodeNumber(merge.value()));
  put(MergeLogKey::OfRequest(ns_, "request"), EncodeNumber(merge.value()));
  batch->Put(Family::kChange, ChangeKey{ns_, state_.last}.Encode(),
             EncodeChange({ChangeKind::kMerged, DocumentNumber(), "", merge, 0, 0, 0, 0}));
}

void SampleGraph::AddReextraction(WriteBatch* batch) {
  const Extractor extractor{"org.dossier.sample", "2", "00", "00"};
  ShadowTriple triple{"be", Literal{LiteralType::kText, "so"}, {}};
  triple.evidence.sentence = {0, 6};
  triple.evidence.subject = {0, 1};
  ShadowDocument shadow;
  shadow.base = state_.last;
  shadow.found = {1, 2, 3};
  shadow.runs = {{extractor, {{{0, 1}, MentionKind::kName, {}, "", "S", "", 1, "s"}}, {triple}}};
  ReextractionRecord record;
  record.plugin = extractor.id;
  record.extractors = {extractor};
  Count(shadow, &record);
  batch->Put(Family::kReextraction, ReextractionKey::Of(ns_, "trial").Encode(),
             EncodeReextraction(record));
  batch->Put(Family::kReextraction,
             ReextractionKey::Of(ns_, "trial", DocumentNumber(ids_.document)).Encode(),
             EncodeShadow(shadow));
}

void SampleGraph::AddShared(WriteBatch* batch) const {
  for (const auto& [term, entry] : terms_) {
    const auto& [kind, bytes] = term;
    batch->Put(Family::kTerm, TermKey{ns_, kind, entry.first.value()}.Encode(),
               EncodeTerm({entry.second, bytes}));
    batch->Put(Family::kTermRev, TermRevKey{ns_, kind, bytes}.Encode(),
               EncodeNumber(entry.first.value()));
  }
  for (const auto& [id, entity] : entities_) {
    batch->Put(Family::kEntity, EntityKey{ns_, id}.Encode(), EncodeEntity(entity));
    batch->Put(Family::kTermRev, TermRevKey{ns_, TermKind::kEntity, entity.key}.Encode(),
               EncodeNumber(id.value()));
    for (const Vote& name : entity.names) {
      batch->Put(Family::kAlias, AliasKey{ns_, AliasText(name.text), id}.Encode(),
                 EncodeNumber(name.count));
    }
  }
  for (const auto& [triple, entry] : triples_) {
    const auto& [id, shared] = entry;
    batch->Put(Family::kTriple, TripleKey{ns_, id}.Encode(), EncodeTriple(shared.record));
    for (const Family order : kTripleIndexes) {
      if (StandsIn(order, shared.record)) {
        batch->Put(order, TripleIndexKey{ns_, triple}.Encode(order), EncodeNumber(id.value()));
      }
    }
  }
  Totals totals = totals_;
  totals.triples = triples_.size();
  totals.entities = entities_.size();
  batch->Put(Family::kMeta, NamespaceNameKey(name_), EncodeNumber(ns_.value()));
  batch->Put(Family::kMeta, IdCountersKey(ns_), EncodeIdCounters(ids_));
  batch->Put(Family::kMeta, TotalsKey(ns_), EncodeTotals(totals));
  batch->Put(Family::kMeta, DatabaseStateKey(), EncodeDatabaseState(state_));
  batch->Put(Family::kMeta, FormatVersionKey(), EncodeNumber(kFormatVersion));
}

}  // namespace dossier
