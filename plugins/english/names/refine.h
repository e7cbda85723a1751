// From the coarse types of the sequence model to the types of the layer name/1.
#ifndef DOSSIER_PLUGINS_ENGLISH_NAMES_REFINE_H_
#define DOSSIER_PLUGINS_ENGLISH_NAMES_REFINE_H_

#include "plugins/english/names/gazetteer.h"
#include "plugins/english/names/labels.h"
#include "plugins/english/names/name.h"
#include "plugins/english/text/annotation.h"

namespace dossier::english {

// By the words of the name and its gazetteer entry: places are GPE, LOC or FACILITY, organisations
// ORG or MILITARY_UNIT.
NameType Refine(const Annotation& annotation, const Gazetteer& gazetteer, const LabelledSpan& span);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_NAMES_REFINE_H_
