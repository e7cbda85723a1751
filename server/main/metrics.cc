#include "server/main/metrics.h"

#include <fmt/format.h>
#include <prometheus/collectable.h>
#include <prometheus/exposer.h>
#include <prometheus/metric_family.h>

#include <exception>
#include <utility>

#include "server/base/status_macros.h"
#include "server/extract/plugin_host.h"
#include "server/ingest/ingestor.h"
#include "server/rpc/listen_address.h"
#include "server/storage/store.h"

namespace dossier {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

MetricFamily FamilyOf(const char* name, const char* help, MetricType type) {
  MetricFamily family;
  family.name = name;
  family.help = help;
  family.type = type;
  return family;
}

void AddTo(MetricFamily* family, double value, std::vector<ClientMetric::Label> labels = {}) {
  ClientMetric& metric = family->metric.emplace_back();
  metric.label = std::move(labels);
  (family->type == MetricType::Counter ? metric.counter.value : metric.gauge.value) = value;
}

template <class Number>
MetricFamily Gauge(const char* name, const char* help, Number value) {
  MetricFamily family = FamilyOf(name, help, MetricType::Gauge);
  AddTo(&family, static_cast<double>(value));
  return family;
}

// Of one plugin that serves.
struct PluginFigures {
  const PluginActivity& activity;
  BackendState state;
};

struct PluginMetric {
  const char* name;
  const char* help;
  MetricType type;
  double (*value)(const PluginFigures&);
};

constexpr PluginMetric kPluginMetrics[] = {
    {"dossier_plugin_documents_total", "Documents that the plugin was given", MetricType::Counter,
     [](const PluginFigures& p) { return static_cast<double>(p.activity.documents()); }},
    {"dossier_plugin_seconds_total", "Seconds that they took, waiting for a process included",
     MetricType::Counter, [](const PluginFigures& p) { return p.activity.seconds(); }},
    {"dossier_plugin_reading_documents", "Documents that it reads, or that wait for it",
     MetricType::Gauge,
     [](const PluginFigures& p) { return static_cast<double>(p.activity.reading()); }},
    {"dossier_plugin_restarts_total", "Processes of the plugin that ended and were replaced",
     MetricType::Counter,
     [](const PluginFigures& p) { return static_cast<double>(p.state.restarts); }},
    {"dossier_plugin_crashes_total", "Of these, those that ended by themselves",
     MetricType::Counter,
     [](const PluginFigures& p) {
       return static_cast<double>(p.state.restarts - p.state.timeouts);
     }},
    {"dossier_plugin_timeouts_total", "Of these, those that took too long and were killed",
     MetricType::Counter,
     [](const PluginFigures& p) { return static_cast<double>(p.state.timeouts); }},
    {"dossier_plugin_quarantined", "1: it crashed too often and is given no document",
     MetricType::Gauge, [](const PluginFigures& p) { return p.state.quarantined ? 1.0 : 0.0; }},
    {"dossier_plugin_set_aside_documents", "Documents that it is not given, as they killed it",
     MetricType::Gauge,
     [](const PluginFigures& p) { return static_cast<double>(p.state.set_aside.size()); }},
};

class ServerFigures final : public prometheus::Collectable {
 public:
  ServerFigures(const Store& store, const Ingestor& ingestor, const PluginHost& plugins)
      : store_(store), ingestor_(ingestor), plugins_(plugins) {}

  std::vector<MetricFamily> Collect() const override {
    std::vector<MetricFamily> families;
    CollectPlugins(&families);
    CollectIngest(&families);
    CollectStore(&families);
    return families;
  }

 private:
  void CollectPlugins(std::vector<MetricFamily>* families) const {
    const std::shared_ptr<const Plan> plan = plugins_.plan();
    const std::size_t first = families->size();
    for (const PluginMetric& metric : kPluginMetrics) {
      families->push_back(FamilyOf(metric.name, metric.help, metric.type));
    }
    for (const ActivePlugin& plugin : plan->plugins()) {
      const PluginFigures figures{*plugin.activity, plugin.backend->State()};
      for (std::size_t i = 0; i < std::size(kPluginMetrics); ++i) {
        AddTo(&(*families)[first + i], kPluginMetrics[i].value(figures),
              {{"plugin", plugin.manifest.id}});
      }
    }
  }

  void CollectIngest(std::vector<MetricFamily>* families) const {
    const IngestLoad load = ingestor_.Load();
    families->push_back(Gauge("dossier_ingest_documents",
                              "Documents on their way into the graph or out of it",
                              load.documents));
    families->push_back(
        Gauge("dossier_ingest_text_bytes", "Bytes of their texts", load.text_bytes));
    MetricFamily& waiting = families->emplace_back(
        FamilyOf("dossier_ingest_waiting_documents",
                 "Of these, those that wait for extractors or to be written", MetricType::Gauge));
    AddTo(&waiting, static_cast<double>(load.to_extract), {{"stage", "extract"}});
    AddTo(&waiting, static_cast<double>(load.to_commit), {{"stage", "commit"}});
  }

  void CollectStore(std::vector<MetricFamily>* families) const {
    const absl::StatusOr<StoreStats> stats = store_.Stats();
    if (!stats.ok()) {
      return;  // who reads the graph is told
    }
    families->push_back(
        Gauge("dossier_store_disk_bytes", "Bytes of the database's files", stats->disk_bytes));
    families->push_back(Gauge("dossier_store_memory_bytes",
                              "Bytes of the store's caches and write buffers",
                              stats->memory_bytes));
    families->push_back(
        Gauge("dossier_store_memory_limit_bytes", "What these may be", stats->memory_limit_bytes));
    families->push_back(Gauge("dossier_store_write_buffer_bytes",
                              "Of these, changes that only the log has on disk",
                              stats->write_buffer_bytes));
    families->push_back(Gauge("dossier_store_pending_compaction_bytes",
                              "Bytes that compaction has to rewrite, as the engine estimates",
                              stats->pending_compaction_bytes));
    families->push_back(Gauge("dossier_store_writes_stopped",
                              "1: writes wait until compaction has caught up",
                              stats->writes_stopped ? 1 : 0));
  }

  const Store& store_;
  const Ingestor& ingestor_;
  const PluginHost& plugins_;
};

}  // namespace

std::unique_ptr<prometheus::Collectable> NewServerFigures(const Store& store,
                                                          const Ingestor& ingestor,
                                                          const PluginHost& plugins) {
  return std::make_unique<ServerFigures>(store, ingestor, plugins);
}

MetricsServer::MetricsServer() = default;
MetricsServer::~MetricsServer() = default;

absl::StatusOr<std::unique_ptr<MetricsServer>> MetricsServer::Start(const std::string& address) {
  RETURN_IF_ERROR(CheckListenAddress(address));
  auto server = std::unique_ptr<MetricsServer>(new MetricsServer);
  try {
    server->exposer_ = std::make_unique<prometheus::Exposer>(address, /*num_threads=*/1);
  } catch (const std::exception& exception) {
    return absl::UnavailableError(
        fmt::format("cannot serve metrics on {}: {}", address, exception.what()));
  }
  server->address_ = WithPort(address, server->exposer_->GetListeningPorts().at(0));
  return server;
}

void MetricsServer::Add(std::shared_ptr<prometheus::Collectable> figures) {
  exposer_->RegisterCollectable(figures);
  figures_.push_back(std::move(figures));
}

}  // namespace dossier
