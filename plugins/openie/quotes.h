// Quotations that run over several sentences, and who speaks in them.
#ifndef DOSSIER_PLUGINS_OPENIE_QUOTES_H_
#define DOSSIER_PLUGINS_OPENIE_QUOTES_H_

#include <vector>

#include "plugins/openie/clause.h"
#include "plugins/openie/tree.h"

namespace dossier::openie {

// Where a sentence stands to the quotation marks around it.
struct QuoteScan {
  std::vector<bool> quoted;  // per token, the marks themselves among them
  bool open = false;         // a quotation is still open at the end

  // Nothing but marks stands outside quotation marks.
  bool whole = false;
};

// Reads curly, straight and typewriter marks. `open`: a quotation was open before.
QuoteScan ScanQuotes(const Tree& tree, bool open);

// The head of who is said to speak in a sentence that quotes: the subject of a verb of saying
// outside the quotation marks. kNone when there is none.
int SpeakerIn(const Tree& tree, const Clauses& clauses, const QuoteScan& scan);

// Makes `speaker` the outermost source of what stands between quotation marks, where the tree has
// not told so.
void AttributeQuoted(const QuoteScan& scan, int speaker, Clauses* clauses);

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_QUOTES_H_
