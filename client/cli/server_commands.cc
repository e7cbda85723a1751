// plugins and stats: the commands that ask the server about itself.
#include <fmt/format.h>

#include <memory>

#include "client/cli/command.h"

namespace dossier::cli {
namespace {

void PrintPlugin(const v1::Plugin& plugin) {
  const bool active = plugin.state() == v1::PLUGIN_STATE_ACTIVE;
  fmt::print("{}\t{}\t{}\t{}\n", active ? "active" : "refused",
             plugin.id().empty() ? plugin.file() : plugin.id(),
             plugin.version().empty() ? "-" : plugin.version(),
             active ? plugin.description() : plugin.reason());
}

int Plugins(const Global& global, const std::string& format) {
  const client::Connection server = global.Connect();
  v1::PluginServiceListRequest request;
  request.set_namespace_(global.name_space);
  do {
    v1::PluginServiceListResponse page;
    const grpc::Status status = server.plugins().List(server.NewContext().get(), request, &page);
    if (!status.ok()) {
      return Report(global, status);
    }
    for (const v1::Plugin& plugin : page.plugins()) {
      format == "json" ? PrintJson(plugin) : PrintPlugin(plugin);
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return 0;
}

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
  return 0;
}

}  // namespace

void AddPlugins(CLI::App& app, const Global& global, int* exit_code) {
  auto format = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand(
      "plugins", "Lists the extractor plugins, the refused ones with the reason.");
  AddFormat(*command, format.get(), {"text", "json"});
  command->callback([=, &global] { *exit_code = Plugins(global, *format); });
}

void AddStats(CLI::App& app, const Global& global, int* exit_code) {
  auto format = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("stats", "Shows what the server holds and what it uses.");
  AddFormat(*command, format.get(), {"text", "json"});
  command->callback([=, &global] { *exit_code = Stats(global, *format); });
}

}  // namespace dossier::cli
