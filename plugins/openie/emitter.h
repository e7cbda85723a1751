// Writes statements to the sink: mentions once each, spans and values from the layers.
#ifndef DOSSIER_PLUGINS_OPENIE_EMITTER_H_
#define DOSSIER_PLUGINS_OPENIE_EMITTER_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "plugins/openie/coreference.h"
#include "plugins/openie/frame.h"
#include "plugins/openie/mention.h"
#include "plugins/openie/reader.h"
#include "plugins/openie/table.h"
#include "plugins/openie/tree.h"
#include "plugins/openie/triples.h"
#include "plugins/sdk/sink.h"

namespace dossier::openie {

class Emitter {
 public:
  // Borrows both.
  Emitter(const LayerReader& layers, sdk::Sink* sink) : layers_(layers), sink_(*sink) {}

  // Call it before a sentence's statements are emitted, sentences in order.
  void Read(const Tree& tree) { coreference_.Read(tree); }

  // `sentence` is the statement's evidence; `speaker`, when not null, says all of it.
  void Emit(const Tree& tree, sdk::Span sentence, const Frame& frame, const Statement& statement,
            const sdk::Attribution* speaker);

  // A cell of a table; `row` is its evidence.
  void Emit(sdk::Span row, const CellStatement& cell);

  // What no statement has mentioned: every name of the sentence or row, so that the graph knows who
  // a document speaks of. Call it when its statements are emitted.
  void EmitNames(const Tree& tree);
  // Likewise what comes back to something: pronouns, descriptions, roles.
  void EmitReferences(const Tree& tree);

  sdk::Attribution AttributionTo(const Tree& tree, int head);

 private:
  uint32_t MentionOf(const Tree& tree, const Phrase& phrase);
  // An office or a description as such, whoever holds it or fits it.
  uint32_t RoleOf(const Tree& tree, Phrase phrase);
  // What the phrase comes back to, as the antecedent of `mention`.
  std::optional<Link> Refer(const Tree& tree, const Phrase& phrase, sdk::Mention* mention);
  uint32_t MentionOf(const Referent& referent);
  // A title is news once: "President Lee" after "Northern President Ann Lee" tells nothing more.
  bool IsKnownTitle(const Tree& tree, const Statement& statement);
  void Name(int row, sdk::Mention* mention);
  bool RefersBack(const Tree& tree, const Phrase& phrase);
  uint32_t AddMention(const sdk::Mention& mention);
  sdk::Qualifier QualifierOf(const Tree& tree, const Qualifier& qualifier);
  void AddQuantity(int value, sdk::Triple* triple) const;
  // "THE MEETING will be attended by ...": when it is held, if the sentence does not say when.
  void AddTimeOfEvent(sdk::Triple* triple) const;
  // "made 40 boats and sold THEM": how many, if the statement does not say.
  void AddCountOfPronoun(sdk::Triple* triple) const;
  std::optional<sdk::TimeRange> TimeOf(int value) const;
  std::optional<sdk::Quantity> QuantityOf(int value) const;

  static constexpr size_t kMostTitleWords = 32;  // of one person

  const LayerReader& layers_;
  sdk::Sink& sink_;
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> mentions_;  // span -> id
  std::set<int> named_;                                         // rows of name/1 with a mention
  std::set<std::pair<uint32_t, uint32_t>> linked_;  // spans of mentions with an antecedent
  std::map<uint32_t, int> held_;  // mention of "the meeting" -> when "a meeting on May 3" is held
  std::map<uint32_t, int> counted_;  // mention of a pronoun -> how many it stands for
  Coreference coreference_;
  std::map<std::string_view, std::vector<std::string_view>> titles_;  // last name -> words
};

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_EMITTER_H_
