// Reads a rule file. README.md has the grammar.
#ifndef DOSSIER_PLUGINS_RULES_PARSER_H_
#define DOSSIER_PLUGINS_RULES_PARSER_H_

#include "plugins/rules/rule.h"
#include "plugins/sdk/text_file.h"

namespace dossier::rules {

// Adds to *faults what is wrong, at most one fault a rule; the result is then good for nothing.
RuleSet ParseRules(const sdk::TextFile& file, sdk::FileFaults* faults);

}  // namespace dossier::rules

#endif  // DOSSIER_PLUGINS_RULES_PARSER_H_
