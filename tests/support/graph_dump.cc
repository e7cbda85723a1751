#include "tests/support/graph_dump.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <utility>

#include "server/storage/keys.h"
#include "server/storage/merge_log.h"
#include "server/storage/records.h"
#include "server/storage/reextraction.h"

namespace dossier {
namespace {

std::string Quoted(std::string_view bytes) {
  std::string out = "\"";
  for (const char c : bytes) {
    if (c >= ' ' && c != '"' && c != '\\') {
      out.push_back(c);
    } else {
      out += fmt::format("\\x{:02x}", static_cast<uint8_t>(c));
    }
  }
  return out + '"';
}

std::string Text(Span span) { return fmt::format("[{},{})", span.begin, span.end); }

std::string Text(const std::optional<TimeInterval>& time) {
  return time ? fmt::format("{}..{}", time->from, time->to) : "-";
}

std::string Text(const std::optional<Quantity>& quantity) {
  return quantity ? fmt::format("{}..{} {} bound{}", quantity->value, quantity->high,
                                Quoted(quantity->unit), static_cast<int>(quantity->bound))
                  : "-";
}

std::string Text(const std::vector<Vote>& votes) {
  std::string out;
  for (const Vote& vote : votes) {
    out += fmt::format(" {}*{}", Quoted(vote.text), vote.count);
  }
  return out;
}

// The names of what has an id, by namespace and id.
template <class Kind>
class Names {
 public:
  void Set(NamespaceId ns, Kind id, std::string name) { names_[{ns, id}] = std::move(name); }
  std::string Get(NamespaceId ns, Kind id) const {
    const auto it = names_.find({ns, id});
    return it == names_.end() ? fmt::format("?{}", id.value()) : it->second;
  }

 private:
  std::map<std::pair<NamespaceId, Kind>, std::string> names_;
};

class Dumper {
 public:
  explicit Dumper(const Snapshot& snapshot) : snapshot_(snapshot) {}

  std::vector<std::string> Run() {
    ReadNames();
    DumpMeta();
    DumpTerms();
    DumpTriples();
    DumpEvidence();
    DumpEntities();
    DumpLinks();
    DumpDocuments();
    DumpReextractions();
    std::sort(lines_.begin(), lines_.end());
    return std::move(lines_);
  }

 private:
  // Calls use(decoded key, key, value) for each record of a family.
  template <class Decode, class Use>
  void ForEach(Family family, Decode decode, Use use) {
    auto cursor = snapshot_.Scan(family, {}, {});
    for (; cursor->Valid(); cursor->Next()) {
      const auto key = decode(cursor->key());
      if (key.ok()) {
        const std::string bytes(cursor->key());
        const std::string value(cursor->value());
        use(*key, bytes, value);
      } else {
        Damaged(family, cursor->key());
      }
    }
    if (!cursor->status().ok()) {
      lines_.push_back(cursor->status().ToString());
    }
  }

  void Damaged(Family family, std::string_view key) {
    lines_.push_back(fmt::format("damaged {} {}", InfoOf(family).name, Quoted(key)));
  }

  template <class... Parts>
  void Line(NamespaceId ns, const char* format, const Parts&... parts) {
    lines_.push_back(namespaces_.Get(kDatabase, ns) + " " +
                     fmt::format(fmt::runtime(format), parts...));
  }

  void ReadNames() {
    auto spaces =
        snapshot_.Scan(Family::kMeta, NamespaceNamePrefix(), PrefixEnd(NamespaceNamePrefix()));
    for (; spaces->Valid(); spaces->Next()) {
      const auto id = DecodeNumber(Family::kMeta, spaces->key(), spaces->value());
      namespaces_.Set(kDatabase, NamespaceId(static_cast<uint32_t>(id.value())),
                      Quoted(spaces->key().substr(NamespaceNamePrefix().size())));
      ids_.push_back(NamespaceId(static_cast<uint32_t>(id.value())));
    }
    ForEach(Family::kTerm, TermKey::Decode, [this](const TermKey& key, auto&, auto& value) {
      const auto term = DecodeTerm("", value);
      const std::string bytes = term.ok() ? Quoted(term->bytes) : "damaged";
      terms_[static_cast<std::size_t>(key.kind)].Set(key.ns, TermId(key.id), bytes);
    });
    ForEach(Family::kEntity, EntityKey::Decode, [this](const EntityKey& key, auto&, auto& value) {
      const auto entity = DecodeEntity("", value);
      entities_.Set(key.ns, key.entity, entity.ok() ? Quoted(entity->key) : "damaged");
    });
    const auto decode_document = [](std::string_view key) {
      return DocumentKey::Decode(Family::kDocument, key);
    };
    ForEach(Family::kDocument, decode_document, [this](auto& key, auto&, auto& value) {
      const auto record = DecodeDocument("", value);
      documents_.Set(key.ns, key.document, record.ok() ? Quoted(record->document.id) : "damaged");
    });
    ForEach(Family::kTriple, TripleKey::Decode, [this](const TripleKey& key, auto&, auto& value) {
      const auto record = DecodeTriple("", value);
      triples_.Set(key.ns, key.triple, record.ok() ? Name(key.ns, record->triple) : "damaged");
    });
  }

  std::string Term(NamespaceId ns, TermKind kind, uint64_t id) const {
    return terms_[static_cast<std::size_t>(kind)].Get(ns, TermId(id));
  }
  std::string Run(NamespaceId ns, RunId id) const { return Term(ns, TermKind::kRun, id.value()); }
  std::string Name(NamespaceId ns, const Triple& triple) const {
    return fmt::format(
        "<{} {} {}>", entities_.Get(ns, triple.subject),
        Term(ns, TermKind::kPredicate, triple.predicate.value()),
        triple.object.is_literal()
            ? "literal" + Term(ns, TermKind::kLiteral, triple.object.literal().value())
            : entities_.Get(ns, triple.object.entity()));
  }
  std::string Name(NamespaceId ns, TermKind kind, uint64_t id) const {
    switch (kind) {
      case TermKind::kDocument:
        return documents_.Get(ns, DocumentNumber(id));
      case TermKind::kEntity:
        return entities_.Get(ns, EntityId(id));
      default:
        return Term(ns, kind, id);
    }
  }

  void DumpMeta() {
    for (const NamespaceId ns : ids_) {
      const auto value = snapshot_.Get(Family::kMeta, TotalsKey(ns));
      const auto totals = value->has_value() ? DecodeTotals("", **value) : Totals();
      if (totals.ok() && *totals != Totals()) {
        Line(ns, "totals {} documents, {} triples, {} evidence, {} entities, {} mentions, {} bytes",
             totals->documents, totals->triples, totals->evidence, totals->entities,
             totals->mentions, totals->text_bytes);
      }
    }
  }

  void DumpTerms() {
    ForEach(Family::kTerm, TermKey::Decode, [this](const TermKey& key, auto&, auto& value) {
      const auto term = DecodeTerm("", value);
      Line(key.ns, "term {} {} *{}", static_cast<int>(key.kind), Name(key.ns, key.kind, key.id),
           term.ok() ? term->references : 0);
    });
    ForEach(Family::kTermRev, TermRevKey::Decode,
            [this](const TermRevKey& key, auto& bytes, auto& value) {
              const auto id = DecodeNumber(Family::kTermRev, bytes, value);
              Line(key.ns, "term_rev {} {} -> {}", static_cast<int>(key.kind), Quoted(key.bytes),
                   Name(key.ns, key.kind, id.value()));
            });
  }

  void DumpTriples() {
    for (const Family family : kTripleIndexes) {
      const auto decode = [family](std::string_view key) {
        return TripleIndexKey::Decode(family, key);
      };
      ForEach(family, decode, [&](const TripleIndexKey& key, auto& bytes, auto& value) {
        const auto id = DecodeNumber(family, bytes, value);
        Line(key.ns, "{} {} -> {}", InfoOf(family).name, Name(key.ns, key.triple),
             triples_.Get(key.ns, TripleId(id.value())));
      });
    }
    ForEach(Family::kTriple, TripleKey::Decode,
            [this](const TripleKey& key, auto& bytes, auto& value) {
              const auto record = DecodeTriple(bytes, value);
              if (!record.ok()) {
                return Damaged(Family::kTriple, bytes);
              }
              std::string stances;
              for (const uint64_t count : record->stances.values()) {
                stances += fmt::format(" {}", count);
              }
              Line(key.ns, "triple {} documents {} figures {} stances{}",
                   Name(key.ns, record->triple), record->documents, record->figures, stances);
            });
  }

  std::string Place(const EvidenceKey& key) const {
    return fmt::format("{} {} {} #{}", triples_.Get(key.ns, key.triple),
                       documents_.Get(key.ns, key.document), Run(key.ns, key.run), key.ordinal);
  }
  std::string Place(const MentionKey& key) const {
    return fmt::format("{} {} {} #{}", entities_.Get(key.ns, key.entity),
                       documents_.Get(key.ns, key.document), Run(key.ns, key.run), key.ordinal);
  }
  std::string EntityOrNone(NamespaceId ns, EntityId id) const {
    return id.valid() ? entities_.Get(ns, id) : "-";
  }

  void DumpEvidence() {
    ForEach(Family::kEvidence, EvidenceKey::Decode,
            [this](const EvidenceKey& key, auto& bytes, auto& value) {
              const auto e = DecodeEvidence(bytes, value);
              if (!e.ok()) {
                return Damaged(Family::kEvidence, bytes);
              }
              std::string rest;
              for (const Qualifier& q : e->qualifiers) {
                rest += fmt::format(" qualifier {} {} {} #{} {} {}", static_cast<int>(q.role),
                                    Text(q.span), EntityOrNone(key.ns, q.entity), q.mention,
                                    Text(q.time), Text(q.quantity));
              }
              for (const Attribution& a : e->attributions) {
                rest += fmt::format(" by {} {} #{}", Text(a.span), EntityOrNone(key.ns, a.entity),
                                    a.mention);
              }
              rest += fmt::format(" of #{} #{}", e->subject_mention,
                                  e->object_mention ? int64_t{*e->object_mention} : -1);
              Line(key.ns, "evidence {}: {} {} {} {} {}/{} {} {} {} rule {}{}", Place(key),
                   Text(e->sentence), Text(e->subject), Text(e->predicate), Text(e->object),
                   static_cast<int>(e->polarity), static_cast<int>(e->modality), e->confidence,
                   Text(e->time), Text(e->quantity), Quoted(e->rule), rest);
            });
    ForEach(Family::kByDoc, ByDocKey::Decode, [this](const ByDocKey& key, auto&, auto& value) {
      Line(key.ns, "by_doc {} {}",
           key.part == Part::kEvidence ? Place(key.evidence()) : Place(key.mention()),
           Quoted(value));
    });
    ForEach(Family::kByRun, ByRunKey::Decode, [this](const ByRunKey& key, auto&, auto& value) {
      Line(key.ns, "by_run {} {} {}", Run(key.ns, key.run), documents_.Get(key.ns, key.document),
           Quoted(value));
    });
  }

  void DumpEntities() {
    ForEach(Family::kEntity, EntityKey::Decode,
            [this](const EntityKey& key, auto& bytes, auto& value) {
              const auto entity = DecodeEntity(bytes, value);
              if (!entity.ok()) {
                return Damaged(Family::kEntity, bytes);
              }
              Line(key.ns, "entity {} mentions {} names{} types{}", Quoted(entity->key),
                   entity->mentions, Text(entity->names), Text(entity->types));
            });
    ForEach(
        Family::kAlias, AliasKey::Decode, [this](const AliasKey& key, auto& bytes, auto& value) {
          Line(key.ns, "alias {} -> {} *{}", Quoted(key.text), entities_.Get(key.ns, key.entity),
               DecodeNumber(Family::kAlias, bytes, value).value());
        });
    ForEach(Family::kMention, MentionKey::Decode,
            [this](const MentionKey& key, auto& bytes, auto& value) {
              const auto m = DecodeMention(bytes, value);
              if (!m.ok()) {
                return Damaged(Family::kMention, bytes);
              }
              Line(key.ns, "mention {}: {} kind {} type {} name {} rule {} {} key {}", Place(key),
                   Text(m->span), static_cast<int>(m->kind), Quoted(m->type), Quoted(m->name),
                   Quoted(m->rule), m->confidence, Quoted(m->key));
            });
  }

  // What decisions hold, not the log of them.
  void DumpLinks() {
    ForEach(Family::kMergeLog, MergeLogKey::Decode,
            [this](const MergeLogKey& key, auto& bytes, auto& value) {
              if (key.row != MergeRow::kLink) {
                return;
              }
              const auto link = DecodeLink(bytes, value);
              if (!link.ok()) {
                return Damaged(Family::kMergeLog, bytes);
              }
              Line(key.ns, "link {} {} {} -> {}", Quoted(key.source.key), Quoted(key.source.name),
                   Quoted(key.source.document), Quoted(link->target));
            });
  }

  void DumpDocuments() {
    const auto decode = [](std::string_view key) {
      return DocumentKey::Decode(Family::kDocument, key);
    };
    ForEach(Family::kDocument, decode, [this](auto& key, auto& bytes, auto& value) {
      const auto r = DecodeDocument(bytes, value);
      if (!r.ok()) {
        return Damaged(Family::kDocument, bytes);
      }
      std::vector<std::string> runs;
      for (const RunId run : r->runs) {
        runs.push_back(Run(key.ns, run));
      }
      std::sort(runs.begin(), runs.end());
      const Document& d = r->document;
      Line(key.ns,
           "document {} {} {} {} {} {} {} fingerprint {} bytes {} triples {} evidence {} "
           "mentions {} runs {}",
           Quoted(d.id), Quoted(d.uri), Quoted(d.title), Quoted(d.source), Quoted(d.published),
           Quoted(d.language), Quoted(d.text), Quoted(r->fingerprint), r->text_bytes, r->triples,
           r->evidence, r->mentions, fmt::join(runs, ", "));
    });
    ForEach(Family::kText, decode, [this](auto& key, auto&, auto& value) {
      Line(key.ns, "text {} {}", documents_.Get(key.ns, key.document), Quoted(value));
    });
    ForEach(Family::kSketch, decode, [this](auto& key, auto&, auto& value) {
      Line(key.ns, "sketch {} {}", documents_.Get(key.ns, key.document), Quoted(value));
    });
  }

  // Those that are not promoted; of the others there is a log only.
  void DumpReextractions() {
    ForEach(Family::kReextraction, ReextractionKey::Decode,
            [this](const ReextractionKey& key, auto& bytes, auto& value) {
              if (key.row == ReextractionRow::kDocument) {
                auto shadow = DecodeShadow(bytes, value);
                if (!shadow.ok()) {
                  return Damaged(Family::kReextraction, bytes);
                }
                shadow->base = Revision(1);
                return Line(key.ns, "shadow {} {}: {}", Quoted(key.id),
                            documents_.Get(key.ns, key.document), Quoted(EncodeShadow(*shadow)));
              }
              const auto record = DecodeReextraction(bytes, value);
              if (!record.ok()) {
                return Damaged(Family::kReextraction, bytes);
              }
              if (!record->promoted.valid()) {
                Line(key.ns, "reextraction {} {} read {} failed {} found {} {} {}", Quoted(key.id),
                     record->plugin, record->read, record->failed, record->found.added,
                     record->found.removed, record->found.changed);
              }
            });
  }

  const Snapshot& snapshot_;
  std::vector<NamespaceId> ids_;
  Names<NamespaceId> namespaces_;
  Names<TermId> terms_[6];  // by TermKind
  Names<EntityId> entities_;
  Names<DocumentNumber> documents_;
  Names<TripleId> triples_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> DumpGraph(const Snapshot& snapshot) { return Dumper(snapshot).Run(); }

std::string Difference(const std::vector<std::string>& actual,
                       const std::vector<std::string>& expected) {
  std::vector<std::string> surplus;
  std::vector<std::string> missing;
  std::set_difference(actual.begin(), actual.end(), expected.begin(), expected.end(),
                      std::back_inserter(surplus));
  std::set_difference(expected.begin(), expected.end(), actual.begin(), actual.end(),
                      std::back_inserter(missing));
  std::string out;
  for (const std::string& line : surplus) {
    out += "+ " + line + "\n";
  }
  for (const std::string& line : missing) {
    out += "- " + line + "\n";
  }
  return out;
}

}  // namespace dossier
