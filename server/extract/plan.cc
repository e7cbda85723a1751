#include "server/extract/plan.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <string_view>
#include <utility>

namespace dossier {
namespace {

using Indices = std::vector<std::size_t>;

// The first provider of each layer.
std::map<std::string_view, std::size_t> Providers(const std::vector<ActivePlugin>& plugins) {
  std::map<std::string_view, std::size_t> providers;
  for (std::size_t i = 0; i < plugins.size(); ++i) {
    for (const std::string& layer : plugins[i].manifest.provides) {
      providers.emplace(layer, i);
    }
  }
  return providers;
}

// The layers that a plugin waits for: those it requires, and of those it accepts the ones that
// another one provides.
std::vector<std::string_view> Awaited(const std::vector<ActivePlugin>& plugins, std::size_t i) {
  const Manifest& manifest = plugins[i].manifest;
  std::vector<std::string_view> awaited(manifest.requires_layers.begin(),
                                        manifest.requires_layers.end());
  const auto providers = Providers(plugins);
  for (const std::string& layer : manifest.accepts_layers) {
    if (const auto provider = providers.find(layer);
        provider != providers.end() && provider->second != i) {
      awaited.push_back(layer);
    }
  }
  return awaited;
}

std::string Name(const ActivePlugin& plugin) {
  return fmt::format("{} {}", plugin.manifest.id, plugin.manifest.version);
}

// The plugins in running order, as far as one exists: each comes after the providers of all its
// layers. (Kahn's algorithm, over ids in order.)
Indices RunningOrder(const std::vector<ActivePlugin>& plugins) {
  const auto providers = Providers(plugins);
  Indices by_id(plugins.size());
  std::iota(by_id.begin(), by_id.end(), 0);
  std::sort(by_id.begin(), by_id.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(std::string_view(plugins[a].manifest.id), a) <
           std::pair(std::string_view(plugins[b].manifest.id), b);
  });
  Indices order;
  std::vector<bool> placed(plugins.size());
  const auto is_ready = [&](std::size_t i) {
    const auto awaited = Awaited(plugins, i);
    return !placed[i] && std::all_of(awaited.begin(), awaited.end(), [&](const auto& layer) {
      const auto provider = providers.find(layer);
      return provider != providers.end() && placed[provider->second];
    });
  };
  while (true) {
    const auto next = std::find_if(by_id.begin(), by_id.end(), is_ready);
    if (next == by_id.end()) {
      return order;
    }
    placed[*next] = true;
    order.push_back(*next);
  }
}

// The text for a layer that nobody provides; names a provider of another revision of it.
std::string Missing(const std::vector<ActivePlugin>& plugins, const ActivePlugin& plugin,
                    std::string_view layer) {
  std::string text = fmt::format("{} requires {}, which no plugin provides", Name(plugin), layer);
  const std::string_view stem = layer.substr(0, layer.find('/') + 1);
  for (const auto& [provided, provider] : Providers(plugins)) {
    if (provided.starts_with(stem)) {
      text += fmt::format("; {} provides {}", Name(plugins[provider]), provided);
    }
  }
  return text;
}

std::optional<std::string> FindOwnFault(const std::vector<ActivePlugin>& plugins, std::size_t i) {
  const Manifest& manifest = plugins[i].manifest;
  for (std::size_t earlier = 0; earlier < i; ++earlier) {
    if (plugins[earlier].manifest.id == manifest.id) {
      return fmt::format("{}: another plugin of this id, {}, is there already", Name(plugins[i]),
                         Name(plugins[earlier]));
    }
  }
  const auto providers = Providers(plugins);
  for (const std::string& layer : manifest.provides) {
    if (const std::size_t first = providers.at(layer); first != i) {
      return fmt::format("{} provides {}, which {} provides already", Name(plugins[i]), layer,
                         Name(plugins[first]));
    }
  }
  for (const std::string& layer : manifest.requires_layers) {
    if (!providers.contains(layer)) {
      return Missing(plugins, plugins[i], layer);
    }
  }
  return std::nullopt;
}

// The circle that `start` leads into, each member waiting for the next. REQUIRES: every plugin that
// `start` waits for, directly or not, waits for another one that is in no running order.
Indices FindCircle(const std::vector<ActivePlugin>& plugins, std::size_t start,
                   const std::vector<bool>& placed) {
  const auto providers = Providers(plugins);
  Indices path;
  std::size_t at = start;
  while (true) {
    const auto seen = std::find(path.begin(), path.end(), at);
    if (seen != path.end()) {
      return Indices(seen, path.end());
    }
    path.push_back(at);
    for (const std::string_view layer : Awaited(plugins, at)) {
      if (const std::size_t provider = providers.at(layer); !placed[provider]) {
        at = provider;
        break;
      }
    }
  }
}

std::string DescribeCircle(const std::vector<ActivePlugin>& plugins, Indices circle) {
  std::vector<std::string> waits;
  for (std::size_t i = 0; i < circle.size(); ++i) {
    const Manifest& next = plugins[circle[(i + 1) % circle.size()]].manifest;
    for (const std::string_view layer : Awaited(plugins, circle[i])) {
      if (std::find(next.provides.begin(), next.provides.end(), layer) != next.provides.end()) {
        waits.push_back(fmt::format("{} reads {} of {}", Name(plugins[circle[i]]), layer, next.id));
        break;
      }
    }
  }
  return fmt::format("plugins wait for each other: {}", fmt::join(waits, ", "));
}

// Faults of the circles among plugins that have no fault of their own.
std::vector<PlanFault> FindCircles(const std::vector<ActivePlugin>& plugins) {
  std::vector<bool> placed(plugins.size());
  for (const std::size_t i : RunningOrder(plugins)) {
    placed[i] = true;
  }
  std::map<std::size_t, std::string> faults;
  for (std::size_t i = 0; i < plugins.size(); ++i) {
    if (!placed[i] && !faults.contains(i)) {
      const Indices circle = FindCircle(plugins, i, placed);
      const std::string text = DescribeCircle(plugins, circle);
      for (const std::size_t member : circle) {
        faults.emplace(member, text);
      }
    }
  }
  std::vector<PlanFault> list;
  for (auto& [plugin, text] : faults) {
    list.push_back({plugin, std::move(text)});
  }
  return list;
}

}  // namespace

std::vector<PlanFault> FindPlanFaults(const std::vector<ActivePlugin>& plugins) {
  std::vector<PlanFault> faults;
  for (std::size_t i = 0; i < plugins.size(); ++i) {
    if (auto text = FindOwnFault(plugins, i)) {
      faults.push_back({i, *std::move(text)});
    }
  }
  return faults.empty() ? FindCircles(plugins) : faults;
}

absl::StatusOr<std::shared_ptr<const Plan>> Plan::Make(std::vector<ActivePlugin> plugins,
                                                       std::vector<std::string> absent) {
  std::vector<std::string> texts;
  for (PlanFault& fault : FindPlanFaults(plugins)) {
    texts.push_back(std::move(fault.text));
  }
  if (!texts.empty()) {
    return absl::FailedPreconditionError(fmt::format("{}", fmt::join(texts, "; ")));
  }
  std::vector<ActivePlugin> ordered;
  for (const std::size_t i : RunningOrder(plugins)) {
    ordered.push_back(std::move(plugins[i]));
  }
  return std::shared_ptr<const Plan>(new Plan(std::move(ordered), std::move(absent)));
}

}  // namespace dossier
