// Validate(): reextractions and the shadows of documents that they keep.
#include <fmt/format.h>

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "server/base/utf8.h"
#include "server/storage/reextraction.h"
#include "server/storage/validation.h"

namespace dossier {
namespace {

// Counts of shadows, by the key of their reextraction.
using Found = std::map<ReextractionKey, ReextractionRecord>;

void CheckSpans(Validation* v, std::string_view key, const ShadowDocument& shadow,
                const std::string& text) {
  const auto check = [&](Span span) {
    if (span.end > text.size() || !IsCharacterBoundary(text, span.begin) ||
        !IsCharacterBoundary(text, span.end)) {
      v->Problem(Family::kReextraction, key,
                 fmt::format("the span from {} to {} lies outside the text or cuts a character",
                             span.begin, span.end));
    }
  };
  for (const ShadowRun& run : shadow.runs) {
    for (const Mention& mention : run.mentions) {
      check(mention.span);
    }
    for (const ShadowTriple& triple : run.triples) {
      const Evidence& evidence = triple.evidence;
      for (const Span span :
           {evidence.sentence, evidence.subject, evidence.predicate, evidence.object}) {
        check(span);
      }
      for (const Qualifier& qualifier : evidence.qualifiers) {
        check(qualifier.span);
      }
      for (const Attribution& attribution : evidence.attributions) {
        check(attribution.span);
      }
    }
  }
}

void CheckShadow(Validation* v, const ReextractionKey& place, std::string_view key,
                 const ShadowDocument& shadow, Found* found) {
  const ReextractionKey owner = ReextractionKey::Of(place.ns, place.id);
  Count(shadow, &(*found)[owner]);
  if (!v->Has(Family::kReextraction, owner.Encode())) {
    v->Problem(Family::kReextraction, key, "its reextraction does not exist");
  }
  const std::string document_key = DocumentKey{place.ns, place.document}.Encode();
  const auto value = v->Get(Family::kDocument, document_key);
  const auto record = value ? DecodeDocument(document_key, *value) : absl::NotFoundError("");
  if (!record.ok() || record->revision != shadow.base) {
    v->Problem(Family::kReextraction, key, "it is not of its document as that is now");
    return;
  }
  CheckSpans(v, key, shadow, v->Get(Family::kText, document_key).value_or(""));
}

// The log of changes must have the promotion, as far as it goes back.
void CheckPromotion(Validation* v, const ReextractionKey& place, std::string_view key,
                    Revision revision) {
  if (revision <= v->state().trimmed) {
    return;
  }
  const std::string change_key = ChangeKey{place.ns, revision}.Encode();
  const auto value = v->Get(Family::kChange, change_key);
  const auto event = value ? DecodeChange(change_key, *value) : absl::NotFoundError("");
  if (!event.ok() || event->kind != ChangeKind::kPromoted || event->document_id != place.id) {
    v->Problem(Family::kReextraction, key,
               fmt::format("revision {} did not promote it", revision.value()));
  }
}

void CheckRecord(Validation* v, const ReextractionKey& place, std::string_view key,
                 const ReextractionRecord& record, const Found& found) {
  const auto tally = found.find(place);
  const ReextractionRecord none;
  const ReextractionRecord& shadows = tally == found.end() ? none : tally->second;
  if (record.promoted.valid()) {
    CheckPromotion(v, place, key, record.promoted);
    if (shadows != none) {
      v->Problem(Family::kReextraction, key, "it is promoted and still has shadows");
    }
  } else if (record.read != shadows.read || record.failed != shadows.failed ||
             record.found != shadows.found) {
    v->Problem(Family::kReextraction, key, "its counts are not those of its shadows");
  }
}

}  // namespace

// The shadows of a namespace come before the records.
void ValidateReextractions(Validation* v) {
  Found found;
  v->ForAll(Family::kReextraction, [&](std::string_view key, std::string_view value) {
    const auto place = v->Sound(ReextractionKey::Decode(key));
    if (!place) {
      return;
    }
    v->Tally(Family::kReextraction, key, place->ns);
    if (place->row == ReextractionRow::kDocument) {
      if (const auto shadow = v->Sound(DecodeShadow(key, value))) {
        CheckShadow(v, *place, key, *shadow, &found);
      }
    } else if (const auto record = v->Sound(DecodeReextraction(key, value))) {
      CheckRecord(v, *place, key, *record, found);
    }
  });
}

}  // namespace dossier
