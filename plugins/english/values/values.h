// Times and quantities of a document: the rows of the layer value/1.
#ifndef DOSSIER_PLUGINS_ENGLISH_VALUES_VALUES_H_
#define DOSSIER_PLUGINS_ENGLISH_VALUES_VALUES_H_

#include <string_view>
#include <vector>

#include "plugins/english/text/annotation.h"
#include "plugins/english/values/value.h"

namespace dossier::english {

// The values of the text, sorted, disjoint, on token boundaries, each within one sentence.
//
// `published` is the ISO 8601 date or time of the document; when it is empty or no date, times told
// from it ("Friday", "last year") have no `from` and `to`. Weeks run Monday to Sunday; what goes on
// ("since May") ends on the published day. The annotation may lack words; with them, years and
// counts are told apart better, and units are found.
//
// Linear in the tokens, whatever they hold. Thread-safe.
std::vector<Value> FindValues(const Annotation& annotation, std::string_view published);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_VALUES_VALUES_H_
