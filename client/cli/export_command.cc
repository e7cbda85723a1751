#include <fmt/format.h>

#include <memory>

#include "client/cli/command.h"
#include "client/cli/evidence_json.h"
#include "client/cli/progress.h"
#include "client/cli/stance.h"

namespace dossier::cli {
namespace {

int Export(const Global& global) {
  const client::Connection server = global.Connect();
  v1::StatsRequest stats_request;
  stats_request.set_namespace_(global.name_space);
  v1::StatsResponse stats;
  if (const grpc::Status status =
          server.admin().Stats(server.NewContext().get(), stats_request, &stats);
      !status.ok()) {
    return Report(global, status);
  }
  Progress progress("Exporting", stats.evidence());
  v1::ListEvidenceRequest request;
  request.set_namespace_(global.name_space);
  request.set_page_size(1000);
  EveryStance(request.mutable_filter());
  do {
    v1::ListEvidenceResponse page;
    const grpc::Status status =
        server.graph().ListEvidence(server.NewContext().get(), request, &page);
    if (!status.ok()) {
      progress.Clear();
      return Report(global, status);
    }
    for (const v1::Evidence& evidence : page.evidence()) {
      fmt::print("{}\n", EvidenceJson(evidence));
      progress.Advance();
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return 0;
}

}  // namespace

void AddExport(CLI::App& app, const Global& global, int* exit_code) {
  auto format = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand(
      "export", "Prints all evidence of the namespace, a line of JSON each, document by document.");
  AddFormat(*command, format.get(), {"jsonl"});
  // `format` has one choice today; the capture keeps it alive for the parse.
  command->callback([format, &global, exit_code] { *exit_code = Export(global); });
}

}  // namespace dossier::cli
