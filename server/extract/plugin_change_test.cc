// Changes of the plugins of a running host: what was asked for serves, what failed left no trace.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <set>

#include "server/base/field_error.h"
#include "server/base/sha256.h"
#include "server/base/status_matchers.h"
#include "server/extract/pipeline.h"
#include "server/extract/plugin_host.h"
#include "server/extract/signature_testing.h"
#include "tests/support/temp_folder.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kMarker[] = "org.dossier.test.marker";
constexpr char kWitness[] = "org.dossier.test.witness";
constexpr absl::StatusCode kFailedPrecondition = absl::StatusCode::kFailedPrecondition;

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::string Fixture(const std::string& name) {
  return ReadFile(fs::path(DOSSIER_TEST_PLUGINS) / name);
}

using Words = std::vector<std::string>;

class PluginChangeTest : public ::testing::Test {
 protected:
  PluginChangeTest() {
    options_.folder = fs::path(folder_.path()) / "folder";
    options_.store = fs::path(folder_.path()) / "store";
    fs::create_directory(options_.folder);
  }

  void Write(const std::string& name, const std::string& bytes) const {
    std::ofstream(options_.folder / name, std::ios::binary) << bytes;
  }
  void Start() {
    host_ = nullptr;
    auto host = PluginHost::Start(options_);
    ASSERT_THAT(host, IsOk());
    host_ = *std::move(host);
  }

  absl::StatusOr<PluginInfo> Install(const std::string& bytes,
                                     std::optional<std::string> config = std::nullopt,
                                     const std::string& signature = "") {
    auto file = host_->BeginInstall();
    if (!file.ok()) {
      return file.status();
    }
    EXPECT_THAT((*file)->Append(bytes), IsOk());
    return host_->Install(file->get(), {Sha256Hex(bytes), signature, std::move(config)});
  }
  absl::StatusOr<PluginInfo> InstallCandidate(const std::string& bytes, std::string config) {
    auto file = host_->BeginInstall();
    if (!file.ok()) {
      return file.status();
    }
    EXPECT_THAT((*file)->Append(bytes), IsOk());
    return host_->InstallCandidate(file->get(), {Sha256Hex(bytes), "", std::move(config)});
  }
  // What the plan with the candidate of the marker says.
  Words SaidByCandidate() {
    const auto plan = host_->CandidatePlan(kMarker);
    EXPECT_THAT(plan, IsOk());
    return plan.ok() ? Said(*plan) : Words();
  }

  // What the plan says of a document: the predicates, in the plan's order.
  std::vector<std::string> Said(const std::shared_ptr<const Plan>& plan) {
    Document document;
    document.id = "d";
    document.text = "text";
    std::vector<std::string> said;
    const auto extraction = RunPipeline(*plan, document, StopToken(), KeepLayers::kNo);
    EXPECT_THAT(extraction, IsOk());
    for (const ExtractorRun& run : extraction->runs) {
      said.push_back(run.output.triples.at(0).predicate);
    }
    return said;
  }
  std::vector<std::string> Said() { return Said(host_->plan()); }

  PluginInfo Info(const std::string& id) {
    for (const PluginInfo& info : host_->List()) {
      if (info.manifest.id == id && info.state == PluginState::kLoaded) {
        return info;
      }
    }
    return {};
  }

  // Everything that a change could have left somewhere, but for the report of one that failed.
  std::map<std::string, std::string> Trace() {
    std::map<std::string, std::string> trace;
    for (const fs::directory_entry& entry : fs::directory_iterator(options_.store)) {
      trace[entry.path().string()] = ReadFile(entry.path());
    }
    for (const PluginInfo& info : host_->List()) {
      if (info.reason.starts_with("it was not installed")) {
        continue;
      }
      trace[info.file] = info.reason + info.extractor.sha256 + info.extractor.config_hash +
                         std::to_string(info.generation);
    }
    return trace;
  }

  TempFolder folder_;
  PluginHost::Options options_;
  std::unique_ptr<PluginHost> host_;
};

TEST_F(PluginChangeTest, ACandidateWaitsBesideWhatServesUntilItIsPromoted) {
  Write("marker.so", Fixture("marker_1.so"));
  Write("witness.so", Fixture("witness.so"));
  Start();
  const auto candidate = InstallCandidate(Fixture("marker_2.so"), R"({"mark": "new"})");
  ASSERT_THAT(candidate, IsOk());
  EXPECT_EQ(candidate->state, PluginState::kCandidate);
  EXPECT_EQ(candidate->manifest.version, "2.0.0");
  for (int start = 0; start < 2; ++start) {
    EXPECT_EQ(Said(), (Words{"1.0.0 plain", "1.0.0 plain"}));
    EXPECT_EQ(SaidByCandidate(), (Words{"2.0.0 new", "2.0.0 new"}));
    EXPECT_THAT(host_->List(), SizeIs(3));
    Start();
  }
  Extractor other = candidate->extractor;
  other.version = "3";
  EXPECT_THAT(host_->PromoteCandidate(other),
              StatusIs(kFailedPrecondition, HasSubstr("not the version 3")));
  ASSERT_THAT(host_->PromoteCandidate(candidate->extractor), IsOk());
  ASSERT_THAT(host_->PromoteCandidate(candidate->extractor), IsOk());
  EXPECT_THAT(host_->CandidatePlan(kMarker),
              StatusIs(kFailedPrecondition, HasSubstr("has no candidate")));
  for (int start = 0; start < 2; ++start) {
    EXPECT_EQ(Said(), (Words{"2.0.0 new", "2.0.0 new"}));
    Start();
  }
  ASSERT_THAT(host_->Rollback(kMarker), IsOk());
  EXPECT_EQ(Said(), (Words{"1.0.0 plain", "1.0.0 plain"}));
}

TEST_F(PluginChangeTest, ACandidateMayBeAConfiguration) {
  Write("marker.so", Fixture("marker_1.so"));
  Start();
  ASSERT_THAT(host_->ReloadCandidate(kMarker, R"({"mark": "a"})"), IsOk());
  const auto candidate = host_->ReloadCandidate(kMarker, R"({"mark": "b"})");
  ASSERT_THAT(candidate, IsOk());
  EXPECT_EQ(Said(), Words{"1.0.0 plain"});
  for (int start = 0; start < 2; ++start) {
    EXPECT_EQ(SaidByCandidate(), Words{"1.0.0 b"});
    Start();
  }
  ASSERT_THAT(host_->DropCandidate(candidate->extractor), IsOk());
  ASSERT_THAT(host_->DropCandidate(candidate->extractor), IsOk());
  EXPECT_FALSE(host_->CandidatePlan(kMarker).ok());
  EXPECT_THAT(host_->List(), SizeIs(1));
  EXPECT_THAT(host_->ReloadCandidate("org.nobody", "{}"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("org.nobody")));
}

TEST_F(PluginChangeTest, ACandidateThatFailsItsTrialLeavesNoTrace) {
  Write("marker.so", Fixture("marker_1.so"));
  Start();
  const auto before = Trace();
  EXPECT_FALSE(InstallCandidate(Fixture("marker_2.so"), R"({"mark": "fail"})").ok());
  EXPECT_FALSE(host_->ReloadCandidate(kMarker, R"({"mark": 7})").ok());
  EXPECT_EQ(Trace(), before);
}

TEST_F(PluginChangeTest, InstallsBesideTheFolderAndBack) {
  Write("marker.so", Fixture("marker_1.so"));
  Write("witness.so", Fixture("witness.so"));
  Start();
  EXPECT_EQ(Said(), (Words{"1.0.0 plain", "1.0.0 plain"}));
  const auto installed = Install(Fixture("marker_2.so"), R"({"mark": "new"})");
  ASSERT_THAT(installed, IsOk());
  EXPECT_TRUE(installed->installed);
  EXPECT_EQ(installed->manifest.version, "2.0.0");
  EXPECT_EQ(installed->config, R"({"mark":"new"})");
  EXPECT_EQ(installed->former->version, "1.0.0");
  for (int start = 0; start < 2; ++start) {
    EXPECT_EQ(Said(), (Words{"2.0.0 new", "2.0.0 new"}));
    std::set<std::string> reasons;
    for (const PluginInfo& info : host_->List()) {
      reasons.insert(info.reason.substr(0, 14));
    }
    EXPECT_EQ(reasons, (std::set<std::string>{"", "it stands back"}));
    Start();
  }
  const auto back = host_->Rollback(kMarker);
  ASSERT_THAT(back, IsOk());
  EXPECT_FALSE(back->installed);
  EXPECT_EQ(back->file, "marker.so");
  for (int start = 0; start < 2; ++start) {
    EXPECT_EQ(Said(), (Words{"1.0.0 plain", "1.0.0 plain"}));
    EXPECT_THAT(host_->List(), SizeIs(2));
    EXPECT_THAT(host_->Rollback(kMarker), StatusIs(kFailedPrecondition, HasSubstr("no former")));
    Start();
  }
}

TEST_F(PluginChangeTest, AFailedChangeLeavesNoTrace) {
  Write("marker.so", Fixture("marker_1.so"));
  Write("witness.so", Fixture("witness.so"));
  Start();
  ASSERT_THAT(Install(Fixture("marker_2.so")), IsOk());
  const auto before = Trace();
  const auto plan = host_->plan();
  const struct {
    std::string bytes;
    std::optional<std::string> config;
    const char* reason;
  } rows[] = {
      {"", {}, "it is empty"},
      {"not a plugin", {}, "it is not a shared object"},
      {Fixture("marker_1.so").substr(0, 9000), {}, "it is truncated"},
      {Fixture("sloppy.so"), {}, "it exports "},
      {Fixture("liar_abi.so"), {}, "built for plugin ABI 2.0"},
      {Fixture("liar_id.so"), {}, "the manifest says"},
      {Fixture("marker_1.so"), R"({"mark": ""})", "config.mark "},
      {Fixture("marker_1.so"), R"({"mrak": "x"})", "config "},
      {Fixture("marker_1.so"), R"({"mark": "refuse"})", "no such mark"},
      {Fixture("marker_1.so"), R"({"mark": "fail"})", "failed on document \"dossier-probe\": out"},
      {Fixture("marker_other_layer.so"), {}, "requires mark/1, which no plugin provides"},
  };
  for (const auto& row : rows) {
    const auto result = Install(row.bytes, row.config);
    EXPECT_THAT(std::string(result.status().message()), HasSubstr(row.reason));
    EXPECT_EQ(Trace(), before) << row.reason;
    EXPECT_EQ(host_->plan(), plan);
  }
  const auto file = *host_->BeginInstall();
  ASSERT_THAT(file->Append(Fixture("marker_1.so")), IsOk());
  EXPECT_EQ(FieldOf(host_->Install(file.get(), {std::string(64, '0'), "", {}}).status()), "sha256");
  EXPECT_THAT(host_->Reload(kMarker, R"({"mark": "fail"})"),
              StatusIs(absl::StatusCode::kInternal, HasSubstr("out of ink")));
  EXPECT_EQ(FieldOf(host_->Reload(kMarker, R"({"mark": 1})").status()), "config.mark");
  EXPECT_THAT(host_->Reload("org.nobody", {}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("org.nobody")));
  EXPECT_THAT(host_->Rollback("org.nobody"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("org.nobody")));
  EXPECT_THAT(host_->Remove("org.nobody"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("org.nobody")));
  EXPECT_THAT(host_->Remove(kMarker),
              StatusIs(kFailedPrecondition, HasSubstr("witness 1.0.0 requires mark/1")));
  Write("marker.so", "damaged");
  Write("witness.so", "damaged");
  EXPECT_THAT(host_->ReloadFolder(), StatusIs(kFailedPrecondition, HasSubstr("witness.so: it is")));
  EXPECT_EQ(host_->plan(), plan);
}

TEST_F(PluginChangeTest, AskingTwiceChangesNothingMore) {
  Write("marker.so", Fixture("marker_1.so"));
  Start();
  ASSERT_THAT(Install(Fixture("marker_2.so"), R"({"mark": "a"})"), IsOk());
  const auto once = Trace();
  ASSERT_THAT(Install(Fixture("marker_2.so"), R"({ "mark": "a" })"), IsOk());
  ASSERT_THAT(Install(Fixture("marker_2.so")), IsOk());  // as it runs now
  EXPECT_EQ(Trace(), once);
  ASSERT_THAT(host_->Reload(kMarker, R"({"mark": "b"})"), IsOk());
  ASSERT_THAT(host_->Reload(kMarker, R"({"mark": "b"})"), IsOk());
  EXPECT_EQ(Info(kMarker).former->config, R"({"mark":"a"})");
  ASSERT_THAT(host_->Remove(kMarker), IsOk());
  ASSERT_THAT(host_->Remove(kMarker), IsOk());
  ASSERT_THAT(host_->Rollback(kMarker), IsOk());
  EXPECT_EQ(Said(), Words{"2.0.0 b"});
}

TEST_F(PluginChangeTest, AConfigurationGoesWithTheFolderFile) {
  options_.configs[kMarker] = R"({"mark": "server"})";
  Write("marker.so", Fixture("marker_1.so"));
  Start();
  EXPECT_EQ(Said(), Words{"1.0.0 server"});
  ASSERT_THAT(host_->Reload(kMarker, R"({"mark": "request"})"), IsOk());
  EXPECT_EQ(Said(), Words{"1.0.0 request"});
  // A new release of the file, at the next start and without one.
  Write("marker.so", Fixture("marker_2.so"));
  Start();
  EXPECT_EQ(Said(), Words{"2.0.0 request"});
  Write("marker.so", Fixture("marker_1.so"));
  ASSERT_THAT(host_->Reload(kMarker, std::nullopt), IsOk());
  EXPECT_EQ(Said(), Words{"1.0.0 request"});
  ASSERT_THAT(host_->Rollback(kMarker), IsOk());
  EXPECT_EQ(Said(), Words{"2.0.0 request"});
  EXPECT_TRUE(Info(kMarker).installed);  // the folder has other bytes by now
}

TEST_F(PluginChangeTest, RemovesUntilSomebodyBringsItBack) {
  Write("marker.so", Fixture("marker_1.so"));
  Write("witness.so", Fixture("witness.so"));
  Start();
  ASSERT_THAT(host_->Remove(kWitness), IsOk());
  ASSERT_THAT(host_->Remove(kMarker), IsOk());
  for (int start = 0; start < 2; ++start) {
    EXPECT_THAT(Said(), IsEmpty());
    EXPECT_THAT(host_->ReloadFolder(), IsOk());
    for (const PluginInfo& info : host_->List()) {
      EXPECT_THAT(info.reason, HasSubstr("removed"));
    }
    Start();
  }
  EXPECT_THAT(host_->Rollback(kWitness), StatusIs(kFailedPrecondition, HasSubstr("mark/1")));
  ASSERT_THAT(host_->Rollback(kMarker), IsOk());
  ASSERT_THAT(Install(Fixture("witness.so")), IsOk());
  Start();
  EXPECT_EQ(Said(), (Words{"1.0.0 plain", "1.0.0 plain"}));
}

TEST_F(PluginChangeTest, ReadsTheFolderAgain) {
  Start();
  EXPECT_THAT(host_->ReloadFolder(), IsOk());
  Write("witness.so", Fixture("witness.so"));
  EXPECT_THAT(*host_->ReloadFolder(), IsEmpty());
  EXPECT_THAT(host_->List().at(0).reason, HasSubstr("mark/1"));
  Write("marker.so", Fixture("marker_1.so"));
  Write("notes.txt", "no plugin");
  const auto loaded = host_->ReloadFolder();
  ASSERT_THAT(loaded, IsOk());
  EXPECT_THAT(*loaded, SizeIs(2));
  EXPECT_THAT(host_->List(), SizeIs(3));
  EXPECT_EQ(Said(), (Words{"1.0.0 plain", "1.0.0 plain"}));

  Write("marker.so", Fixture("marker_2.so"));
  const uint64_t witness = Info(kWitness).generation;
  EXPECT_THAT(*host_->ReloadFolder(), SizeIs(1));
  EXPECT_EQ(Said(), (Words{"2.0.0 plain", "2.0.0 plain"}));
  EXPECT_EQ(Info(kWitness).generation, witness);  // nobody touched it

  fs::remove(options_.folder / "marker.so");
  EXPECT_THAT(host_->ReloadFolder(), StatusIs(kFailedPrecondition, HasSubstr("mark/1")));
  EXPECT_EQ(Said(), (Words{"2.0.0 plain", "2.0.0 plain"}));
  fs::remove(options_.folder / "witness.so");
  ASSERT_THAT(host_->ReloadFolder(), IsOk());
  EXPECT_THAT(Said(), IsEmpty());
}

// New files that cannot serve are told of one by one, and those that can are loaded.
TEST_F(PluginChangeTest, AFolderIsReadAgainWithoutItsBadFiles) {
  options_.configs["org.dossier.test.puppet"] = R"({"colour": "refuse"})";
  options_.limits.max_items = 10;
  Write("marker.so", Fixture("marker_1.so"));
  Start();
  Write("again.so", Fixture("marker_2.so"));
  Write("hostile.so", Fixture("hostile_floods.so"));
  Write("other_layer.so", Fixture("reader.so"));
  Write("puppet.so", Fixture("puppet.so"));
  Write("witness.so", Fixture("witness.so"));
  const auto loaded = host_->ReloadFolder();
  ASSERT_THAT(loaded, IsOk());
  EXPECT_THAT(*loaded, SizeIs(1));
  EXPECT_EQ(Said(), (Words{"1.0.0 plain", "1.0.0 plain"}));
  std::map<std::string, std::string> reasons;
  for (const PluginInfo& info : host_->List()) {
    reasons[info.file] = info.reason;
  }
  EXPECT_THAT(reasons["again.so"], HasSubstr("another plugin of the id"));
  EXPECT_THAT(reasons["hostile.so"], HasSubstr("dossier-probe"));
  EXPECT_THAT(reasons["other_layer.so"], HasSubstr("requires line/1, which no plugin provides"));
  EXPECT_THAT(reasons["puppet.so"], HasSubstr("is not a colour"));
  // What serves is not given up for what has become of its own file.
  fs::remove(options_.folder / "again.so");
  fs::remove(options_.folder / "hostile.so");
  Write("marker.so", Fixture("hostile_floods.so"));
  EXPECT_THAT(host_->ReloadFolder(), StatusIs(kFailedPrecondition, HasSubstr("mark/1")));
  EXPECT_EQ(Said(), (Words{"1.0.0 plain", "1.0.0 plain"}));
}

TEST_F(PluginChangeTest, TheListTellsOfWhatFailedItsTrial) {
  Write("marker.so", Fixture("marker_1.so"));
  Start();
  for (int i = 0; i < 2; ++i) {
    EXPECT_THAT(Install(Fixture("marker_2.so"), R"({"mark": "fail"})"),
                StatusIs(absl::StatusCode::kInternal, HasSubstr("out of ink")));
    ASSERT_THAT(host_->List(), SizeIs(2));
    const PluginInfo failure = host_->List()[1];
    EXPECT_EQ(failure.state, PluginState::kRefused);
    EXPECT_EQ(failure.manifest.version, "2.0.0");
    EXPECT_THAT(failure.reason, HasSubstr("it was not installed: extractor"));
  }
  ASSERT_THAT(Install(Fixture("marker_2.so")), IsOk());
  EXPECT_THAT(host_->List(), SizeIs(2));  // and the folder's file, which stands back
  EXPECT_EQ(Info(kMarker).manifest.version, "2.0.0");
}

// What a file holds is part of what a plugin is configured with.
TEST_F(PluginChangeTest, AnEditedFileIsReadAgain) {
  constexpr char kCopier[] = "org.dossier.test.copier";
  const auto naming = [](const std::string& path) { return R"({"file":")" + path + "\"}"; };
  const auto write = [](const std::string& path, const char* text) { std::ofstream(path) << text; };
  const std::string names = (options_.folder / "names.list").string();
  write(names, "Ada");
  Write("copier.so", Fixture("copier.so"));
  options_.configs[kCopier] = naming(names);
  Start();
  EXPECT_EQ(Said(), Words{"Ada"});
  const PluginInfo before = Info(kCopier);
  ASSERT_THAT(before.files, SizeIs(1));
  EXPECT_EQ(before.files[0], (ConfigFile{"/file", names, Sha256Hex("Ada")}));
  EXPECT_EQ(before.extractor.config_hash, ConfigHash(naming(names), before.files));

  write(names, "Bea");
  EXPECT_EQ(Said(), Words{"Ada"});
  ASSERT_THAT(host_->Reload(kCopier, std::nullopt), IsOk());
  EXPECT_EQ(Said(), Words{"Bea"});
  const PluginInfo after = Info(kCopier);
  EXPECT_NE(after.extractor.config_hash, before.extractor.config_hash);
  EXPECT_EQ(after.config, before.config);
  EXPECT_EQ(after.former, std::nullopt);  // the list as it was is nowhere any more

  write(names, "Cy");
  EXPECT_THAT(*host_->ReloadFolder(), SizeIs(1));
  EXPECT_EQ(Said(), Words{"Cy"});
  EXPECT_THAT(*host_->ReloadFolder(), IsEmpty());
  // By request, only files of the plugin folder.
  const std::string secret = folder_.path() + "/secret";
  write(secret, "Dee");
  ASSERT_THAT(host_->Reload(kCopier, naming(names)), IsOk());
  EXPECT_THAT(Info(kCopier).files, SizeIs(1));
  ASSERT_THAT(host_->Reload(kCopier, naming(secret)), IsOk());
  EXPECT_THAT(Info(kCopier).files, IsEmpty());
  EXPECT_EQ(Info(kCopier).former->config, naming(names));
}

TEST_F(PluginChangeTest, OneThatWaitedForALayerJoins) {
  Write("witness.so", Fixture("witness.so"));
  Start();
  EXPECT_THAT(Said(), IsEmpty());
  ASSERT_THAT(Install(Fixture("marker_1.so")), IsOk());
  EXPECT_EQ(Said(), (Words{"1.0.0 plain", "1.0.0 plain"}));
}

TEST_F(PluginChangeTest, ADocumentKeepsItsGeneration) {
  Write("marker.so", Fixture("marker_1.so"));
  Start();
  auto plan = host_->plan();
  const uint64_t first = Info(kMarker).generation;
  ASSERT_THAT(Install(Fixture("marker_2.so")), IsOk());
  EXPECT_EQ(Info(kMarker).draining, std::vector<uint64_t>{first});
  EXPECT_GT(Info(kMarker).generation, first);
  EXPECT_EQ(Said(plan), Words{"1.0.0 plain"});
  EXPECT_EQ(Said(), Words{"2.0.0 plain"});
  plan = nullptr;
  EXPECT_THAT(Info(kMarker).draining, IsEmpty());
}

TEST_F(PluginChangeTest, ADocumentThatTakesTooLongBeginsAgain) {
  options_.drain_limit = std::chrono::milliseconds(20);
  Write("puppet.so", Fixture("puppet.so"));
  Start();
  Document document;
  document.id = "d";
  document.title = "wait for stop";
  document.text = "text";
  const auto former = host_->plan();
  ASSERT_THAT(host_->Reload("org.dossier.test.puppet", R"({"colour": "red"})"), IsOk());
  EXPECT_THAT(RunPipeline(*former, document, StopToken(), KeepLayers::kNo),
              StatusIs(absl::StatusCode::kAborted, HasSubstr("begin again")));
  // With a source of plans, the next one reads it.
  auto plans = std::vector{host_->plan(), former};
  document.title = "behave";
  const auto again = RunPipeline(
      [&] {
        auto plan = plans.back();
        plans.pop_back();
        return plan;
      },
      document, StopToken(), KeepLayers::kNo, "");
  ASSERT_THAT(again, IsOk());
}

TEST_F(PluginChangeTest, TakesWhatItsSignersSigned) {
  const TestSigner signer;
  const TestSigner stranger;
  const std::string first = Fixture("marker_1.so");
  const std::string second = Fixture("marker_2.so");
  options_.keys = *SigningKeys::Read({signer.public_key()});
  Write("marker.so", first);
  Write("marker.so.sig", signer.Sign(first));
  Write("witness.so", Fixture("witness.so"));
  Start();
  EXPECT_EQ(Said(), Words{"1.0.0 plain"});
  EXPECT_THAT(host_->List()[1].reason, HasSubstr("witness.so: it is not signed"));
  const auto denied = absl::StatusCode::kPermissionDenied;
  EXPECT_THAT(Install(second), StatusIs(denied, HasSubstr("it is not signed")));
  EXPECT_THAT(Install(second, {}, signer.Sign(first)), StatusIs(denied, HasSubstr("signature")));
  EXPECT_THAT(Install(second, {}, stranger.Sign(second)), StatusIs(denied, HasSubstr("signature")));
  ASSERT_THAT(Install(second, {}, signer.Sign(second)), IsOk());
  Start();
  EXPECT_EQ(Said(), Words{"2.0.0 plain"});
  // A key that is no longer trusted takes its plugins with it.
  options_.keys = *SigningKeys::Read({stranger.public_key()});
  Start();
  EXPECT_THAT(Said(), IsEmpty());
}

TEST_F(PluginChangeTest, MayWantSignatures) {
  options_.install_unsigned = false;
  Start();
  EXPECT_THAT(Install(Fixture("marker_1.so")),
              StatusIs(kFailedPrecondition, HasSubstr("--plugin-key")));
}

// Random changes and restarts against a model of what they mean.
TEST_F(PluginChangeTest, KeepsToItsModel) {
  struct Choice {
    std::string version;
    std::string mark;
    bool operator==(const Choice&) const = default;
  };
  std::optional<Choice> current;
  std::optional<Choice> former;
  Start();
  std::mt19937 random(11);
  const std::string files[] = {Fixture("marker_1.so"), Fixture("marker_2.so")};
  for (int step = 0; step < 150; ++step) {
    SCOPED_TRACE(step);
    const std::string mark(1, static_cast<char>('a' + random() % 3));
    const std::string config = R"({"mark": ")" + mark + "\"}";
    const auto go_to = [&](const Choice& next) {
      if (current && *current != next) {
        former = current;
      }
      current = next;
    };
    switch (random() % 5) {
      case 0: {
        const std::size_t version = random() % 2;
        ASSERT_THAT(Install(files[version], config), IsOk());
        go_to({version == 0 ? "1.0.0" : "2.0.0", mark});
        break;
      }
      case 1:
        EXPECT_EQ(host_->Reload(kMarker, config).ok(), current.has_value());
        if (current) {
          go_to({current->version, mark});
        }
        break;
      case 2:
        EXPECT_EQ(host_->Rollback(kMarker).ok(), former.has_value());
        if (former) {
          current = std::exchange(former, std::nullopt);
        }
        break;
      case 3:
        (void)host_->Remove(kMarker);
        if (current) {
          former = std::exchange(current, std::nullopt);
        }
        break;
      default:
        Start();
    }
    EXPECT_EQ(Said(), current ? Words{current->version + " " + current->mark} : Words{});
  }
}

}  // namespace
}  // namespace dossier
