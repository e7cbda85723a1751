// delete, purge: take documents out; purge for good.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "client/cli/command.h"

namespace dossier::cli {
namespace {

struct Options {
  std::vector<std::string> ids;
  bool yes = false;
};

// Prints a line for each document that is out; says which could not be taken out.
int TakeOut(const Global& global, const client::Connection& server, const Options& options,
            bool purge) {
  int exit_code = 0;
  for (const std::string& id : options.ids) {
    v1::DocumentServiceDeleteRequest request;
    request.set_namespace_(global.name_space);
    request.set_document_id(id);
    request.set_purge(purge);
    v1::DocumentServiceDeleteResponse response;
    const grpc::Status status =
        server.documents().Delete(server.NewContext().get(), request, &response);
    if (status.ok()) {
      fmt::print("{}\t{}\n", id, purge ? "purged" : "deleted");
    } else {
      exit_code = Report(global, status);
    }
  }
  return exit_code;
}

constexpr char kWhatPurgeDoes[] =
    "Purging {}. This cannot be undone:\n"
    "  - every sentence, triple and name that nothing else supports goes;\n"
    "  - the past of the whole database goes with it, in every namespace: no earlier revision can\n"
    "    be read any more (--at), and the log of changes is emptied;\n"
    "  - the database's files are written anew, which takes as long as reading all of them.\n"
    "Copies that you made elsewhere stay: exports, backups, the article itself.\n";

// Whether the user wants it: asked for on a terminal, told with --yes by a script.
bool Confirmed(const Options& options) {
  const bool one = options.ids.size() == 1;
  fmt::print(stderr, fmt::runtime(kWhatPurgeDoes),
             one ? fmt::format("\"{}\"", options.ids.front())
                 : fmt::format("{} documents", options.ids.size()));
  if (options.yes) {
    return true;
  }
  if (isatty(STDIN_FILENO) == 0) {
    fmt::print(stderr, "dossier: nothing was done: say --yes to confirm\n");
    return false;
  }
  fmt::print(stderr, "Type \"purge\" to go on: ");
  std::string answer;
  if (std::getline(std::cin, answer) && answer == "purge") {
    return true;
  }
  fmt::print(stderr, "dossier: nothing was done\n");
  return false;
}

int Purge(const Global& global, const Options& options) {
  if (!Confirmed(options)) {
    return 1;
  }
  const client::Connection server = global.Connect();
  const int exit_code = TakeOut(global, server, options, /*purge=*/true);
  v1::CompactResponse response;
  const grpc::Status status =
      server.admin().Compact(server.NewStreamContext().get(), {}, &response);
  if (status.ok()) {
    fmt::print(stderr, "The files were written anew.\n");
  }
  return Report(global, status) == 0 ? exit_code : 1;
}

void AddIds(CLI::App& command, Options* options) {
  command.add_option("document", options->ids, "Ids of documents, as ingest printed them")
      ->required();
}

}  // namespace

void AddDelete(CLI::App& app, const Global& global, int* exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "delete",
      "Takes documents out: the graph is then as if they had never come. What was before can still "
      "be read with --at, as far back as the server's --history goes; see purge.");
  AddIds(*command, options.get());
  command->callback(
      [=, &global] { *exit_code = TakeOut(global, global.Connect(), *options, /*purge=*/false); });
}

void AddPurge(CLI::App& app, const Global& global, int* exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "purge",
      "Takes documents out for good: as delete does, and the history and the log of changes of the "
      "whole database go too, and its files are written anew. Asks before it does.");
  AddIds(*command, options.get());
  command->add_flag("--yes", options->yes, "Does not ask: for scripts");
  command->callback([=, &global] { *exit_code = Purge(global, *options); });
}

}  // namespace dossier::cli
