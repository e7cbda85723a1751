#include "server/main/server.h"

#include <fmt/format.h>
#include <prometheus/registry.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "server/base/status_macros.h"
#include "server/extract/plugin_host.h"
#include "server/extract/remote/remote_backend.h"
#include "server/extract/worker/worker_backend.h"
#include "server/ingest/ingestor.h"
#include "server/main/metrics.h"
#include "server/query/page_token.h"
#include "server/query/predicate_rules.h"
#include "server/rpc/listen_address.h"
#include "server/rpc/rpc_server.h"
#include "server/storage/history_store.h"
#include "server/storage/rocksdb_store.h"

namespace dossier {

namespace {

// The built-in rules and those of the file; empty: no file.
absl::StatusOr<PredicateRules> ReadPredicates(const std::string& path) {
  PredicateRules rules = PredicateRules::BuiltIn();
  if (path.empty()) {
    return rules;
  }
  std::ifstream file(path);
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  if (file.bad() || !file.is_open()) {
    return absl::NotFoundError(fmt::format("the file of predicates {} cannot be read", path));
  }
  RETURN_IF_ERROR(rules.Add(text, path));
  return rules;
}

WorkerOptions Workers(const Config& config) {
  WorkerOptions workers;
  workers.program = config.worker_program;
  workers.processes = config.document_count();
  workers.memory_bytes = config.worker_memory_bytes;
  workers.time_limit = std::chrono::seconds(config.document_seconds);
  return workers;
}

}  // namespace

Server::Server() = default;
Server::~Server() = default;

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const Config& config) {
  auto server = std::unique_ptr<Server>(new Server);
  ASSIGN_OR_RETURN(PredicateRules predicates, ReadPredicates(config.predicates));
  server->predicates_ = std::make_unique<const PredicateRules>(std::move(predicates));
  ASSIGN_OR_RETURN(server->store_,
                   OpenRocksDbStore({.path = config.data, .memory_bytes = config.store_bytes()}));
  ASSIGN_OR_RETURN(server->store_, KeepHistory(std::move(server->store_), config.history));
  ASSIGN_OR_RETURN(PageTokens tokens, PageTokens::Create(*server->store_));
  server->tokens_ = std::make_unique<PageTokens>(std::move(tokens));
  PluginOptions plugins;
  plugins.folder = config.plugins;
  plugins.store = std::filesystem::path(config.data) / "plugins";
  plugins.configs = config.plugin_configs;
  ASSIGN_OR_RETURN(plugins.keys, SigningKeys::Read(config.plugin_keys));
  plugins.install_unsigned = IsLoopback(config.listen);
  plugins.in_process = {config.in_process.begin(), config.in_process.end()};
  plugins.make_backend = CarryAsChosen(Workers(config));
  for (const RemoteOptions& options : config.remotes) {
    ASSIGN_OR_RETURN(plugins.remotes.emplace_back(), OpenRemotePlugin(options));
  }
  ASSIGN_OR_RETURN(server->plugins_, PluginHost::Start(std::move(plugins)));
  server->ingestor_ = Ingestor::Create(
      *server->store_, [plugins = server->plugins_.get()] { return plugins->plan(); },
      {.extract_threads = config.document_count(), .max_pending_bytes = config.pending_bytes()});
  RpcServer::Options options;
  if (!config.metrics_address.empty()) {
    ASSIGN_OR_RETURN(server->metrics_, MetricsServer::Start(config.metrics_address));
    options.metrics = std::make_shared<prometheus::Registry>();
    server->metrics_->Add(options.metrics);
    server->metrics_->Add(NewServerFigures(*server->store_, *server->ingestor_, *server->plugins_));
  }
  const Backends backends{*server->store_, *server->tokens_, *server->ingestor_, *server->plugins_,
                          *server->predicates_};
  options.listen = config.listen;
  options.threads = config.thread_count();
  options.max_transport_bytes = config.transport_bytes();
  ASSIGN_OR_RETURN(server->rpc_, RpcServer::Start(backends, options));
  return server;
}

const std::string& Server::address() const { return rpc_->address(); }

std::string Server::metrics_address() const {
  return metrics_ == nullptr ? std::string() : metrics_->address();
}

absl::Status Server::Stop(std::chrono::milliseconds grace) {
  rpc_->Shutdown(grace);
  return store_->Flush();
}

}  // namespace dossier
