// plugins: lists the extractor plugins of the server and changes them.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

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
    "  dossier plugins install weather-2.so --candidate     # to be tried by dossier reextract\n"
    "  dossier plugins rollback org.example.weather\n"
    "  dossier plugins remove org.example.weather\n\n"
    "A change that fails leaves everything as it was and says why. One that succeeds outlives a "
    "restart of the server.";

constexpr std::chrono::milliseconds kDrainPause{200};

constexpr const char* kConfigHelp =
    "Its configuration, a JSON object, or @FILE to read it from; without it, as the plugin runs "
    "now";

constexpr const char* kCandidateHelp =
    "What serves goes on; dossier reextract tries this one over the stored documents and promotes "
    "or drops it";

struct Options {
  std::string format;
  std::string file;
  std::string signature;
  std::string config;
  std::string plugin_id;
  bool wait = false;
  bool candidate = false;
};

const char* StateName(v1::PluginState state) {
  switch (state) {
    case v1::PLUGIN_STATE_ACTIVE:
      return "active";
    case v1::PLUGIN_STATE_QUARANTINED:
      return "quarantined";
    case v1::PLUGIN_STATE_UNREACHABLE:
      return "unreachable";
    case v1::PLUGIN_STATE_CANDIDATE:
      return "candidate";
    default:
      return "refused";
  }
}

void PrintPlugin(const v1::Plugin& plugin) {
  const bool usable = plugin.state() == v1::PLUGIN_STATE_ACTIVE ||
                      (plugin.state() == v1::PLUGIN_STATE_CANDIDATE && plugin.reason().empty());
  fmt::print("{}\t{}\t{}\t{}\n", StateName(plugin.state()),
             plugin.id().empty() ? plugin.file() : plugin.id(),
             plugin.version().empty() ? "-" : plugin.version(),
             usable ? plugin.description() : plugin.reason());
}

void Print(const Options& options, const v1::Plugin& plugin) {
  options.format == "json" ? PrintJson(plugin) : PrintPlugin(plugin);
}

grpc::Status ForEachPlugin(const Global& global, const client::Connection& server,
                           const std::function<void(const v1::Plugin&)>& visit) {
  v1::PluginServiceListRequest request;
  request.set_namespace_(global.name_space);
  do {
    v1::PluginServiceListResponse page;
    const grpc::Status status = server.plugins().List(server.NewContext().get(), request, &page);
    if (!status.ok()) {
      return status;
    }
    std::for_each(page.plugins().begin(), page.plugins().end(), visit);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return grpc::Status::OK;
}

int List(const Global& global, const Options& options) {
  return Report(global, ForEachPlugin(global, global.Connect(),
                                      [&](const v1::Plugin& plugin) { Print(options, plugin); }));
}

// Waits until no document is read any more by what served before `changed`.
grpc::Status AwaitDrained(const Global& global, const client::Connection& server,
                          const v1::Plugin& changed) {
  for (bool draining = true; draining;) {
    draining = false;
    const grpc::Status status = ForEachPlugin(global, server, [&](const v1::Plugin& plugin) {
      draining |= plugin.id() == changed.id() && !plugin.draining().empty() &&
                  plugin.draining(0) < changed.generation();
    });
    if (!status.ok()) {
      return status;
    }
    if (draining) {
      std::this_thread::sleep_for(kDrainPause);
    }
  }
  return grpc::Status::OK;
}

// Shows what serves from now on, after --wait has been obeyed.
template <class Plugins>
int Finish(const Global& global, const Options& options, const client::Connection& server,
           grpc::Status status, const Plugins& plugins) {
  for (const v1::Plugin& plugin : plugins) {
    if (status.ok() && options.wait) {
      status = AwaitDrained(global, server, plugin);
    }
    Print(options, plugin);
  }
  return Report(global, status);
}

// The plugin that a response has, if any.
template <class Response>
std::vector<v1::Plugin> PluginOf(const Response& response) {
  if constexpr (requires { response.plugin(); }) {
    if (response.has_plugin()) {
      return {response.plugin()};
    }
  }
  return {};
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
  request.set_candidate(options.candidate);
  const bool beside = options.signature.empty() && std::filesystem::exists(options.file + ".sig");
  if (const std::string path = beside ? options.file + ".sig" : options.signature; !path.empty()) {
    const std::optional<std::string> signature = ReadFile(path);
    if (!signature) {
      fmt::print(stderr, "dossier: cannot read {}\n", path);
      return 1;
    }
    request.set_signature(*signature);
  }
  const client::Connection server = global.Connect();
  v1::PluginServiceInstallResponse response;
  const grpc::Status status =
      client::UploadPlugin(server, options.file, std::move(request), &response);
  return Finish(global, options, server, status, PluginOf(response));
}

int Reload(const Global& global, const Options& options) {
  v1::PluginServiceReloadRequest request;
  request.set_namespace_(global.name_space);
  request.set_plugin_id(options.plugin_id);
  request.set_candidate(options.candidate);
  if (!SetConfig(options.config, &request)) {
    return 1;
  }
  const client::Connection server = global.Connect();
  v1::PluginServiceReloadResponse response;
  const grpc::Status status =
      server.plugins().Reload(server.NewContext().get(), request, &response);
  return Finish(global, options, server, status, response.plugins());
}

// A call that is about one plugin and says nothing else of it.
template <class Request, class Response>
int Change(const Global& global, const Options& options,
           grpc::Status (v1::PluginService::Stub::*method)(grpc::ClientContext*, const Request&,
                                                           Response*)) {
  Request request;
  request.set_namespace_(global.name_space);
  request.set_plugin_id(options.plugin_id);
  const client::Connection server = global.Connect();
  Response response;
  const grpc::Status status =
      (server.plugins().*method)(server.NewContext().get(), request, &response);
  return Finish(global, options, server, status, PluginOf(response));
}

int Rollback(const Global& global, const Options& options) {
  return Change(global, options, &v1::PluginService::Stub::Rollback);
}

int Remove(const Global& global, const Options& options) {
  return Change(global, options, &v1::PluginService::Stub::Remove);
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
  const auto add_wait = [&](CLI::App* command) {
    command->add_flag("--wait", options->wait,
                      "Return only when no document is read any more by what served before; "
                      "a minute at most");
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
  add_wait(install);
  install->add_flag("--candidate", options->candidate, kCandidateHelp);

  CLI::App* reload = add("reload",
                         "Starts a plugin afresh from its file, with another configuration if one "
                         "is given, and reads the files that the configuration names again; asks "
                         "an extractor behind an address who it is. Without a plugin: reads the "
                         "server's plugin folder again.",
                         Reload);
  CLI::Option* reload_id = add_id(reload, "Its id: org.example.weather; or its address");
  reload->add_option("--config", options->config, kConfigHelp)->needs(reload_id);
  add_wait(reload);
  reload->add_flag("--candidate", options->candidate, kCandidateHelp)->needs(reload_id);

  CLI::App* rollback = add("rollback",
                           "Goes back to the version and configuration before the last change, or "
                           "brings a removed plugin back.",
                           Rollback);
  add_id(rollback, "Its id")->required();
  add_wait(rollback);
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
