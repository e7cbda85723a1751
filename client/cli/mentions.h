// Why the names of an entity are one thing.
#ifndef DOSSIER_CLIENT_CLI_MENTIONS_H_
#define DOSSIER_CLIENT_CLI_MENTIONS_H_

#include <string>

#include "client/cli/command.h"

namespace dossier::cli {

// Reads the mentions of an entity and prints, for people, a line for each name and rule with the
// number of places and the first of them; for programs ("json"), every mention. Returns the exit
// status.
int PrintMentions(const Global& global, const client::Connection& server,
                  const std::string& entity_id, const std::string& format);

}  // namespace dossier::cli

#endif  // DOSSIER_CLIENT_CLI_MENTIONS_H_
