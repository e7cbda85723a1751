#include "plugins/english/text/annotation.h"

namespace dossier::english {

std::string_view SentenceKindName(SentenceKind kind) {
  switch (kind) {
    case SentenceKind::kSentence:
      return "sentence";
    case SentenceKind::kHeading:
      return "heading";
    case SentenceKind::kItem:
      return "item";
    case SentenceKind::kRow:
      return "row";
    case SentenceKind::kBoilerplate:
      return "boilerplate";
  }
  return "sentence";
}

}  // namespace dossier::english
