#include "server/main/config.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "server/rpc/version.h"

namespace dossier {
namespace {

constexpr uint64_t kMinMemoryBytes = 64u << 20;
constexpr std::size_t kMinTransportBytes = 64u << 20;  // three of the largest messages

constexpr char kAbout[] =
    "Dossier: a knowledge graph from text. Clients stream documents in over gRPC, extractor "
    "plugins\n"
    "find triples in them, and clients ask for the triples with their evidence.";

constexpr char kMore[] = R"(
Example: a server with a database in ./data, then a look at it from another terminal:

  dossierd --data ./data
  grpcurl -plaintext 127.0.0.1:50051 list
  dossier ingest article.txt

A configuration file has a line for each option, without the dashes; the command line wins:

  data = "/var/lib/dossier"
  memory = "2GB"
  plugin-config = ['org.example.names={"language": "en"}']
  plugin-key = ["MCowBQYDK2VwAyEA..."]
  in-process = ["org.example.names"]

A key is the middle line of what openssl prints; the signature of weather.so lies beside it:

  openssl genpkey -algorithm ed25519 -out key.pem && openssl pkey -in key.pem -pubout
  openssl pkeyutl -sign -inkey key.pem -rawin -in weather.so -out weather.so.sig

SIGTERM and SIGINT let calls finish for a few seconds, flush the database and end with status 0.)";

// The folder `plugins` beside the folder that this program stands in; empty when there is none.
std::string DefaultPlugins() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  const auto folder = program.parent_path().parent_path() / "plugins";
  return std::filesystem::is_directory(folder, error) ? folder.string() : "";
}

// The program beside this one.
std::string WorkerProgram() {
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error).replace_filename("dossier-worker");
}

// Splits ID=JSON.
void AddPluginConfig(const std::string& text, Config* config) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw CLI::ValidationError("--plugin-config", "\"" + text + "\" is not ID=JSON");
  }
  config->plugin_configs[text.substr(0, equals)] = text.substr(equals + 1);
}

// Splits ADDRESS[,ca=FILE][,certificate=FILE][,key=FILE].
void AddRemote(const std::string& text, Config* config) {
  RemoteOptions remote;
  std::istringstream parts(text);
  std::getline(parts, remote.address, ',');
  const std::map<std::string, std::string*> fields = {
      {"ca", &remote.ca}, {"certificate", &remote.certificate}, {"key", &remote.key}};
  for (std::string part; std::getline(parts, part, ',');) {
    const std::size_t equals = part.find('=');
    const auto field = fields.find(part.substr(0, equals));
    if (equals == part.npos || field == fields.end()) {
      throw CLI::ValidationError("--extractor", "\"" + part +
                                                    "\" is not ca=FILE, "
                                                    "certificate=FILE or key=FILE");
    }
    *field->second = part.substr(equals + 1);
  }
  if (remote.address.empty()) {
    throw CLI::ValidationError("--extractor", "\"" + text + "\" has no address");
  }
  if (std::any_of(config->remotes.begin(), config->remotes.end(),
                  [&](const RemoteOptions& other) { return other.address == remote.address; })) {
    throw CLI::ValidationError("--extractor", remote.address + " is given twice");
  }
  remote.time_limit = std::chrono::seconds(config->document_seconds);
  config->remotes.push_back(std::move(remote));
}

// Options that are more than one value each.
struct Composite {
  std::vector<std::string> plugin_configs;
  std::vector<std::string> remotes;
};

void Declare(CLI::App* app, Config* config, Composite* composite) {
  app->footer(kMore);
  app->set_version_flag("--version", std::string("dossierd ") + kVersion);
  app->set_config("--config", "", "File with any of these options")->type_name("FILE");
  app->add_option("--data", config->data, "Folder of the database; made when it is not there")
      ->type_name("DIR")
      ->required();
  app->add_option("--listen", config->listen, "Where to serve; port 0: any that is free")
      ->type_name("HOST:PORT")
      ->capture_default_str();
  app->add_option("--metrics-address", config->metrics_address,
                  "Where to serve figures for Prometheus over HTTP, at /metrics; keep it on a "
                  "loopback address, as anybody may read them (default: nowhere)")
      ->type_name("HOST:PORT");
  app->add_option("--plugins", config->plugins, "Folder of the extractor plugins")
      ->type_name("DIR")
      ->capture_default_str();
  app->add_option("--plugin-config", composite->plugin_configs,
                  "Configuration of one plugin, a JSON object; may be given for each")
      ->type_name("ID=JSON");
  app->add_option("--plugin-key", config->plugin_keys,
                  "Ed25519 public key of somebody who may sign plugins, as a line of base64; with "
                  "any, an unsigned plugin is refused")
      ->type_name("KEY");
  app->add_option("--predicates", config->predicates,
                  "File of rules for predicates (which say the same, which allow one answer at a "
                  "time), added to those built in")
      ->type_name("FILE");
  app->add_option("--extractor", composite->remotes,
                  "An extractor that serves ExtractorService at an address, over TLS when its "
                  "authority is named; may be given for each")
      ->type_name("HOST:PORT[,ca=FILE][,certificate=FILE][,key=FILE]");
  app->add_option("--in-process", config->in_process,
                  "A plugin to run inside the server rather than in processes of its own: a little "
                  "faster, but when it crashes, so does the server; may be given for each")
      ->type_name("ID");
  app->add_option("--worker-memory", config->worker_memory_bytes,
                  "Address space of each plugin process (default: 4GB)")
      ->type_name("SIZE")
      ->transform(CLI::AsSizeValue(false).description(""));
  app->add_option("--document-time", config->document_seconds,
                  "How long a plugin may take over a document before its process is killed")
      ->type_name("SECONDS")
      ->capture_default_str()
      ->check(CLI::Range(1, 86400).description(""));
  app->add_option("--memory", config->memory_bytes,
                  "Bound of caches, buffers and documents on their way in (default: 512MB)")
      ->type_name("SIZE")
      ->transform(CLI::AsSizeValue(false).description(""));
  app->add_option("--history", config->history,
                  "How many commits back the graph can be read as it was; 0: not at all. Writes "
                  "take about twice the disk")
      ->type_name("N")
      ->capture_default_str();
  app->add_option("--threads", config->threads,
                  "Threads of each pool; extractors read one document more than that at once "
                  "(default: one for each processor)")
      ->type_name("N")
      ->check(CLI::Range(1, 1024).description(""));
}

}  // namespace

std::size_t Config::transport_bytes() const {
  return std::max<std::size_t>(memory_bytes / 4, kMinTransportBytes);
}

std::size_t Config::thread_count() const {
  return threads > 0 ? threads : std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
}

std::optional<Config> ReadConfig(int argc, const char* const* argv, int* exit_status) {
  Config config;
  config.plugins = DefaultPlugins();
  config.worker_program = WorkerProgram();
  Composite composite;
  CLI::App app(kAbout, "dossierd");
  Declare(&app, &config, &composite);
  try {
    app.parse(argc, argv);
    for (const std::string& text : composite.plugin_configs) {
      AddPluginConfig(text, &config);
    }
    for (const std::string& text : composite.remotes) {
      AddRemote(text, &config);
    }
    if (config.plugins.empty()) {
      throw CLI::RequiredError("--plugins");
    }
    if (config.memory_bytes < kMinMemoryBytes) {
      throw CLI::ValidationError("--memory", "at least 64MB are needed");
    }
  } catch (const CLI::ParseError& error) {
    *exit_status = app.exit(error);
    return std::nullopt;
  }
  return config;
}

}  // namespace dossier
