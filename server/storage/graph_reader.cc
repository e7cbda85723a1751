#include "server/storage/graph_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "server/base/status_macros.h"

namespace dossier {
namespace {

// Reads and decodes the value of `key`. Absent: NOT_FOUND, which says "no <what> <id>".
template <class Decode>
auto Read(const Snapshot& snapshot, Family family, std::string_view key, Decode decode,
          std::string_view what, uint64_t id) -> decltype(decode(key, std::string_view())) {
  ASSIGN_OR_RETURN(const std::optional<std::string> value, snapshot.Get(family, key));
  if (!value) {
    return absl::NotFoundError(fmt::format("no {} {}", what, id));
  }
  return decode(key, *value);
}

// Reads and decodes the value of `key` under meta; a default one when there is none yet.
template <class Record>
absl::StatusOr<Record> ReadMeta(const Snapshot& snapshot, const std::string& key,
                                absl::StatusOr<Record> (*decode)(std::string_view,
                                                                 std::string_view)) {
  ASSIGN_OR_RETURN(const std::optional<std::string> value, snapshot.Get(Family::kMeta, key));
  if (!value) {
    return Record();
  }
  return decode(key, *value);
}

absl::StatusOr<std::optional<uint64_t>> FindNumber(const Snapshot& snapshot, Family family,
                                                   const std::string& key) {
  ASSIGN_OR_RETURN(const std::optional<std::string> value, snapshot.Get(family, key));
  if (!value) {
    return std::nullopt;
  }
  ASSIGN_OR_RETURN(const uint64_t number, DecodeNumber(family, key, *value));
  return number;
}

template <class Kind>
absl::StatusOr<std::optional<Kind>> As(absl::StatusOr<std::optional<uint64_t>> number) {
  if (!number.ok()) {
    return number.status();
  }
  return *number ? std::optional<Kind>(Kind(**number)) : std::nullopt;
}

absl::StatusOr<TripleRow> DecodeTripleRow(Family family, std::string_view key,
                                          std::string_view value) {
  ASSIGN_OR_RETURN(const TripleIndexKey index, TripleIndexKey::Decode(family, key));
  ASSIGN_OR_RETURN(const uint64_t id, DecodeNumber(family, key, value));
  return TripleRow{TripleId(id), index.triple};
}

absl::StatusOr<EvidenceRow> DecodeEvidenceRow(Family, std::string_view key,
                                              std::string_view value) {
  EvidenceRow row;
  ASSIGN_OR_RETURN(row.key, EvidenceKey::Decode(key));
  ASSIGN_OR_RETURN(row.evidence, DecodeEvidence(key, value));
  return row;
}

absl::StatusOr<MentionRow> DecodeMentionRow(Family, std::string_view key, std::string_view value) {
  MentionRow row;
  ASSIGN_OR_RETURN(row.key, MentionKey::Decode(key));
  ASSIGN_OR_RETURN(row.mention, DecodeMention(key, value));
  return row;
}

absl::StatusOr<AliasRow> DecodeAliasRow(Family family, std::string_view key,
                                        std::string_view value) {
  AliasRow row;
  ASSIGN_OR_RETURN(row.key, AliasKey::Decode(key));
  ASSIGN_OR_RETURN(row.votes, DecodeNumber(family, key, value));
  return row;
}

absl::StatusOr<DocumentRow> DecodeDocumentRow(Family family, std::string_view key,
                                              std::string_view value) {
  ASSIGN_OR_RETURN(const DocumentKey place, DocumentKey::Decode(family, key));
  DocumentRow row;
  row.number = place.document;
  ASSIGN_OR_RETURN(row.record, DecodeDocument(key, value));
  return row;
}

absl::StatusOr<ChangeRow> DecodeChangeRow(Family, std::string_view key, std::string_view value) {
  ASSIGN_OR_RETURN(const ChangeKey place, ChangeKey::Decode(key));
  ChangeRow row;
  row.revision = place.revision;
  ASSIGN_OR_RETURN(row.event, DecodeChange(key, value));
  return row;
}

}  // namespace

absl::StatusOr<std::optional<NamespaceId>> FindNamespace(const Snapshot& snapshot,
                                                         std::string_view name) {
  const std::string key = NamespaceNameKey(name);
  ASSIGN_OR_RETURN(const std::optional<uint64_t> id, FindNumber(snapshot, Family::kMeta, key));
  if (!id) {
    return std::nullopt;
  }
  const NamespaceId ns(static_cast<uint32_t>(*id));
  if (ns.value() != *id || !ns.valid()) {
    return DamagedRecord(Family::kMeta, key, "not the id of a namespace");
  }
  return ns;
}

absl::StatusOr<DatabaseState> ReadDatabaseState(const Snapshot& snapshot) {
  return ReadMeta<DatabaseState>(snapshot, DatabaseStateKey(), DecodeDatabaseState);
}

absl::StatusOr<IdCounters> GraphReader::ReadIdCounters() const {
  return ReadMeta<IdCounters>(*snapshot_, IdCountersKey(ns_), DecodeIdCounters);
}

absl::StatusOr<Totals> GraphReader::ReadTotals() const {
  return ReadMeta<Totals>(*snapshot_, TotalsKey(ns_), DecodeTotals);
}

absl::StatusOr<std::optional<uint64_t>> GraphReader::FindId(TermKind kind,
                                                            std::string bytes) const {
  return FindNumber(*snapshot_, Family::kTermRev, TermRevKey{ns_, kind, std::move(bytes)}.Encode());
}

absl::StatusOr<std::optional<TermId>> GraphReader::FindPredicate(std::string_view text) const {
  return As<TermId>(FindId(TermKind::kPredicate, std::string(text)));
}

absl::StatusOr<std::optional<TermId>> GraphReader::FindLiteral(const Literal& literal) const {
  return As<TermId>(FindId(TermKind::kLiteral, LiteralBytes(literal)));
}

absl::StatusOr<std::optional<DocumentNumber>> GraphReader::FindDocument(std::string_view id) const {
  return As<DocumentNumber>(FindId(TermKind::kDocument, std::string(id)));
}

absl::StatusOr<std::optional<RunId>> GraphReader::FindRun(const Extractor& extractor) const {
  return As<RunId>(FindId(TermKind::kRun, ExtractorBytes(extractor)));
}

absl::StatusOr<std::optional<EntityId>> GraphReader::FindEntity(std::string_view key) const {
  return As<EntityId>(FindId(TermKind::kEntity, std::string(key)));
}

absl::StatusOr<std::optional<TripleId>> GraphReader::FindTriple(const Triple& triple) const {
  return As<TripleId>(
      FindNumber(*snapshot_, Family::kSpo, TripleIndexKey{ns_, triple}.Encode(Family::kSpo)));
}

absl::StatusOr<TermRecord> GraphReader::GetTerm(TermKind kind, uint64_t id) const {
  return Read(*snapshot_, Family::kTerm, TermKey{ns_, kind, id}.Encode(), DecodeTerm, "term", id);
}

absl::StatusOr<std::string> GraphReader::GetPredicate(TermId id) const {
  ASSIGN_OR_RETURN(TermRecord term, GetTerm(TermKind::kPredicate, id.value()));
  return std::move(term.bytes);
}

absl::StatusOr<Literal> GraphReader::GetLiteral(TermId id) const {
  ASSIGN_OR_RETURN(const TermRecord term, GetTerm(TermKind::kLiteral, id.value()));
  return ParseLiteral(TermKey{ns_, TermKind::kLiteral, id.value()}.Encode(), term.bytes);
}

absl::StatusOr<Extractor> GraphReader::GetExtractor(RunId id) const {
  ASSIGN_OR_RETURN(const TermRecord term, GetTerm(TermKind::kRun, id.value()));
  return ParseExtractor(TermKey{ns_, TermKind::kRun, id.value()}.Encode(), term.bytes);
}

absl::StatusOr<Entity> GraphReader::GetEntity(EntityId id) const {
  return Read(*snapshot_, Family::kEntity, EntityKey{ns_, id}.Encode(), DecodeEntity, "entity",
              id.value());
}

absl::StatusOr<TripleRecord> GraphReader::GetTriple(TripleId id) const {
  return Read(*snapshot_, Family::kTriple, TripleKey{ns_, id}.Encode(), DecodeTriple, "triple",
              id.value());
}

absl::StatusOr<Evidence> GraphReader::GetEvidence(const EvidenceKey& key) const {
  return Read(*snapshot_, Family::kEvidence, key.Encode(), DecodeEvidence, "evidence of triple",
              key.triple.value());
}

absl::StatusOr<DocumentRecord> GraphReader::GetDocument(DocumentNumber number) const {
  return Read(*snapshot_, Family::kDocument, DocumentKey{ns_, number}.Encode(), DecodeDocument,
              "document", number.value());
}

absl::StatusOr<std::string> GraphReader::GetText(DocumentNumber number) const {
  const auto as_it_is = [](std::string_view,
                           std::string_view value) -> absl::StatusOr<std::string> {
    return std::string(value);
  };
  return Read(*snapshot_, Family::kText, DocumentKey{ns_, number}.Encode(), as_it_is,
              "text of document", number.value());
}

absl::StatusOr<DocumentSketch> GraphReader::GetSketch(DocumentNumber number) const {
  return Read(*snapshot_, Family::kSketch, DocumentKey{ns_, number}.Encode(), DecodeSketch,
              "sketch of document", number.value());
}

template <class Row>
Rows<Row> GraphReader::Scan(Family family, const std::string& prefix, std::string_view after,
                            typename Rows<Row>::Decode decode) const {
  const std::string begin =
      after.empty() ? prefix : std::max(prefix, std::string(after).append(1, '\0'));
  return Rows<Row>(snapshot_->Scan(family, begin, PrefixEnd(prefix)), family, decode);
}

Rows<TripleRow> GraphReader::Triples(const TriplePattern& pattern, std::string_view after) const {
  const auto& [s, p, o] = pattern;
  Family order = Family::kSpo;
  std::string prefix = KeyPrefix(ns_);
  if (s && p && o) {
    prefix = KeyPrefix(ns_, *s, *p, *o);
  } else if (s && p) {
    prefix = KeyPrefix(ns_, *s, *p);
  } else if (s && o) {
    order = Family::kOsp;
    prefix = KeyPrefix(ns_, *o, *s);
  } else if (s) {
    prefix = KeyPrefix(ns_, *s);
  } else if (p && o) {
    order = Family::kPos;
    prefix = KeyPrefix(ns_, *p, *o);
  } else if (p) {
    order = Family::kPos;
    prefix = KeyPrefix(ns_, *p);
  } else if (o) {
    order = Family::kOsp;
    prefix = KeyPrefix(ns_, *o);
  }
  return Scan<TripleRow>(order, prefix, after, DecodeTripleRow);
}

Rows<EvidenceRow> GraphReader::EvidenceOf(TripleId triple, std::string_view after) const {
  return Scan<EvidenceRow>(Family::kEvidence, KeyPrefix(ns_, triple), after, DecodeEvidenceRow);
}

Rows<MentionRow> GraphReader::MentionsOf(EntityId entity, std::string_view after) const {
  return Scan<MentionRow>(Family::kMention, KeyPrefix(ns_, entity), after, DecodeMentionRow);
}

Rows<AliasRow> GraphReader::Aliases(std::string_view prefix, std::string_view after) const {
  return Scan<AliasRow>(Family::kAlias, AliasKey::Prefix(ns_, AliasText(prefix)), after,
                        DecodeAliasRow);
}

Rows<DocumentRow> GraphReader::Documents(std::string_view after) const {
  return Scan<DocumentRow>(Family::kDocument, KeyPrefix(ns_), after, DecodeDocumentRow);
}

Rows<ByDocKey> GraphReader::PartsOf(DocumentNumber document, std::string_view after) const {
  return Scan<ByDocKey>(
      Family::kByDoc, KeyPrefix(ns_, document), after,
      [](Family, std::string_view key, std::string_view) { return ByDocKey::Decode(key); });
}

Rows<ByRunKey> GraphReader::DocumentsOf(RunId run, std::string_view after) const {
  return Scan<ByRunKey>(
      Family::kByRun, KeyPrefix(ns_, run), after,
      [](Family, std::string_view key, std::string_view) { return ByRunKey::Decode(key); });
}

Rows<ChangeRow> GraphReader::ChangesAfter(Revision revision) const {
  return Scan<ChangeRow>(Family::kChange, KeyPrefix(ns_), ChangeKey{ns_, revision}.Encode(),
                         DecodeChangeRow);
}

}  // namespace dossier
