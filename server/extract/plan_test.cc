#include "server/extract/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>

#include "server/base/status_matchers.h"

namespace dossier {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

ActivePlugin Plugin(std::string id, std::vector<std::string> requires_layers,
                    std::vector<std::string> provides) {
  ActivePlugin plugin;
  plugin.manifest.id = std::move(id);
  plugin.manifest.version = "1.0.0";
  plugin.manifest.requires_layers = std::move(requires_layers);
  plugin.manifest.provides = std::move(provides);
  return plugin;
}

std::vector<std::string> Order(const Plan& plan) {
  std::vector<std::string> ids;
  for (const ActivePlugin& plugin : plan.plugins()) {
    ids.push_back(plugin.manifest.id);
  }
  return ids;
}

// Plugin i requires layers of plugins before it only, so a running order exists.
std::vector<ActivePlugin> RandomPlugins(std::mt19937& random) {
  std::vector<ActivePlugin> plugins;
  const std::size_t count = 1 + random() % 8;
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<std::string> required;
    for (std::size_t j = 0; j < i; ++j) {
      if (random() % 3 == 0) {
        required.push_back("l" + std::to_string(j) + "/1");
      }
    }
    plugins.push_back(Plugin("p." + std::to_string(random() % 1000 * 10 + i), std::move(required),
                             {"l" + std::to_string(i) + "/1"}));
  }
  return plugins;
}

TEST(Plan, RunsProvidersFirstWhateverTheOrderGiven) {
  std::mt19937 random(3);
  for (int round = 0; round < 300; ++round) {
    std::vector<ActivePlugin> plugins = RandomPlugins(random);
    const auto plan = Plan::Make(plugins);
    ASSERT_THAT(plan, IsOk());
    EXPECT_EQ((*plan)->plugins().size(), plugins.size());
    std::set<std::string> provided;
    for (const ActivePlugin& plugin : (*plan)->plugins()) {
      for (const std::string& layer : plugin.manifest.requires_layers) {
        EXPECT_TRUE(provided.contains(layer)) << plugin.manifest.id << " needs " << layer;
      }
      provided.insert(plugin.manifest.provides.begin(), plugin.manifest.provides.end());
    }
    std::shuffle(plugins.begin(), plugins.end(), random);
    const auto again = Plan::Make(plugins);
    ASSERT_THAT(again, IsOk());
    EXPECT_EQ(Order(**again), Order(**plan));
  }
}

TEST(Plan, IsEmptyWithoutPlugins) {
  const auto plan = Plan::Make({});
  ASSERT_THAT(plan, IsOk());
  EXPECT_THAT((*plan)->plugins(), IsEmpty());
}

TEST(Plan, RefusesAMissingProvider) {
  EXPECT_THAT(Plan::Make({Plugin("org.a", {"token/1"}, {})}),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "org.a 1.0.0 requires token/1, which no plugin provides"));
}

TEST(Plan, NamesAProviderOfAnotherRevision) {
  EXPECT_THAT(
      Plan::Make({Plugin("org.a", {"token/1"}, {}), Plugin("org.b", {}, {"token/2"})}),
      StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("; org.b 1.0.0 provides token/2")));
}

TEST(Plan, RefusesTwoProvidersOfOneLayer) {
  EXPECT_THAT(Plan::Make({Plugin("org.a", {}, {"token/1"}), Plugin("org.b", {}, {"token/1"})}),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "org.b 1.0.0 provides token/1, which org.a 1.0.0 provides already"));
}

TEST(Plan, RefusesTwoPluginsOfOneId) {
  std::vector<ActivePlugin> plugins = {Plugin("org.a", {}, {}), Plugin("org.a", {}, {})};
  plugins[1].manifest.version = "2.0.0";
  EXPECT_THAT(Plan::Make(plugins),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       AllOf(HasSubstr("org.a 2.0.0"), HasSubstr("org.a 1.0.0"))));
}

TEST(Plan, AnAcceptedLayerComesFirstAndMayBeMissing) {
  ActivePlugin reader = Plugin("org.a", {}, {"a/1"});
  reader.manifest.accepts_layers = {"b/1", "c/1"};
  const auto plan = Plan::Make({reader, Plugin("org.b", {}, {"b/1"})});
  ASSERT_THAT(plan, IsOk());
  EXPECT_THAT(Order(**plan), ElementsAre("org.b", "org.a"));
  EXPECT_THAT(Plan::Make({reader, Plugin("org.b", {"a/1"}, {"b/1"})}),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr("plugins wait for each other: org.a 1.0.0 reads b/1 of org.b, "
                                 "org.b 1.0.0 reads a/1 of org.a")));
}

TEST(Plan, RefusesACircleButNotWhoWaitsForIt) {
  const std::vector<ActivePlugin> plugins = {Plugin("org.a", {"b/1"}, {"a/1"}),
                                             Plugin("org.b", {"a/1"}, {"b/1"}),
                                             Plugin("org.c", {"a/1"}, {}), Plugin("org.d", {}, {})};
  const std::vector<PlanFault> faults = FindPlanFaults(plugins);
  ASSERT_EQ(faults.size(), 2u);
  EXPECT_EQ(faults[0].plugin, 0u);
  EXPECT_EQ(faults[1].plugin, 1u);
  EXPECT_EQ(faults[0].text,
            "plugins wait for each other: org.a 1.0.0 reads b/1 of org.b, "
            "org.b 1.0.0 reads a/1 of org.a");
}

TEST(Plan, RefusesAPluginThatWaitsForItself) {
  EXPECT_THAT(Plan::Make({Plugin("org.a", {"a/1"}, {"a/1"})}),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("reads a/1 of org.a")));
}

// Leaving faulty plugins out always ends in a plan.
TEST(Plan, ComesOutOfAnySetByLeavingFaultyPluginsOut) {
  std::mt19937 random(4);
  const auto some_layers = [&] {
    std::vector<std::string> layers;
    for (int i = 0; i < 4; ++i) {
      if (random() % 4 == 0) {
        layers.push_back("l" + std::to_string(i) + "/1");
      }
    }
    return layers;
  };
  for (int round = 0; round < 500; ++round) {
    std::vector<ActivePlugin> plugins;
    for (int i = 0; i < 6; ++i) {
      plugins.push_back(Plugin("p." + std::to_string(random() % 8), some_layers(), some_layers()));
    }
    for (auto faults = FindPlanFaults(plugins); !faults.empty(); faults = FindPlanFaults(plugins)) {
      EXPECT_FALSE(Plan::Make(plugins).ok());
      for (auto fault = faults.rbegin(); fault != faults.rend(); ++fault) {
        plugins.erase(plugins.begin() + static_cast<std::ptrdiff_t>(fault->plugin));
      }
    }
    EXPECT_THAT(Plan::Make(plugins), IsOk());
  }
}

}  // namespace
}  // namespace dossier
