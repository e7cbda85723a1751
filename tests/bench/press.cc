#include "tests/bench/press.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "server/query/disagreement.h"

namespace dossier {
namespace {

constexpr uint64_t kVocabulary = 20'000;
constexpr uint64_t kAgents = 5'000;
constexpr uint64_t kSentences = 8;
constexpr uint64_t kPlanEvery = 20;  // documents

// The two statements of a contradiction, and of what only looks like one.
struct Pair {
  int kind;  // of ConflictKind
  const char* first;
  const char* second;
};

constexpr int kPolarity = static_cast<int>(ConflictKind::kPolarity);
constexpr int kDenial = static_cast<int>(ConflictKind::kDenial);
constexpr int kQuantity = static_cast<int>(ConflictKind::kQuantity);
constexpr int kExclusive = static_cast<int>(ConflictKind::kExclusive);

constexpr Pair kConflicts[] = {
    {kPolarity, "{0}|send|crates|+reported||||Bureau", "{0}|dispatch|crates|-asserted||||"},
    {kDenial, "{0}|buy|vessels|+asserted||||", "{0}|purchase|ships|denied||||{0}"},
    {kQuantity, "{0}|send|soldiers|+asserted|{1}|2025-03-03|2025-03-09|",
     "{0}|deploy|troops|+reported|{2}|2025-03-05|2025-03-05|Bureau"},
    {kQuantity, "{0}|plan to send|crates|planned|{1}|||", "{0}|send|crates|planned|{2}|||Bureau"},
    {kExclusive, "{0}|be born in|Brenn|+asserted||||", "{0}|be born in|Torm|+asserted||||"},
    {kExclusive, "Ada {0}|be the capital of|{0}|+asserted||||",
     "Daro {0}|be the capital of|{0}|+reported||||Bureau"},
};

constexpr Pair kTraps[] = {
    {0, "{0}|send|crates|+reported||||Bureau", "{0}|dispatch|crates|-possible||||"},
    {0, "{0}|send|crates|+reported||2025-03-03|2025-03-09|",
     "{0}|send|crates|-asserted||2025-04-01|2025-04-02|"},
    {0, "{0}|send|crates|+asserted|{1}|2025-03-03|2025-03-09|",
     "{0}|send|crates|+asserted|{2}|2025-04-03|2025-04-09|"},
    {0, "{0}|send|crates|+asserted|{2}|2025-03-03|2025-03-09|",
     "{0}|send|crates|+reported|>{1}|2025-03-03|2025-03-09|Bureau"},
    {0, "{0}|send|crates|+asserted|{1}|2025-03-03|2025-03-09|",
     "{0}|send|shells|+asserted|{2}|2025-03-03|2025-03-09|"},
    {0, "{0}|send|crates|+asserted|{1}|2025-03-03|2025-03-09|",
     "{0}|send|crates|planned|{2}|2025-03-03|2025-03-09|"},
};

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t size = std::min(text.find(separator), text.size());
    parts.push_back(text.substr(0, size));
    if (size == text.size()) {
      return parts;
    }
    text.remove_prefix(size + 1);
  }
}

// Reads one sentence.
class StatementReader {
 public:
  StatementReader(std::string_view text, RunOutput* output) : text_(text), output_(*output) {}

  void Read(Span sentence, std::string_view statement) {
    const std::vector<std::string_view> parts = Split(statement, '|');
    ExtractedTriple triple;
    triple.sentence = sentence;
    triple.subject = Mention(parts[0]);
    triple.predicate = parts[1];
    triple.predicate_span = SpanOf(parts[1]);
    triple.object = Mention(parts[2]);
    SetStance(parts[3], &triple);
    if (!parts[4].empty()) {
      const bool at_least = parts[4].front() == '>';
      const double value = std::atof(std::string(parts[4].substr(at_least ? 1 : 0)).c_str());
      triple.quantity = Quantity{value, value, "", at_least ? Bound::kAtLeast : Bound::kExact};
    }
    if (!parts[5].empty()) {
      triple.time = TimeInterval{std::string(parts[5]), std::string(parts[6])};
    }
    if (!parts[7].empty()) {
      triple.attributions.push_back({SpanOf(parts[7]), Mention(parts[7])});
    }
    output_.triples.push_back(std::move(triple));
  }

 private:
  Span SpanOf(std::string_view part) const {
    const auto begin = static_cast<uint32_t>(part.data() - text_.data());
    return {begin, begin + static_cast<uint32_t>(part.size())};
  }

  MentionIndex Mention(std::string_view part) {
    ExtractedMention mention;
    mention.span = SpanOf(part);
    mention.kind = MentionKind::kName;
    mention.type = "MISC";
    mention.name = part;
    output_.mentions.push_back(std::move(mention));
    return static_cast<MentionIndex>(output_.mentions.size() - 1);
  }

  static void SetStance(std::string_view stance, ExtractedTriple* triple) {
    if (stance.starts_with('-')) {
      triple->polarity = Polarity::kNegative;
    }
    triple->modality = stance.ends_with("reported")   ? Modality::kReported
                       : stance.ends_with("planned")  ? Modality::kPlanned
                       : stance.ends_with("possible") ? Modality::kPossible
                       : stance.ends_with("denied")   ? Modality::kDenied
                                                      : Modality::kAsserted;
  }

  const std::string_view text_;
  RunOutput& output_;
};

}  // namespace

std::string Press::Words(uint64_t count) {
  std::string text;
  for (uint64_t i = 0; i < count; ++i) {
    text += fmt::format("w{} ", Below(kVocabulary));
  }
  return text;
}

std::string Press::Sentence(std::string_view statement) {
  return fmt::format("{}[{}] {}\n", Words(6 + Below(6)), statement, Words(4 + Below(6)));
}

// What everybody may say without contradiction: numbers are those of the matter and the month.
std::string Press::Background() {
  static constexpr const char* kPredicates[] = {"meet", "visit", "send", "build", "warn", "supply"};
  static constexpr const char* kObjects[] = {"crates", "shells", "bridges", "Brenn", "Torm"};
  const uint64_t agent = Below(kAgents);
  const uint64_t predicate = Below(std::size(kPredicates));
  const uint64_t object = Below(std::size(kObjects));
  std::string rest = "|||";
  if (Below(3) == 0) {
    const uint64_t month = 1 + Below(9);
    rest = fmt::format("{}|2025-0{}-01|2025-0{}-09|",
                       1 + (agent * 7 + predicate * 5 + object * 3 + month) % 900, month, month);
  }
  return fmt::format("Agent {}|{}|{}|+{}|{}{}", agent, kPredicates[predicate], kObjects[object],
                     Below(2) == 0 ? "asserted" : "reported", rest,
                     Below(2) == 0 ? "" : fmt::format("Source {}", Below(300)));
}

void Press::PlanConflict() {
  const Pair& pair = kConflicts[planned_ % std::size(kConflicts)];
  const std::string subject = fmt::format("Quarrel{}", planned_);
  const uint64_t number = 10 + Below(1000);
  for (const char* form : {pair.first, pair.second}) {
    statements_.push_back(fmt::format(fmt::runtime(form), subject, number, 2 * number));
  }
  conflicts_[subject] = pair.kind;
}

void Press::PlanTrap() {
  const Pair& pair = kTraps[planned_ % std::size(kTraps)];
  const std::string subject = fmt::format("Trap{}", planned_);
  const uint64_t number = 10 + Below(1000);
  for (const char* form : {pair.first, pair.second}) {
    statements_.push_back(fmt::format(fmt::runtime(form), subject, number, 2 * number));
  }
  ++traps_;
}

// One statement with two to four origins: texts of their own, one of which is reprinted twice, and
// a source that two documents name.
void Press::PlanWire() {
  const std::string subject = fmt::format("Wire{}", planned_);
  const uint64_t own = 1 + Below(3);
  for (uint64_t i = 0; i < own; ++i) {
    statements_.push_back(fmt::format("{}|visit|Torm|+asserted||||", subject));
  }
  for (int i = 0; i < 2; ++i) {
    statements_.push_back(fmt::format("{}|visit|Torm|+reported||||Source of {}", subject, subject));
  }
  std::string text = Sentence(fmt::format("{}|visit|Torm|+asserted||||", subject));
  for (uint64_t i = 1; i < kSentences; ++i) {
    text += Sentence(Background());
  }
  for (int i = 0; i < 3; ++i) {
    reprints_.push_back(fmt::format("{}\n{}{}\n", Words(4), text, Words(6)));
  }
  origins_[subject] = own + 2;
}

Document Press::Print(bool planning) {
  if (planning && documents_ % kPlanEvery == 0) {
    ++planned_;
    PlanConflict();
    PlanTrap();
    PlanWire();
  }
  Document document;
  document.id = fmt::format("press-{}", ++documents_);
  document.published = "2025-03-10";
  document.language = "en";
  if (!reprints_.empty() && Below(2) == 0) {
    document.text = std::move(reprints_.front());
    reprints_.pop_front();
    return document;
  }
  for (uint64_t i = 0; i < kSentences; ++i) {
    const bool planted = i == 3 && !statements_.empty();
    document.text += Sentence(planted ? statements_.front() : Background());
    if (planted) {
      statements_.pop_front();
    }
  }
  return document;
}

RunOutput ReadPress(std::string_view text) {
  RunOutput output;
  StatementReader reader(text, &output);
  uint32_t begin = 0;
  for (const std::string_view line : Split(text, '\n')) {
    const std::size_t open = line.find('[');
    if (open != std::string_view::npos) {
      const std::size_t close = line.find(']');
      reader.Read({begin, begin + static_cast<uint32_t>(line.size())},
                  line.substr(open + 1, close - open - 1));
    }
    begin += static_cast<uint32_t>(line.size()) + 1;
  }
  return output;
}

}  // namespace dossier
