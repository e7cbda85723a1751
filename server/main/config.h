#ifndef DOSSIER_SERVER_MAIN_CONFIG_H_
#define DOSSIER_SERVER_MAIN_CONFIG_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server/extract/remote_plugin.h"

namespace dossier {

// Everything that a user may set, with the defaults. --help says what each one is for.
struct Config {
  std::string data;                                   // folder of the database
  std::string listen = "127.0.0.1:50051";             // HOST:PORT; port 0: any that is free
  std::string metrics_address;                        // HOST:PORT for Prometheus; empty: none
  std::string plugins;                                // folder of the plugins
  std::map<std::string, std::string> plugin_configs;  // JSON object by plugin id
  std::vector<std::string> plugin_keys;               // who may sign plugins (signature.h)
  std::string predicates;                             // file of predicate rules beside the built-in
  std::vector<std::string> in_process;                // ids of plugins that need no worker
  std::vector<RemoteOptions> remotes;                 // extractors behind an address
  std::string worker_program;                         // dossier-worker
  uint64_t worker_memory_bytes = uint64_t{4} << 30;   // of address space, each
  uint32_t document_seconds = 120;                    // for one plugin over one document
  uint64_t memory_bytes = 512u << 20;
  uint64_t history = 0;     // commits after which the former state can still be read
  std::size_t threads = 0;  // 0: one for each processor

  // How `memory_bytes` is shared out.
  uint64_t store_bytes() const { return memory_bytes / 2; }
  std::size_t transport_bytes() const;
  std::size_t pending_bytes() const { return memory_bytes / 8; }
  // Never 0.
  std::size_t thread_count() const;
  // How many documents extractors read at once: one more than there are threads to compute, as a
  // document that goes from one plugin's process to the next leaves a processor idle.
  std::size_t document_count() const { return thread_count() + 1; }
};

// Reads the command line and the file that it names with --config. Without a configuration there is
// nothing to start: *exit_status is then what main() returns, after --help and --version 0, and the
// user has been told why.
std::optional<Config> ReadConfig(int argc, const char* const* argv, int* exit_status);

}  // namespace dossier

#endif  // DOSSIER_SERVER_MAIN_CONFIG_H_
