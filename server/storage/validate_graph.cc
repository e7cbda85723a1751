// Validate(): triples and their indexes, terms, entities.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "server/storage/validation.h"

namespace dossier {
namespace {

void ValidateIndexRecord(Validation* v, Family order, std::string_view key,
                         std::string_view value) {
  const auto index = v->Sound(TripleIndexKey::Decode(order, key));
  const auto id = v->Sound(DecodeNumber(order, key, value));
  if (!index || !id) {
    return;
  }
  const std::string triple_key = TripleKey{index->ns, TripleId(*id)}.Encode();
  const auto triple = v->Get(Family::kTriple, triple_key);
  if (!triple) {
    v->Problem(order, key, fmt::format("its triple {} does not exist", *id));
  } else if (const auto record = v->Sound(DecodeTriple(triple_key, *triple));
             record && (record->triple != index->triple || !StandsIn(order, *record))) {
    v->Problem(order, key, fmt::format("triple {} is another, or does not belong here", *id));
  }
}

// The counters that the evidence of a triple gives.
TripleRecord TallyEvidence(Validation* v, const TripleKey& place) {
  TripleRecord tally;
  DocumentNumber previous;
  v->ForEach(Family::kEvidence, place.Encode(), [&](std::string_view key, std::string_view value) {
    const auto evidence_key = EvidenceKey::Decode(key);
    const auto evidence = DecodeEvidence(key, value);
    if (evidence_key.ok() && evidence.ok()) {  // otherwise reported with the evidence
      tally.documents += evidence_key->document != previous ? 1u : 0u;
      previous = evidence_key->document;
      tally.figures += evidence->quantity ? 1u : 0u;
      ++tally.stances.at(evidence->polarity, evidence->modality);
    }
  });
  return tally;
}

void ValidateTripleRecord(Validation* v, std::string_view key, std::string_view value) {
  const auto place = v->Sound(TripleKey::Decode(key));
  const auto record = v->Sound(DecodeTriple(key, value));
  if (!place || !record) {
    return;
  }
  NamespaceTally& tally = v->Tally(Family::kTriple, key, place->ns);
  ++tally.found.triples;
  v->CheckGivenOut(Family::kTriple, key, place->triple.value(), tally.ids.triple);
  for (const Family order : kTripleIndexes) {
    if (StandsIn(order, *record) &&
        !v->Maps(order, TripleIndexKey{place->ns, record->triple}.Encode(order),
                 place->triple.value())) {
      v->Problem(Family::kTriple, key, fmt::format("{} does not list it", InfoOf(order).name));
    }
  }
  const auto& [subject, predicate, object] = record->triple;
  if (!v->Has(Family::kEntity, EntityKey{place->ns, subject}.Encode())) {
    v->Problem(Family::kTriple, key, "its subject does not exist");
  }
  if (!v->Has(Family::kTerm,
              TermKey{place->ns, TermKind::kPredicate, predicate.value()}.Encode())) {
    v->Problem(Family::kTriple, key, "its predicate does not exist");
  }
  const bool object_exists =
      object.is_literal()
          ? v->Has(Family::kTerm,
                   TermKey{place->ns, TermKind::kLiteral, object.literal().value()}.Encode())
          : v->Has(Family::kEntity, EntityKey{place->ns, object.entity()}.Encode());
  if (!object_exists) {
    v->Problem(Family::kTriple, key, "its object does not exist");
  }
  const TripleRecord found = TallyEvidence(v, *place);
  if (found.documents == 0) {
    v->Problem(Family::kTriple, key, "it has no evidence");
  }
  if (found.documents != record->documents || found.figures != record->figures ||
      found.stances != record->stances) {
    v->Problem(Family::kTriple, key, "its counters are not those of its evidence");
  }
}

void ValidateEvidenceRecord(Validation* v, std::string_view key, std::string_view value) {
  const auto place = v->Sound(EvidenceKey::Decode(key));
  const auto evidence = v->Sound(DecodeEvidence(key, value));
  if (!place || !evidence) {
    return;
  }
  ++v->Tally(Family::kEvidence, key, place->ns).found.evidence;
  if (!v->Has(Family::kTriple, TripleKey{place->ns, place->triple}.Encode())) {
    v->Problem(Family::kEvidence, key, "its triple does not exist");
  }
  if (!v->Has(Family::kByDoc, ByDocKey::Of(*place).Encode())) {
    v->Problem(Family::kEvidence, key, "by_doc does not list it");
  }
  const auto check_entity = [&](EntityId entity, const char* of) {
    if (entity.valid() && !v->Has(Family::kEntity, EntityKey{place->ns, entity}.Encode())) {
      v->Problem(Family::kEvidence, key,
                 fmt::format("entity {} of its {} does not exist", entity.value(), of));
    }
  };
  for (const Qualifier& qualifier : evidence->qualifiers) {
    check_entity(qualifier.entity, "qualifier");
  }
  for (const Attribution& attribution : evidence->attributions) {
    check_entity(attribution.entity, "attribution");
  }
}

// How often the graph refers to a term.
uint64_t CountReferences(Validation* v, const TermKey& term) {
  switch (term.kind) {
    case TermKind::kPredicate:
      return v->Count(Family::kPos, KeyPrefix(term.ns, TermId(term.id)));
    case TermKind::kLiteral:
      return v->Count(Family::kOsp, KeyPrefix(term.ns, ObjectId(TermId(term.id))));
    default:
      return v->Count(Family::kByRun, KeyPrefix(term.ns, RunId(term.id)));
  }
}

void ValidateTermRecord(Validation* v, std::string_view key, std::string_view value) {
  const auto place = v->Sound(TermKey::Decode(key));
  const auto term = v->Sound(DecodeTerm(key, value));
  if (!place || !term) {
    return;
  }
  const IdCounters& ids = v->Tally(Family::kTerm, key, place->ns).ids;
  switch (place->kind) {
    case TermKind::kPredicate:
      v->CheckGivenOut(Family::kTerm, key, place->id, ids.term);
      break;
    case TermKind::kLiteral:
      v->CheckGivenOut(Family::kTerm, key, place->id, ids.term);
      v->Sound(ParseLiteral(key, term->bytes));
      break;
    case TermKind::kRun:
      v->CheckGivenOut(Family::kTerm, key, place->id, ids.run);
      v->Sound(ParseExtractor(key, term->bytes));
      break;
    default:
      v->Problem(Family::kTerm, key, "a kind that stands in term_rev only");
      return;
  }
  if (!v->Maps(Family::kTermRev, TermRevKey{place->ns, place->kind, term->bytes}.Encode(),
               place->id)) {
    v->Problem(Family::kTerm, key, "term_rev does not lead back to it");
  }
  if (const uint64_t found = CountReferences(v, *place); found != term->references) {
    v->Problem(Family::kTerm, key,
               fmt::format("it counts {} references but {} were found", term->references, found));
  }
}

// The bytes that `id` stands for, as its record says.
std::optional<std::string> BytesOf(Validation* v, NamespaceId ns, TermKind kind, uint64_t id) {
  switch (kind) {
    case TermKind::kDocument: {
      const std::string key = DocumentKey{ns, DocumentNumber(id)}.Encode();
      const auto value = v->Get(Family::kDocument, key);
      const auto record = value ? DecodeDocument(key, *value) : absl::NotFoundError("");
      return record.ok() ? std::optional(record->document.id) : std::nullopt;
    }
    case TermKind::kEntity: {
      const std::string key = EntityKey{ns, EntityId(id)}.Encode();
      const auto value = v->Get(Family::kEntity, key);
      const auto record = value ? DecodeEntity(key, *value) : absl::NotFoundError("");
      return record.ok() ? std::optional(record->key) : std::nullopt;
    }
    default: {
      const std::string key = TermKey{ns, kind, id}.Encode();
      const auto value = v->Get(Family::kTerm, key);
      const auto record = value ? DecodeTerm(key, *value) : absl::NotFoundError("");
      return record.ok() ? std::optional(record->bytes) : std::nullopt;
    }
  }
}

// What the names of an entity must have under alias.
std::map<std::string, uint64_t> AliasesOf(const Entity& entity) {
  std::map<std::string, uint64_t> aliases;
  for (const Vote& name : entity.names) {
    if (const std::string text = AliasText(name.text); !text.empty()) {
      aliases[text] += name.count;
    }
  }
  return aliases;
}

void ValidateEntityRecord(Validation* v, std::string_view key, std::string_view value) {
  const auto place = v->Sound(EntityKey::Decode(key));
  const auto entity = v->Sound(DecodeEntity(key, value));
  if (!place || !entity) {
    return;
  }
  NamespaceTally& tally = v->Tally(Family::kEntity, key, place->ns);
  ++tally.found.entities;
  v->CheckGivenOut(Family::kEntity, key, place->entity.value(), tally.ids.entity);
  if (!v->Maps(Family::kTermRev, TermRevKey{place->ns, TermKind::kEntity, entity->key}.Encode(),
               place->entity.value())) {
    v->Problem(Family::kEntity, key, "term_rev does not lead from its key to it");
  }
  Entity found;
  found.key = entity->key;
  v->ForEach(Family::kMention, std::string(key),
             [&](std::string_view mention_key, std::string_view mention_value) {
               const auto mention = DecodeMention(mention_key, mention_value);
               ++found.mentions;
               if (mention.ok() && !mention->name.empty()) {
                 AddVotes(&found.names, mention->name, 1);
               }
               if (mention.ok() && !mention->type.empty()) {
                 AddVotes(&found.types, mention->type, 1);
               }
             });
  if (found.mentions == 0) {
    v->Problem(Family::kEntity, key, "it has no mention");
  }
  if (found != *entity) {
    v->Problem(Family::kEntity, key, "its counters and votes are not those of its mentions");
  }
  for (const auto& [text, votes] : AliasesOf(*entity)) {
    if (!v->Maps(Family::kAlias, AliasKey{place->ns, text, place->entity}.Encode(), votes)) {
      v->Problem(Family::kEntity, key, fmt::format("alias does not have its name '{}'", text));
    }
  }
}

void ValidateAliasRecord(Validation* v, std::string_view key, std::string_view value) {
  const auto alias = v->Sound(AliasKey::Decode(key));
  const auto votes = v->Sound(DecodeNumber(Family::kAlias, key, value));
  if (!alias || !votes) {
    return;
  }
  v->Tally(Family::kAlias, key, alias->ns);
  const std::string entity_key = EntityKey{alias->ns, alias->entity}.Encode();
  const auto record = v->Get(Family::kEntity, entity_key);
  const auto entity = record ? DecodeEntity(entity_key, *record) : absl::NotFoundError("");
  const auto aliases = entity.ok() ? AliasesOf(*entity) : std::map<std::string, uint64_t>();
  const auto it = aliases.find(alias->text);
  if (it == aliases.end() || it->second != *votes) {
    v->Problem(
        Family::kAlias, key,
        fmt::format("entity {} has no such name, or other votes for it", alias->entity.value()));
  }
}

void ValidateMentionRecord(Validation* v, std::string_view key, std::string_view value) {
  const auto place = v->Sound(MentionKey::Decode(key));
  if (!place || !v->Sound(DecodeMention(key, value))) {
    return;
  }
  ++v->Tally(Family::kMention, key, place->ns).found.mentions;
  if (!v->Has(Family::kEntity, EntityKey{place->ns, place->entity}.Encode())) {
    v->Problem(Family::kMention, key, "its entity does not exist");
  }
  if (!v->Has(Family::kByDoc, ByDocKey::Of(*place).Encode())) {
    v->Problem(Family::kMention, key, "by_doc does not list it");
  }
}

}  // namespace

void ValidateTriples(Validation* v) {
  for (const Family order : kTripleIndexes) {
    v->ForAll(order, [&](std::string_view key, std::string_view value) {
      ValidateIndexRecord(v, order, key, value);
    });
  }
  v->ForAll(Family::kTriple, [&](std::string_view key, std::string_view value) {
    ValidateTripleRecord(v, key, value);
  });
  v->ForAll(Family::kEvidence, [&](std::string_view key, std::string_view value) {
    ValidateEvidenceRecord(v, key, value);
  });
}

void ValidateTerms(Validation* v) {
  v->ForAll(Family::kTerm, [&](std::string_view key, std::string_view value) {
    ValidateTermRecord(v, key, value);
  });
  v->ForAll(Family::kTermRev, [&](std::string_view key, std::string_view value) {
    const auto place = v->Sound(TermRevKey::Decode(key));
    const auto id = v->Sound(DecodeNumber(Family::kTermRev, key, value));
    if (place && id && BytesOf(v, place->ns, place->kind, *id) != place->bytes) {
      v->Problem(Family::kTermRev, key, fmt::format("{} does not stand for these bytes", *id));
    }
  });
}

void ValidateEntities(Validation* v) {
  v->ForAll(Family::kEntity, [&](std::string_view key, std::string_view value) {
    ValidateEntityRecord(v, key, value);
  });
  v->ForAll(Family::kAlias, [&](std::string_view key, std::string_view value) {
    ValidateAliasRecord(v, key, value);
  });
  v->ForAll(Family::kMention, [&](std::string_view key, std::string_view value) {
    ValidateMentionRecord(v, key, value);
  });
}

}  // namespace dossier
