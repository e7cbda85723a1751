// plugins: lists the extractor plugins of the server and changes them.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>

#include "client/cli/command.h"
#include "client/cpp/plugin_upload.h"

namespace dossier::cli {
namespace {

constexpr const char* kAbout =
    "Lists the extractor plugins, the refused ones with the reason; or changes them while the "
    "server runs.\n\n"
    "  dossier plugins\n"
    "  dossier plugins install weather.so --config '{\"language\": \"en\"}'\n"
    "  dossier plugins reload org.example.weather --config @weather.json\n"
    "  dossier plugins reload\n"
    "  dossier plugins rollback org.example.weather\n"
    "  dossier plugins remove org.example.weather\n\n"
    "A change that fails leaves everything as it was and says why. One that succeeds outlives a "
    "restart of the server.";

constexpr const char* kConfigHelp =
    "Its configuration, a JSON object, or @FILE to read it from; without it, as the plugin runs "
    "now";

struct Options {
  std::string format;
  std::string file;
  std::string signature;
  std::string config;
  std::string plugin_id;
};

void PrintPlugin(const v1::Plugin& plugin) {
  const bool active = plugin.state() == v1::PLUGIN_STATE_ACTIVE;
  fmt::print("{}\t{}\t{}\t{}\n", active ? "active" : "refused",
             plugin.id().empty() ? plugin.file() : plugin.id(),
             plugin.version().empty() ? "-" : plugin.version(),
             active ? plugin.description() : plugin.reason());
}

void Print(const Options& options, const v1::Plugin& plugin) {
  options.format == "json" ? PrintJson(plugin) : PrintPlugin(plugin);
}

int List(const Global& global, const Options& options) {
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
      Print(options, plugin);
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return 0;
}

std::optional<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(file), {});
  return file ? std::optional(std::move(text)) : std::nullopt;
}

// Sets the request's config from JSON or @FILE, if it was given. False after saying what is wrong.
template <class Request>
bool SetConfig(const std::string& config, Request* request) {
  if (config.starts_with('@')) {
    const std::optional<std::string> text = ReadFile(config.substr(1));
    if (!text) {
      fmt::print(stderr, "dossier: cannot read {}\n", config.substr(1));
      return false;
    }
    request->set_config(*text);
  } else if (!config.empty()) {
    request->set_config(config);
  }
  return true;
}

int Install(const Global& global, const Options& options) {
  v1::PluginServiceInstallRequest request;
  request.set_namespace_(global.name_space);
  if (!SetConfig(options.config, &request)) {
    return 1;
  }
  const bool beside = options.signature.empty() && std::filesystem::exists(options.file + ".sig");
  if (const std::string path = beside ? options.file + ".sig" : options.signature; !path.empty()) {
    const std::optional<std::string> signature = ReadFile(path);
    if (!signature) {
      fmt::print(stderr, "dossier: cannot read {}\n", path);
      return 1;
    }
    request.set_signature(*signature);
  }
  v1::PluginServiceInstallResponse response;
  const grpc::Status status =
      client::UploadPlugin(global.Connect(), options.file, std::move(request), &response);
  if (status.ok()) {
    Print(options, response.plugin());
  }
  return Report(global, status);
}

int Reload(const Global& global, const Options& options) {
  v1::PluginServiceReloadRequest request;
  request.set_namespace_(global.name_space);
  request.set_plugin_id(options.plugin_id);
  if (!SetConfig(options.config, &request)) {
    return 1;
  }
  const client::Connection server = global.Connect();
  v1::PluginServiceReloadResponse response;
  const grpc::Status status =
      server.plugins().Reload(server.NewContext().get(), request, &response);
  for (const v1::Plugin& plugin : response.plugins()) {
    Print(options, plugin);
  }
  return Report(global, status);
}

int Rollback(const Global& global, const Options& options) {
  v1::PluginServiceRollbackRequest request;
  request.set_namespace_(global.name_space);
  request.set_plugin_id(options.plugin_id);
  const client::Connection server = global.Connect();
  v1::PluginServiceRollbackResponse response;
  const grpc::Status status =
      server.plugins().Rollback(server.NewContext().get(), request, &response);
  if (status.ok()) {
    Print(options, response.plugin());
  }
  return Report(global, status);
}

int Remove(const Global& global, const Options& options) {
  v1::PluginServiceRemoveRequest request;
  request.set_namespace_(global.name_space);
  request.set_plugin_id(options.plugin_id);
  const client::Connection server = global.Connect();
  v1::PluginServiceRemoveResponse response;
  return Report(global, server.plugins().Remove(server.NewContext().get(), request, &response));
}

}  // namespace

void AddPlugins(CLI::App& app, const Global& global, int* exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App* plugins = app.add_subcommand("plugins", kAbout);
  AddFormat(*plugins, &options->format, {"text", "json"});
  const auto add = [&](const char* name, const char* about, auto run) {
    CLI::App* command = plugins->add_subcommand(name, about);
    command->fallthrough();  // --format
    command->callback([=, &global] { *exit_code = run(global, *options); });
    return command;
  };
  const auto add_id = [&](CLI::App* command, const char* about) {
    return command->add_option("plugin", options->plugin_id, about);
  };

  CLI::App* install = add("install",
                          "Brings a plugin's file to the server, tries it there, and lets it serve "
                          "instead of the version that does. The file's signature is read from "
                          "FILE.sig when that exists.",
                          Install);
  install->add_option("file", options->file, "The plugin, a .so file")
      ->required()
      ->check(CLI::ExistingFile);
  install->add_option("--signature", options->signature,
                      "File with its Ed25519 signature: what openssl pkeyutl -sign -rawin writes");
  install->add_option("--config", options->config, kConfigHelp);

  CLI::App* reload = add("reload",
                         "Starts a plugin afresh from its file, with another configuration if one "
                         "is given. Without a plugin: reads the server's plugin folder again.",
                         Reload);
  CLI::Option* reload_id = add_id(reload, "Its id: org.example.weather");
  reload->add_option("--config", options->config, kConfigHelp)->needs(reload_id);

  add_id(add("rollback",
             "Goes back to the version and configuration before the last change, or brings a "
             "removed plugin back.",
             Rollback),
         "Its id")
      ->required();
  add_id(add("remove",
             "Takes a plugin out. Its file, if the plugin folder has it, stays there and does not "
             "serve.",
             Remove),
         "Its id")
      ->required();

  plugins->callback([=, &global] {
    if (plugins->get_subcommands().empty()) {
      *exit_code = List(global, *options);
    }
  });
}

}  // namespace dossier::cli
