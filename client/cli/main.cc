// The command line: results on standard output, progress and errors on standard error, exit status
// 0 only when all was done.
#include <google/protobuf/stubs/logging.h>

#include <CLI/CLI.hpp>

#include "client/cli/command.h"

namespace {

constexpr const char* kDescription =
    "dossier: puts documents into a Dossier server and asks what they say, who says it and how "
    "sure.\n\n"
    "  dossier ingest report.txt --published 2025-03-15 --source \"Northern Ledger\"\n"
    "  dossier entity Talvia\n"
    "  dossier triples --subject Talvia --any\n"
    "  dossier evidence t42\n"
    "  dossier export --format jsonl > evidence.jsonl\n";

}  // namespace

int main(int argc, char** argv) {
  // The server tells what is wrong with a message; protobuf's own log lines only repeat it.
  google::protobuf::SetLogHandler(nullptr);

  CLI::App app(kDescription);
  dossier::cli::Global global;
  int exit_code = 0;
  app.add_option("--server", global.server, "Where the server listens, HOST:PORT")
      ->envname("DOSSIER_SERVER")
      ->capture_default_str();
  app.add_option("--namespace", global.name_space, "Namespace; the default one has an empty name");
  app.add_option("--at", global.at,
                 "Asks the graph as it was after this revision, if the server's --history goes "
                 "back so far");
  app.set_version_flag("--version", DOSSIER_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  dossier::cli::AddIngest(app, global, &exit_code);
  dossier::cli::AddExtract(app, global, &exit_code);
  dossier::cli::AddExport(app, global, &exit_code);
  dossier::cli::AddEntity(app, global, &exit_code);
  dossier::cli::AddTriples(app, global, &exit_code);
  dossier::cli::AddEvidence(app, global, &exit_code);
  dossier::cli::AddCorroboration(app, global, &exit_code);
  dossier::cli::AddConflicts(app, global, &exit_code);
  dossier::cli::AddReextract(app, global, &exit_code);
  dossier::cli::AddPlugins(app, global, &exit_code);
  dossier::cli::AddDelete(app, global, &exit_code);
  dossier::cli::AddPurge(app, global, &exit_code);
  dossier::cli::AddStats(app, global, &exit_code);
  CLI11_PARSE(app, argc, argv);
  return exit_code;
}
