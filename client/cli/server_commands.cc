// stats: asks the server about itself.
#include <fmt/format.h>

#include <memory>

#include "client/cli/command.h"

namespace dossier::cli {
namespace {

int Stats(const Global& global, const std::string& format) {
  const client::Connection server = global.Connect();
  v1::StatsRequest request;
  request.set_namespace_(global.name_space);
  v1::StatsResponse stats;
  const grpc::Status status = server.admin().Stats(server.NewContext().get(), request, &stats);
  if (!status.ok()) {
    return Report(global, status);
  }
  if (format == "json") {
    PrintJson(stats);
    return 0;
  }
  constexpr double kMiB = 1 << 20;
  fmt::print("documents  {}\nentities   {}\ntriples    {}\nevidence   {}\nmentions   {}\n",
             stats.documents(), stats.entities(), stats.triples(), stats.evidence(),
             stats.mentions());
  fmt::print("revision   {}\ndisk       {:.1f} MiB\nstore      {:.1f} of {:.1f} MiB\n",
             stats.revision().number(), static_cast<double>(stats.disk_bytes()) / kMiB,
             static_cast<double>(stats.memory_bytes()) / kMiB,
             static_cast<double>(stats.memory_limit_bytes()) / kMiB);
  fmt::print(
      "resident   {:.1f} MiB\nuptime     {} s\nversion    {}\nplugins    {} active, {} refused\n",
      static_cast<double>(stats.resident_bytes()) / kMiB, stats.uptime().seconds(), stats.version(),
      stats.plugins_active(), stats.plugins_refused());
  if (stats.reextractions_open() > 0) {
    fmt::print("trials     {} open, {} documents\n", stats.reextractions_open(),
               stats.shadow_documents());
  }
  return 0;
}

}  // namespace

void AddStats(CLI::App& app, const Global& global, int* exit_code) {
  auto format = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("stats", "Shows what the server holds and what it uses.");
  AddFormat(*command, format.get(), {"text", "json"});
  command->callback([=, &global] { *exit_code = Stats(global, *format); });
}

}  // namespace dossier::cli
