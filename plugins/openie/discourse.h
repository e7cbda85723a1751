// The sentences of a document in order: each is written once it is known who speaks in it.
#ifndef DOSSIER_PLUGINS_OPENIE_DISCOURSE_H_
#define DOSSIER_PLUGINS_OPENIE_DISCOURSE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "plugins/openie/clause.h"
#include "plugins/openie/emitter.h"
#include "plugins/openie/label.h"
#include "plugins/openie/quotes.h"
#include "plugins/openie/reader.h"
#include "plugins/openie/table.h"
#include "plugins/openie/tree.h"
#include "plugins/sdk/sink.h"

namespace dossier::openie {

// A quotation is attributed to who is said to speak where it begins or ends; one that follows a
// quotation directly, to the same speaker. Holds back at most kWindow sentences of an open one.
class Discourse {
 public:
  // Borrows both.
  Discourse(const LayerReader& layers, sdk::Sink* sink)
      : layers_(layers), sink_(*sink), emitter_(layers, sink) {}

  // Reads a row of sentence/1. Rows come in order.
  void Add(uint32_t sentence);
  // Writes what is held back. Call it at the end.
  void Flush();

 private:
  static constexpr size_t kWindow = 16;

  struct Held {
    uint32_t row;
    Tree tree;
    Clauses clauses;
    QuoteScan scan;
    Label label;
  };

  void AddRow(uint32_t sentence);
  void Write(const Held& held);

  const LayerReader& layers_;
  sdk::Sink& sink_;
  Emitter emitter_;
  Table table_;
  std::vector<Held> held_;
  bool open_ = false;                        // a quotation runs on
  std::optional<sdk::Attribution> speaker_;  // of the quotation that is open or has just ended
};

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_DISCOURSE_H_
