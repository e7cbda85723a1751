#include "plugins/openie/discourse.h"

#include <utility>

#include "plugins/openie/sentence.h"
#include "plugins/openie/triples.h"
#include "plugins/openie/tuples.h"

namespace dossier::openie {
namespace {

void WriteTuple(const Tree& tree, sdk::Span sentence, const Frame& frame, sdk::Sink* sink) {
  Tuple tuple = RenderTuple(tree, frame);
  if (tuple.relation.empty() || tuple.arguments.empty()) return;
  if (frame.supplied && tuple.arguments.size() < 2) return;  // "signs of NORTHERN PRESENCE"
  sdk::Proposition proposition;
  proposition.span = sentence;
  proposition.confidence = frame.confidence;
  proposition.relation = std::move(tuple.relation);
  proposition.arguments = std::move(tuple.arguments);
  sink->Add(proposition);
}

// "Key dates:": announces what follows and says nothing.
bool IsAnnouncement(const Tree& tree) {
  constexpr int kLongest = 6;
  return tree.size() > 0 && tree.size() <= kLongest && tree[tree.size() - 1].text == ":";
}

}  // namespace

void Discourse::AddRow(uint32_t sentence) {
  const Tree tree(layers_.Words(sentence));
  const auto parts = [&](int i) {
    const std::string_view gap = layers_.Text({tree[i - 1].end, tree[i].begin});
    return gap.find_first_of("\t\n") != gap.npos;
  };
  for (const CellStatement& s : table_.Add(ReadRow(tree, parts))) {
    emitter_.Emit(layers_.span(sentence), s);
  }
  emitter_.EmitNames(tree);
}

void Discourse::Add(uint32_t sentence) {
  if (layers_.IsRow(sentence)) return AddRow(sentence);
  table_.Clear();
  Tree tree(layers_.Words(sentence));
  emitter_.Read(tree);
  Clauses clauses = ReadSentence(tree);
  QuoteScan scan = ScanQuotes(tree, open_);
  const int speaker = SpeakerIn(tree, clauses, scan);
  if (speaker != kNone) AttributeQuoted(scan, speaker, &clauses);
  const Label label = FindLabel(tree, layers_.IsHeading(sentence));
  AttributeToLabel(label, &clauses);
  open_ = scan.open;
  held_.push_back({sentence, std::move(tree), std::move(clauses), std::move(scan), label});
  if (!open_ || held_.size() >= kWindow) Flush();
}

void Discourse::Flush() {
  // A quotation of several sentences has one speaker, whichever of them names him.
  for (const Held& held : held_) {
    const int head = SpeakerIn(held.tree, held.clauses, held.scan);
    if (head != kNone) {
      speaker_ = emitter_.AttributionTo(held.tree, head);
      break;
    }
    if (!held.scan.whole && held_.size() == 1) speaker_.reset();
  }
  for (const Held& held : held_) Write(held);
  held_.clear();
}

void Discourse::Write(const Held& held) {
  const sdk::Span span = layers_.span(held.row);
  const Tree& tree = held.tree;
  const bool question = tree.size() > 0 && tree[tree.size() - 1].text == "?";
  std::vector<Statement> statements;
  for (const Frame& frame : held.clauses.frames) {
    WriteTuple(tree, span, frame, &sink_);
    if (question || IsAnnouncement(tree)) continue;
    statements.clear();
    RenderStatements(tree, held.clauses, frame, &statements);
    ApplyLabel(held.label, &statements);
    const bool quoted = held.scan.whole && speaker_.has_value();
    for (const Statement& statement : statements) {
      emitter_.Emit(tree, span, frame, statement, quoted ? &*speaker_ : nullptr);
    }
  }
  emitter_.EmitNames(tree);
  emitter_.EmitReferences(tree);
}

}  // namespace dossier::openie
