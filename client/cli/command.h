// What every command of the command line shares.
#ifndef DOSSIER_CLIENT_CLI_COMMAND_H_
#define DOSSIER_CLIENT_CLI_COMMAND_H_

#include <google/protobuf/message.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "client/cpp/connection.h"

namespace dossier::cli {

// Options that stand before the command.
struct Global {
  std::string server = "127.0.0.1:50051";
  std::string name_space;
  std::optional<uint64_t> at;  // a revision

  client::Connection Connect() const { return client::Connection::To(server); }

  // Sets the namespace and the revision that a question is about.
  template <class Request>
  void Address(Request* request) const {
    request->set_namespace_(name_space);
    if (at) {
      request->mutable_at()->set_number(*at);
    }
  }
};

// Each adds one command with its options to `app`; the command runs from the parse and sets
// *exit_code, 0 only when all was done. `global` and `exit_code` outlive the parse.
void AddIngest(CLI::App& app, const Global& global, int* exit_code);
void AddExtract(CLI::App& app, const Global& global, int* exit_code);
void AddExport(CLI::App& app, const Global& global, int* exit_code);
void AddEntity(CLI::App& app, const Global& global, int* exit_code);
void AddTriples(CLI::App& app, const Global& global, int* exit_code);
void AddEvidence(CLI::App& app, const Global& global, int* exit_code);
void AddCorroboration(CLI::App& app, const Global& global, int* exit_code);
void AddConflicts(CLI::App& app, const Global& global, int* exit_code);
void AddReextract(CLI::App& app, const Global& global, int* exit_code);
void AddPlugins(CLI::App& app, const Global& global, int* exit_code);
void AddDelete(CLI::App& app, const Global& global, int* exit_code);
void AddPurge(CLI::App& app, const Global& global, int* exit_code);
void AddStats(CLI::App& app, const Global& global, int* exit_code);

// 0 for OK; otherwise says on standard error what failed, where and how to go on, and returns 1.
int Report(const Global& global, const grpc::Status& status);

// `message` as one line of JSON on standard output, field names as in the proto files.
void PrintJson(const google::protobuf::Message& message);

// Adds --format with `choices`, the first the default.
void AddFormat(CLI::App& command, std::string* format, std::vector<std::string> choices);

}  // namespace dossier::cli

#endif  // DOSSIER_CLIENT_CLI_COMMAND_H_
