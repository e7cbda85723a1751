#include "plugins/english/names/refine.h"

#include "plugins/english/names/cues.h"
#include "plugins/english/syntax/lexeme.h"

namespace dossier::english {
namespace {

bool HasCue(const Annotation& annotation, const LabelledSpan& span, Cue cue) {
  for (uint32_t i = span.begin; i < span.end; ++i) {
    if (FindCue(annotation.Form(i)) == cue) return true;
  }
  return false;
}

NameType RefinePlace(const Annotation& annotation, const Gazetteer& gazetteer,
                     const LabelledSpan& span) {
  uint64_t phrase = kEmptyPhrase;
  for (uint32_t i = span.begin; i < span.end; ++i) {
    phrase = ExtendPhrase(phrase, MakeLexeme(annotation.Form(i)).lower);
  }
  const GazetteerClasses classes = gazetteer.Find(phrase).classes;
  if ((classes & (kCountry | kRegion | kCity)) != 0) return NameType::kGpe;
  if ((classes & kLandform) != 0) return NameType::kLoc;
  if (span.end - span.begin > 1) {
    if (HasCue(annotation, span, Cue::kFacility)) return NameType::kFacility;
    if (HasCue(annotation, span, Cue::kLandform)) return NameType::kLoc;
  }
  return NameType::kGpe;
}

}  // namespace

NameType Refine(const Annotation& annotation, const Gazetteer& gazetteer,
                const LabelledSpan& span) {
  switch (span.type) {
    case Coarse::kPerson:
      return NameType::kPerson;
    case Coarse::kOrg:
      return span.end - span.begin > 1 && HasCue(annotation, span, Cue::kMilitary)
                 ? NameType::kMilitaryUnit
                 : NameType::kOrg;
    case Coarse::kPlace:
      return RefinePlace(annotation, gazetteer, span);
    case Coarse::kNorp:
      return NameType::kNorp;
    case Coarse::kEvent:
      return NameType::kEvent;
    case Coarse::kProduct:
      return NameType::kProduct;
    case Coarse::kMisc:
      return NameType::kMisc;
  }
  return NameType::kMisc;
}

}  // namespace dossier::english
