#include <fmt/format.h>

#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>

#include "client/cli/command.h"
#include "client/cli/input.h"
#include "client/cli/progress.h"
#include "client/cpp/ingest_stream.h"

namespace dossier::cli {
namespace {

struct Options {
  std::vector<std::string> paths;
  Defaults defaults;
  std::string format;
};

std::string_view StatusName(v1::CommitStatus status) {
  switch (status) {
    case v1::COMMIT_STATUS_ADDED:
      return "added";
    case v1::COMMIT_STATUS_REPLACED:
      return "replaced";
    case v1::COMMIT_STATUS_UNCHANGED:
      return "unchanged";
    default:
      return "committed";
  }
}

// Prints what became of documents while others are still being sent.
class Answers {
 public:
  Answers(bool as_json, uint64_t total) : as_json_(as_json), progress_("Ingesting", total) {}

  // Before document number `index` is sent.
  void Expect(uint64_t index, const v1::Document& document) {
    const std::scoped_lock lock(mutex_);
    pending_[index] = document.id();
  }

  void Take(const v1::IngestResponse& answer) {
    const std::scoped_lock lock(mutex_);
    const auto it = pending_.find(answer.index());
    if (it == pending_.end()) {
      return;
    }
    progress_.Clear();
    if (answer.has_committed()) {
      PrintCommitted(it->second, answer.committed());
    } else {
      PrintRefused(it->second, answer.error().message());
    }
    progress_.Advance();
    pending_.erase(it);
  }

  // A document that never got as far as the server.
  void Fail(std::string_view place, std::string_view why) {
    const std::scoped_lock lock(mutex_);
    progress_.Clear();
    PrintRefused(place, why);
  }

  // After the stream's end: whether all that was read is stored.
  bool AllStored() {
    const std::scoped_lock lock(mutex_);
    for (const auto& [index, id] : pending_) {
      PrintRefused(id, "the server did not acknowledge it");
    }
    return pending_.empty() && refused_ == 0;
  }

 private:
  void PrintCommitted(const std::string& id, const v1::Committed& committed) {
    for (const std::string& warning : committed.warnings()) {
      fmt::print(stderr, "dossier: {}: {}\n", id, warning);
    }
    if (as_json_) {
      fmt::print("{}\n", nlohmann::ordered_json{{"id", id},
                                                {"status", StatusName(committed.status())},
                                                {"triples", committed.triple_count()},
                                                {"evidence", committed.evidence_count()}}
                             .dump());
    } else {
      fmt::print("{}\t{}\t{} triples\t{} evidence\n", id, StatusName(committed.status()),
                 committed.triple_count(), committed.evidence_count());
    }
    std::fflush(stdout);
  }

  void PrintRefused(std::string_view id, std::string_view why) {
    ++refused_;
    fmt::print(stderr, "dossier: {}: {}\n", id, why);
    if (as_json_) {
      const nlohmann::ordered_json row{{"id", id}, {"status", "refused"}, {"error", why}};
      fmt::print("{}\n", row.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    }
  }

  const bool as_json_;
  std::mutex mutex_;
  Progress progress_;
  std::unordered_map<uint64_t, std::string> pending_;  // index in the stream -> document id
  uint64_t refused_ = 0;
};

int Ingest(const Global& global, const Options& options) {
  const Input input(options.paths, options.defaults);
  Answers answers(options.format == "json", input.CountDocuments());
  const client::Connection server = global.Connect();
  client::IngestStream stream(server,
                              [&](const v1::IngestResponse& answer) { answers.Take(answer); });
  uint64_t sent = 0;
  std::set<std::string> ids;
  input.ForEach(
      [&](v1::Document document) {
        if (!ids.insert(document.id()).second) {
          answers.Fail(document.id(), "a second document of this run has the same id; not sent");
          return true;
        }
        answers.Expect(sent++, document);
        v1::IngestRequest request;
        request.set_namespace_(global.name_space);
        *request.mutable_document() = std::move(document);
        return stream.Send(request);
      },
      [&](std::string_view place, std::string_view why) { answers.Fail(place, why); });
  const int call = Report(global, stream.Finish());
  return call == 0 && answers.AllStored() ? 0 : 1;
}

}  // namespace

void AddIngest(CLI::App& app, const Global& global, int* exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "ingest",
      "Stores documents: text files, folders of .txt files, .jsonl files with a document "
      "a line, or - for standard input. Prints a line for each once it is safe.");
  command->add_option("path", options->paths, "What to ingest")->required();
  command->add_option("--published", options->defaults.published,
                      "When they were published, for those that do not say (2025-03-15)");
  command->add_option("--source", options->defaults.source, "Who published them");
  command->add_option("--language", options->defaults.language, "Their language (en)");
  AddFormat(*command, &options->format, {"text", "json"});
  command->callback([=, &global] { *exit_code = Ingest(global, *options); });
}

}  // namespace dossier::cli
