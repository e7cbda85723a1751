#include "plugins/english/names/labels.h"

namespace dossier::english {

std::vector<LabelledSpan> SpansOf(std::span<const Label> labels, uint32_t first) {
  std::vector<LabelledSpan> spans;
  uint32_t begin = first;
  for (uint32_t i = 0; i < labels.size(); ++i) {
    if (labels[i] == kOutside) continue;
    if (!IsOpenBefore(labels[i])) begin = first + i;
    if (!IsOpenAfter(labels[i])) spans.push_back({begin, first + i + 1, TypeOf(labels[i])});
  }
  return spans;
}

}  // namespace dossier::english
