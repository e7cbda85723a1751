// dossier-plugin-validate: results on standard output, faults of usage on standard error. Exit
// status 0 when every check passed, 1 when one did not, 2 when there was nothing to check.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "plugins/validator/suite.h"
#include "server/base/utf8.h"

namespace {

using dossier::validator::AllChecks;
using dossier::validator::Check;
using dossier::validator::Result;
using dossier::validator::Settings;
using dossier::validator::Verdict;
using Json = nlohmann::ordered_json;

constexpr int kFailed = 1;
constexpr int kUnusable = 2;

constexpr const char* kDescription =
    "dossier-plugin-validate: puts an extractor plugin through every promise of the plugin ABI, "
    "each in a process of its own.\n\n"
    "  dossier-plugin-validate build/samples/email.so\n"
    "  dossier-plugin-validate --with build/release/plugins/english.so mine.so\n"
    "  dossier-plugin-validate --only fuzz --seed 77 --rounds 1 mine.so\n\n"
    "A plugin that requires layers reads those of the plugins that --with names; without any, "
    "made-up ones that keep LAYERS.md. It runs the plugin's code: check only what you would run.";

struct Options {
  Settings settings;
  std::string config_file;
  std::vector<std::string> text_files;
  std::vector<std::string> only;
  uint32_t time_limit_s = 120;
  std::string format = "text";
  bool list = false;
};

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file.good() && !file.eof()) {
    throw CLI::ValidationError(path, "cannot be read");
  }
  return bytes;
}

void AddOptions(CLI::App& app, Options* options) {
  std::vector<std::string> names;
  for (const Check& check : AllChecks()) {
    names.emplace_back(check.name);
  }
  app.add_option("plugin", options->settings.plugin, "The plugin, a shared object");
  app.add_option("--with", options->settings.providers,
                 "A plugin that provides layers which this one requires; may be given again")
      ->allow_extra_args(false)
      ->check(CLI::ExistingFile);
  app.add_option("--config", options->config_file, "File with its configuration, a JSON object")
      ->check(CLI::ExistingFile);
  app.add_option("--text", options->text_files,
                 "A text of your own to read beside the built-in ones; may be given again")
      ->allow_extra_args(false)
      ->check(CLI::ExistingFile);
  app.add_option("--only", options->only, "Run this check and what it needs; may be given again")
      ->allow_extra_args(false)
      ->check(CLI::IsMember(names));
  app.add_option("--seed", options->settings.seed, "Where chance begins; a failure names its own")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--rounds", options->settings.rounds, "Documents that the fuzz check makes")
      ->capture_default_str();
  app.add_option("--time-limit", options->time_limit_s,
                 "Seconds of processor time that one check may take; ten times that on the clock")
      ->check(CLI::Range(1, 86400))
      ->capture_default_str();
  app.add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  app.add_flag("--list", options->list,
               "Print every check with what it demands, and check nothing");
}

// What the files hold that the options name. Throws CLI::ValidationError.
void ReadFiles(Options* options) {
  options->settings.time_limit = std::chrono::seconds(options->time_limit_s);
  if (!options->config_file.empty()) {
    options->settings.config = ReadFile(options->config_file);
    if (!Json::parse(options->settings.config, nullptr, false).is_object()) {
      throw CLI::ValidationError(options->config_file, "is not a JSON object");
    }
  }
  for (const std::string& path : options->text_files) {
    std::string text = ReadFile(path);
    if (dossier::FindInvalidUtf8(text)) {
      throw CLI::ValidationError(path, "is not UTF-8");
    }
    options->settings.texts.push_back({path, std::move(text)});
  }
}

std::vector<const Check*> PickChecks(const std::vector<std::string>& only) {
  std::vector<const Check*> checks;
  for (const Check& check : AllChecks()) {
    if (only.empty() || std::find(only.begin(), only.end(), check.name) != only.end()) {
      checks.push_back(&check);
    }
  }
  return checks;
}

const char* VerdictName(Verdict verdict) {
  return verdict == Verdict::kPassed   ? "passed"
         : verdict == Verdict::kFailed ? "FAILED"
                                       : "skipped";
}

void PrintLine(const Result& result) {
  std::cout << fmt::format("{:<8} {:<15} {}\n", VerdictName(result.verdict), result.check->name,
                           result.outcome.text);
  if (result.verdict == Verdict::kFailed) {
    std::cout << fmt::format("{:25}a plugin {}\n", "", result.check->promise);
  }
  if (result.outcome.seed) {
    std::cout << fmt::format("{:25}again: --only {} --seed {} --rounds 1\n", "", result.check->name,
                             *result.outcome.seed);
  }
  std::cout << std::flush;
}

Json ToJson(const Result& result) {
  Json json = {
      {"check", result.check->name},
      {"verdict", result.verdict == Verdict::kFailed ? "failed" : VerdictName(result.verdict)},
      {"text", result.outcome.text},
      {"promise", result.check->promise},
      {"seconds", result.outcome.seconds}};
  json["seed"] = result.outcome.seed ? Json(*result.outcome.seed) : Json();
  return json;
}

int Validate(const Options& options) {
  if (const absl::Status status = CheckSettings(options.settings); !status.ok()) {
    std::cerr << fmt::format("dossier-plugin-validate: {}: {}\n", options.settings.plugin.string(),
                             std::string(status.message()));
    return kUnusable;
  }
  const bool as_json = options.format == "json";
  Json rows = Json::array();
  std::size_t bad = 0;
  RunSuite(options.settings, PickChecks(options.only), [&](const Result& result) {
    bad += result.verdict == Verdict::kPassed ? 0 : 1;
    rows.push_back(ToJson(result));
    if (!as_json) {
      PrintLine(result);
    }
  });
  if (as_json) {
    const Json report = {{"plugin", options.settings.plugin.string()},
                         {"passed", bad == 0},
                         {"checks", std::move(rows)}};
    std::cout << report.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
  } else {
    std::cout << fmt::format("{}: {} of {} checks passed\n", options.settings.plugin.string(),
                             rows.size() - bad, rows.size());
  }
  return bad == 0 ? 0 : kFailed;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app(kDescription);
  Options options;
  AddOptions(app, &options);
  try {
    app.parse(argc, argv);
    if (!options.list && options.settings.plugin.empty()) {
      throw CLI::RequiredError("plugin");
    }
    ReadFiles(&options);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUnusable;
  }
  if (options.list) {
    for (const Check& check : AllChecks()) {
      std::cout << fmt::format("{:<15} a plugin {}\n", check.name, check.promise);
    }
    return 0;
  }
  return Validate(options);
}
