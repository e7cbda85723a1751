// Writes statements to the sink: mentions once each, spans and values from the layers.
#ifndef DOSSIER_PLUGINS_OPENIE_EMITTER_H_
#define DOSSIER_PLUGINS_OPENIE_EMITTER_H_

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "plugins/openie/frame.h"
#include "plugins/openie/mention.h"
#include "plugins/openie/reader.h"
#include "plugins/openie/tree.h"
#include "plugins/openie/triples.h"
#include "plugins/sdk/sink.h"

namespace dossier::openie {

class Emitter {
 public:
  // Borrows both.
  Emitter(const LayerReader& layers, sdk::Sink* sink) : layers_(layers), sink_(*sink) {}

  // `sentence` is the statement's evidence; `speaker`, when not null, says all of it.
  void Emit(const Tree& tree, sdk::Span sentence, const Frame& frame, const Statement& statement,
            const sdk::Attribution* speaker);

  sdk::Attribution AttributionTo(const Tree& tree, int head);

 private:
  // "he" is the last person who did or said something, "they" the last several.
  void LinkPronoun(const Word& head, sdk::Mention* mention) const;
  void Remember(const Tree& tree, const Phrase& phrase, uint32_t mention);
  uint32_t MentionOf(const Tree& tree, const Phrase& phrase);
  sdk::Qualifier QualifierOf(const Tree& tree, const Qualifier& qualifier);
  void AddQuantity(int value, sdk::Triple* triple) const;
  std::optional<sdk::TimeRange> TimeOf(int value) const;
  std::optional<sdk::Quantity> QuantityOf(int value) const;

  const LayerReader& layers_;
  sdk::Sink& sink_;
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> mentions_;  // span -> id
  uint32_t person_ = sdk::kNoId;  // the last person, and the last several, that were in subject or
  uint32_t people_ = sdk::kNoId;  // source
};

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_EMITTER_H_
