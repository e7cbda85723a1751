#include "plugins/openie/confidence.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string_view>

namespace dossier::openie {
namespace {

constexpr std::array<double, kFeatures + 1> kWeights = {
#include "plugins/openie/confidence_weights.inc"
};

double Words(std::string_view text) {
  return text.empty() ? 0 : 1 + static_cast<double>(std::ranges::count(text, ' '));
}

double Log(double count) { return std::log1p(count); }

// How many clauses it is nested in.
int Depth(const Clauses& clauses, const Frame& frame) {
  int depth = 0;
  for (int f = frame.parent; f != kNone && depth < 8; ++depth) {
    f = clauses.frames[static_cast<size_t>(f)].parent;
  }
  return depth;
}

bool HasSlot(const Frame& frame, Slot slot) {
  return std::ranges::any_of(frame.arguments, [&](const Argument& a) { return a.slot == slot; });
}

}  // namespace

Features FeaturesOf(const Tree& tree, const Clauses& clauses, const Frame& frame,
                    const Tuple& tuple) {
  Features out{};
  size_t next = static_cast<size_t>(frame.rule);
  out[next] = 1;
  next = static_cast<size_t>(Rule::kCount);
  const auto add = [&](double value) { out[next++] = value; };
  const size_t arguments = tuple.arguments.size();
  double words = 0;
  for (size_t k = 1; k < arguments; ++k) words += Words(tuple.arguments[k]);
  const double subject = arguments == 0 ? 0 : Words(tuple.arguments.front());
  const Word& head = tree[frame.head];
  const Pos subject_pos = frame.has_subject ? tree[frame.subject.head].pos : Pos::kOther;
  add(frame.passive);
  add(frame.copular && !frame.supplied);
  add(frame.supplied && !frame.chain.empty());
  add(frame.existential);
  add(frame.borrowed);
  add(frame.chain.size() > 1);
  add(arguments < 2);
  add(arguments == 3);
  add(arguments > 3);
  add(HasSlot(frame, Slot::kObject));
  add(HasSlot(frame, Slot::kOblique));
  add(HasSlot(frame, Slot::kAgent));
  add(HasSlot(frame, Slot::kContent));
  add(HasSlot(frame, Slot::kOpenContent) || HasSlot(frame, Slot::kAdverbial));
  add(HasSlot(frame, Slot::kAdverb));
  add(Log(Words(tuple.relation)));
  add(Log(subject));
  add(Log(words));
  add(words > 12);
  add(Log(tree.size()));
  add(Depth(clauses, frame));
  add(subject_pos == Pos::kPron);
  add(subject_pos == Pos::kPropn);
  add(head.xpos == "VBG");
  add(head.pos == Pos::kAdj);
  const bool named = subject_pos == Pos::kPropn, names = head.pos == Pos::kPropn;
  add(frame.rule == Rule::kLocation && named);
  add(frame.rule == Rule::kLocation && names);
  add(frame.rule == Rule::kApposition && named);
  add(frame.rule == Rule::kPossessive && named);
  add(frame.copular && tree.Has(frame.head, Rel::kDet));
  add(std::ranges::any_of(frame.arguments, [](const Argument& a) { return a.shared; }));
  add(std::ranges::any_of(frame.arguments,
                          [&](const Argument& a) { return tree.Has(a.head, Rel::kConj); }));
  add(frame.has_subject && tree.Has(frame.subject.head, Rel::kConj));
  add(frame.has_subject ? Log(std::abs(frame.head - frame.subject.head)) : 0);
  add(Log(static_cast<double>(clauses.frames.size())));
  add(frame.modality != Modality::kAsserted && frame.modality != Modality::kReported);
  add(frame.polarity == Polarity::kNegative);
  add(!frame.sources.empty());
  return out;
}

double Confidence(const Features& features) {
  double sum = kWeights.back();  // the bias
  for (size_t i = 0; i < kFeatures; ++i) sum += kWeights[i] * features[i];
  return 1 / (1 + std::exp(-sum));
}

}  // namespace dossier::openie
