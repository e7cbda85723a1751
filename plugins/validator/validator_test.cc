// The program on plugins that are good, and on ones that break one promise each.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/temp_folder.h"

namespace dossier::validator {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Json = nlohmann::json;

struct Findings {
  int exit_status = -1;
  std::string text;
  Json report;  // when --format json was given

  // The names of the checks with that verdict.
  std::vector<std::string> Checks(const std::string& verdict) const {
    std::vector<std::string> names;
    for (const Json& row : report["checks"]) {
      if (row["verdict"] == verdict) {
        names.push_back(row["check"]);
      }
    }
    return names;
  }

  const Json& Row(const std::string& check) const {
    for (const Json& row : report["checks"]) {
      if (row["check"] == check) {
        return row;
      }
    }
    throw std::out_of_range(check);
  }
};

Findings RunProgram(const std::string& arguments) {
  const std::string command = DOSSIER_VALIDATE " " + arguments + " 2>&1";
  Findings run;
  FILE* pipe = popen(command.c_str(), "r");
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) {
    run.text += static_cast<char>(c);
  }
  const int status = pclose(pipe);
  run.exit_status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  run.report = Json::parse(run.text, nullptr, /*allow_exceptions=*/false);
  return run;
}

std::string Plugin(const std::string& name) { return DOSSIER_BUILD "/" + name; }

Findings Validate(const std::string& plugin, const std::string& options = "") {
  return RunProgram("--format json " + options + " " + Plugin(plugin));
}

class Faulty : public ::testing::Test {
 protected:
  // Runs the plugin that breaks the promise which `fault` names.
  Findings ValidateFault(const std::string& fault, const std::string& plugin = "faulty",
                         const std::string& options = "") {
    const std::string config = folder_.path() + "/config.json";
    std::ofstream(config) << R"({"fault": ")" << fault << "\"}";
    return Validate("test_plugins/" + plugin + ".so",
                    "--config " + config + (fault == "insist" ? " --time-limit 2 " : " ") +
                        (options.empty() ? "--rounds 60" : options));
  }

  TempFolder folder_;
};

TEST(Validator, PassesTheTemplate) {
  for (const char* name : {"samples/email.so", "samples/email_c.so"}) {
    const Findings run = Validate(name);
    EXPECT_EQ(run.exit_status, 0) << run.text;
    EXPECT_EQ(run.report["passed"], true);
    EXPECT_THAT(run.Checks("failed"), IsEmpty()) << run.text;
  }
}

TEST(Validator, PassesTheExtractorsOfTheProject) {
  const Findings english = Validate("plugins/english.so", "--rounds 60 --time-limit 40");
  EXPECT_EQ(english.exit_status, 0) << english.text;
  // Ten megabytes may take the parser too long: it says what it read.
  EXPECT_THAT(std::string(english.Row("large-text")["text"]), HasSubstr("kB take"));
  const Findings openie = Validate("plugins/openie.so");
  EXPECT_EQ(openie.exit_status, 0) << openie.text;
  const Findings fed =
      Validate("plugins/openie.so", "--only output --with " + Plugin("plugins/english.so"));
  EXPECT_EQ(fed.exit_status, 0) << fed.text;
  EXPECT_THAT(fed.Row("output")["text"], ::testing::Not(HasSubstr("and 0 triples"))) << fed.text;
}

TEST_F(Faulty, PassesWithoutAFault) {
  EXPECT_EQ(ValidateFault("").exit_status, 0);
  EXPECT_EQ(ValidateFault("", "faulty_reentrant").exit_status, 0);
  EXPECT_EQ(ValidateFault("", "faulty_reader").exit_status, 0);
}

TEST_F(Faulty, FailsExactlyTheCheckOfItsFault) {
  const struct {
    const char* fault;
    const char* check;
    const char* text;
    const char* plugin = "faulty";
  } rows[] = {
      {"refuse", "create", "not with this host"},
      {"leak", "lifecycle", "bytes of memory with each of 1000 times create()"},
      {"leak a file", "lifecycle", "files are left open"},
      {"signal", "manners", "it changes what signal 10 does"},
      {"print", "manners", "it writes to standard output"},
      {"out of range", "output", "the first is a mention: the mention ["},
      {"undeclared", "declared", "it emits propositions"},
      {"nothing", "odd-texts", "it died of signal 6 (Aborted) while reading the text \"empty\""},
      {"square", "large-text", "its time is not linear in the text"},
      {"no layer", "missing-layers",
       "it died of signal 6 (Aborted) while reading a document without the layer sentence/1",
       "faulty_reader"},
      {"no rows", "empty-layers", "it died of signal 6", "faulty_reader"},
      {"after the list", "determinism", "text \"letter\": 2 mentions and 0 triples"},
      {"share", "threads", "beside other threads", "faulty_reentrant"},
      {"leak a document", "memory", "bytes of memory with each of"},
      {"never stop", "stop", "when it is told to stop at once"},
      {"insist", "refusing-sink", "it was not done after 2 seconds of processor time"},
      {"read on", "old-host", "it died of signal 11 (Segmentation fault)"},
      {"exact host", "future-host", "not with this host"},
      {"change", "fuzz", "it died of signal 6"},
  };
  for (const auto& row : rows) {
    const Findings run = ValidateFault(row.fault, row.plugin);
    EXPECT_EQ(run.exit_status, 1) << row.fault;
    EXPECT_THAT(run.Checks("failed"), ElementsAre(row.check)) << row.fault << run.text;
    EXPECT_THAT(std::string(run.Row(row.check)["text"]), HasSubstr(row.text)) << row.fault;
  }
}

TEST(Validator, FailsExactlyTheCheckOfALie) {
  const struct {
    const char* plugin;
    const char* check;
    const char* text;
  } rows[] = {
      {"sloppy", "elf", "beside dossier_plugin_entry_v1"},
      {"liar_abi", "manifest", "it was built for plugin ABI 2.0"},
      {"liar_no_manifest", "manifest", "it has no manifest"},
      {"liar_code_abi", "load", "the manifest says ABI 1.0, the code 2.0"},
      {"liar_id", "load", "the code org.dossier.test.other"},
      {"liar_magic", "load", "its entry is not that of a Dossier plugin"},
      {"liar_no_process", "load", "create, destroy or process is missing"},
      {"liar_symbol", "load", "undefined symbol: nobody_defines_this"},
      {"liar_aborts", "load", "it died of signal 6 (Aborted) while loading"},
      {"liar_dawdles", "scan-time", "of processor time"},
      {"liar_keeps_silent", "bad-config", "without a text"},
      {"liar_writes_on", "bad-config", "it died of signal 11"},
  };
  for (const auto& row : rows) {
    const Findings run = Validate(std::string("test_plugins/") + row.plugin + ".so");
    EXPECT_EQ(run.exit_status, 1) << row.plugin;
    EXPECT_THAT(run.Checks("failed"), ElementsAre(row.check)) << row.plugin << run.text;
    EXPECT_THAT(std::string(run.Row(row.check)["text"]), HasSubstr(row.text)) << row.plugin;
  }
}

TEST_F(Faulty, ASeedMakesTheFailureAgain) {
  const Findings first = ValidateFault("change", "faulty", "--only fuzz");
  const Json seed = first.Row("fuzz")["seed"];
  ASSERT_TRUE(seed.is_number()) << first.text;
  const Findings again =
      ValidateFault("change", "faulty", "--only fuzz --rounds 1 --seed " + seed.dump());
  EXPECT_EQ(again.Row("fuzz")["seed"], seed);
  EXPECT_EQ(again.Row("fuzz")["text"], first.Row("fuzz")["text"]);
}

TEST_F(Faulty, EndsOfAProcessAreResultsToo) {
  EXPECT_THAT(
      std::string(ValidateFault("exit", "faulty", "--only output").Row("output")["text"]),
      HasSubstr("it ended the process with exit status 0 while reading the text \"letter\""));
  EXPECT_THAT(
      std::string(
          ValidateFault("wait", "faulty", "--only output --time-limit 1").Row("output")["text"]),
      HasSubstr("it was not done after 10 seconds while reading the text \"letter\""));
}

TEST(Validator, SaysWhatItLacks) {
  const std::string reader = Plugin("test_plugins/reader.so");
  const Findings alone = RunProgram(reader);
  EXPECT_EQ(alone.exit_status, 2);
  EXPECT_THAT(alone.text, HasSubstr("it requires line/1, which nobody here provides"));
  const Findings fed =
      RunProgram("--only determinism --with " + Plugin("test_plugins/puppet.so") + " " + reader);
  EXPECT_EQ(fed.exit_status, 0) << fed.text;
  EXPECT_EQ(RunProgram("no-such-file.so").exit_status, 2);
  EXPECT_EQ(RunProgram("").exit_status, 2);
  EXPECT_EQ(RunProgram("--only no-such-check " + reader).exit_status, 2);
}

TEST(Validator, ReadsTheAuthorsTexts) {
  const TempFolder folder;
  const std::string text = folder.path() + "/mine.txt";
  std::ofstream(text) << "Write to a.b@example.org and c@example.org.";
  const Findings run = Validate("samples/email.so", "--only output --text " + text);
  EXPECT_EQ(run.Row("output")["text"], "4 mentions and 0 triples in 5 texts");
}

}  // namespace
}  // namespace dossier::validator
