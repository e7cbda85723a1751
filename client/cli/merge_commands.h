// entity merge, split, undo and merges: who is who, decided by hand.
#ifndef DOSSIER_CLIENT_CLI_MERGE_COMMANDS_H_
#define DOSSIER_CLIENT_CLI_MERGE_COMMANDS_H_

#include "client/cli/command.h"

namespace dossier::cli {

// Adds the subcommands to `entity`.
void AddMergeCommands(CLI::App& entity, const Global& global, int* exit_code);

}  // namespace dossier::cli

#endif  // DOSSIER_CLIENT_CLI_MERGE_COMMANDS_H_
