// Starts processes.
#ifndef DOSSIER_SERVER_EXTRACT_WORKER_SPAWNER_H_
#define DOSSIER_SERVER_EXTRACT_WORKER_SPAWNER_H_

#include <sys/types.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace dossier {

struct SpawnRequest {
  std::string program;                           // a path
  std::vector<std::string> arguments;            // after the program's name
  std::vector<std::pair<int, int>> descriptors;  // ours and its number there; all others are closed
};

// Starts the program with an empty environment, no signal blocked or ignored, in a process group of
// its own. Always from one thread, which never ends: a child that asks to be killed with its parent
// (PR_SET_PDEATHSIG) is killed when the thread that started it ends. Thread-safe; blocks for about
// a millisecond. Reap the child with waitpid().
absl::StatusOr<pid_t> Spawn(const SpawnRequest& request);

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_WORKER_SPAWNER_H_
