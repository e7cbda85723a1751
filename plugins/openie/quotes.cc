#include "plugins/openie/quotes.h"

#include <algorithm>

#include "plugins/openie/lexicon.h"

namespace dossier::openie {
namespace {

enum class Mark { kNone, kOpen, kClose, kEither };

Mark MarkOf(std::string_view text) {
  if (text == "\u201C" || text == "``" || text == "\u00AB") return Mark::kOpen;
  if (text == "\u201D" || text == "''" || text == "\u00BB") return Mark::kClose;
  return text == "\"" ? Mark::kEither : Mark::kNone;
}

}  // namespace

QuoteScan ScanQuotes(const Tree& tree, bool open) {
  QuoteScan scan;
  scan.whole = true;
  bool any = open;
  for (int i = 0; i < tree.size(); ++i) {
    const Mark mark = MarkOf(tree[i].text);
    const bool before = open;
    if (mark == Mark::kOpen) open = true;
    if (mark == Mark::kClose) open = false;
    if (mark == Mark::kEither) open = !open;
    any = any || mark != Mark::kNone;
    const bool quoted = before || open || mark != Mark::kNone;
    scan.quoted.push_back(quoted);
    if (!quoted && tree[i].pos != Pos::kPunct) scan.whole = false;
  }
  scan.open = open;
  scan.whole = scan.whole && any;
  return scan;
}

int SpeakerIn(const Tree& tree, const Clauses& clauses, const QuoteScan& scan) {
  if (std::ranges::find(scan.quoted, true) == scan.quoted.end()) return kNone;
  for (const Frame& f : clauses.frames) {
    if (f.chain.empty() || !f.has_subject || f.passive) continue;
    const Stance stance = StanceOfVerb(tree[f.head].lemma);
    if (stance != Stance::kSay && stance != Stance::kClaim) continue;
    if (!scan.quoted[static_cast<size_t>(f.head)]) return f.subject.head;
  }
  return kNone;
}

void AttributeQuoted(const QuoteScan& scan, int speaker, Clauses* clauses) {
  for (Frame& f : clauses->frames) {
    const bool own = f.chain.empty() && f.rule != Rule::kInclusion && f.rule != Rule::kNominal;
    if (own || !scan.quoted[static_cast<size_t>(f.head)]) continue;
    if (std::ranges::find(f.sources, speaker) != f.sources.end()) continue;
    f.sources.insert(f.sources.begin(), speaker);
    f.modality = std::max(f.modality, Modality::kReported);
  }
}

}  // namespace dossier::openie
