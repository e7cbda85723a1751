// reextract: tries other extractors over the stored documents, and promotes or drops what they say.
#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/cli/command.h"
#include "client/cli/evidence_json.h"
#include "client/cli/evidence_text.h"
#include "client/cli/progress.h"

namespace dossier::cli {
namespace {

constexpr const char* kAbout =
    "Shows what another version or configuration of a plugin would change in the stored documents, "
    "and then promotes it or drops it.\n\n"
    "  dossier plugins install weather-2.so --candidate\n"
    "  dossier plugins reload org.example.weather --candidate --config '{\"language\": \"en\"}'\n"
    "  dossier reextract run org.example.weather\n"
    "  dossier reextract promote org.example.weather\n"
    "  dossier reextract drop org.example.weather\n"
    "  dossier reextract list\n\n"
    "Nothing changes before it is promoted, and then everything at once. A run that ended early "
    "goes on where it was when it is asked for again.";

struct Options {
  std::string plugin;
  std::string id;
  std::vector<std::string> documents;
  std::string format;
};

// What reextractions are called that nobody names: as the plugin, or this.
constexpr std::string_view kAllPlugins = "plugins";

std::string StatementText(const v1::Evidence& evidence) {
  std::string text = evidence.polarity() == v1::POLARITY_NEGATIVE ? "NOT so, " : "";
  text += StanceText(evidence);
  for (const v1::Qualifier& qualifier : evidence.qualifiers()) {
    text += fmt::format(", {} \"{}\"", RoleWord(qualifier.role()), qualifier.text());
    if (qualifier.has_entity() && qualifier.entity().name() != qualifier.text()) {
      text += fmt::format(" ({})", qualifier.entity().name());
    }
  }
  return text;
}

// The places of one side, each sentence beneath the last that speaks of it.
void PrintPlaces(std::string_view label, const google::protobuf::RepeatedPtrField<v1::Evidence>& of,
                 std::string_view next_sentence) {
  for (int i = 0; i < of.size(); ++i) {
    fmt::print("      {}{}\n", label, StatementText(of[i]));
    const std::string_view next = i + 1 < of.size() ? of[i + 1].sentence() : next_sentence;
    if (of[i].sentence() != next) {
      fmt::print("      \"{}\"\n", of[i].sentence());
    }
  }
}

void PrintDifference(const v1::TripleDifference& difference) {
  const v1::Triple& triple =
      (difference.after().empty() ? difference.before(0) : difference.after(0)).triple();
  const bool changed = difference.kind() == v1::DIFFERENCE_KIND_CHANGED;
  const char sign = changed ? '~' : difference.kind() == v1::DIFFERENCE_KIND_REMOVED ? '-' : '+';
  fmt::print("  {} {} | {} | {}\n", sign, triple.subject().name(), triple.predicate(),
             ObjectText(triple));
  PrintPlaces(changed ? "was " : "", difference.before(),
              difference.after().empty() ? std::string_view() : difference.after(0).sentence());
  PrintPlaces(changed ? "now " : "", difference.after(), {});
}

// What a run shows, and what it adds up to.
class Show {
 public:
  explicit Show(bool as_json) : as_json_(as_json) {}

  void Take(const v1::ReextractResponse& part) {
    if (!progress_) {
      progress_.emplace("Reading", part.documents_total());
    }
    progress_->Clear();
    for (const std::string& warning : part.warnings()) {
      fmt::print(stderr, "dossier: {}: {}\n", part.document_id(), warning);
    }
    if (!part.error().empty()) {
      fmt::print(stderr, "dossier: {}: {}\n", part.document_id(), part.error());
      ++failed_;
    }
    if (!part.differences().empty() || !part.error().empty()) {
      as_json_ ? PrintJson(part) : PrintDocument(part);
    }
    if (part.documents_done() != done_) {
      done_ = part.documents_done();
      progress_->Advance();
    }
  }

  void Finish(const std::string& id) {
    progress_.reset();
    if (!as_json_) {
      fmt::print("{} document(s) read: {} triple(s) added, {} removed, {} changed\n", done_, added_,
                 removed_, changed_);
    }
    if (failed_ > 0) {
      fmt::print(stderr, "dossier: {} document(s) could not be read and would stay as they are\n",
                 failed_);
    }
    fmt::print(stderr,
               "dossier: nothing has changed yet: dossier reextract promote {0}, or drop {0}\n",
               id);
  }

 private:
  void PrintDocument(const v1::ReextractResponse& part) {
    if (part.document_id() != document_) {
      document_ = part.document_id();
      fmt::print("{}\n", document_);
    }
    for (const v1::TripleDifference& difference : part.differences()) {
      added_ += difference.kind() == v1::DIFFERENCE_KIND_ADDED ? 1u : 0u;
      removed_ += difference.kind() == v1::DIFFERENCE_KIND_REMOVED ? 1u : 0u;
      changed_ += difference.kind() == v1::DIFFERENCE_KIND_CHANGED ? 1u : 0u;
      PrintDifference(difference);
    }
  }

  const bool as_json_;
  std::optional<Progress> progress_;
  std::string document_;  // that was printed last
  uint64_t done_ = 0;
  uint64_t failed_ = 0;
  uint64_t added_ = 0;
  uint64_t removed_ = 0;
  uint64_t changed_ = 0;
};

std::string NameOf(const Options& options) {
  if (!options.id.empty()) {
    return options.id;
  }
  return options.plugin.empty() ? std::string(kAllPlugins) : options.plugin;
}

template <class Request>
Request Named(const Global& global, const std::string& id) {
  Request request;
  request.set_namespace_(global.name_space);
  request.set_reextraction_id(id);
  return request;
}

int Run(const Global& global, const Options& options) {
  const client::Connection server = global.Connect();
  auto request = Named<v1::ReextractRequest>(global, NameOf(options));
  request.set_plugin_id(options.plugin);
  request.mutable_document_ids()->Assign(options.documents.begin(), options.documents.end());
  const auto context = server.NewStreamContext();
  const auto stream = server.documents().Reextract(context.get(), request);
  Show show(options.format == "json");
  v1::ReextractResponse part;
  while (stream->Read(&part)) {
    show.Take(part);
  }
  const grpc::Status status = stream->Finish();
  if (status.ok()) {
    show.Finish(request.reextraction_id());
  }
  return Report(global, status);
}

int Promote(const Global& global, const Options& options) {
  const client::Connection server = global.Connect();
  const auto request = Named<v1::PromoteReextractionRequest>(global, options.id);
  v1::PromoteReextractionResponse response;
  const auto context = server.NewStreamContext();  // it takes as long as its documents
  const grpc::Status status =
      server.documents().PromoteReextraction(context.get(), request, &response);
  if (status.ok()) {
    options.format == "json"
        ? PrintJson(response)
        : fmt::print("{}\tpromoted\trevision {}\n", options.id, response.revision().number());
  }
  return Report(global, status);
}

int Drop(const Global& global, const Options& options) {
  const client::Connection server = global.Connect();
  const auto request = Named<v1::DropReextractionRequest>(global, options.id);
  v1::DropReextractionResponse response;
  const auto context = server.NewStreamContext();
  return Report(global, server.documents().DropReextraction(context.get(), request, &response));
}

void PrintReextraction(const v1::Reextraction& row) {
  fmt::print("{}\t{}\t{}\t{} read, {} failed\t+{} -{} ~{}\n", row.id(),
             row.has_promoted() ? fmt::format("promoted as {}", row.promoted().number()) : "open",
             row.plugin_id().empty() ? "all plugins" : row.plugin_id(), row.documents_read(),
             row.documents_failed(), row.triples_added(), row.triples_removed(),
             row.triples_changed());
}

int List(const Global& global, const Options& options) {
  const client::Connection server = global.Connect();
  v1::ListReextractionsRequest request;
  request.set_namespace_(global.name_space);
  do {
    v1::ListReextractionsResponse page;
    const grpc::Status status =
        server.documents().ListReextractions(server.NewContext().get(), request, &page);
    if (!status.ok()) {
      return Report(global, status);
    }
    for (const v1::Reextraction& row : page.reextractions()) {
      options.format == "json" ? PrintJson(row) : PrintReextraction(row);
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return 0;
}

}  // namespace

void AddReextract(CLI::App& app, const Global& global, int* exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App* reextract = app.add_subcommand("reextract", kAbout);
  reextract->require_subcommand(1);
  AddFormat(*reextract, &options->format, {"text", "json"});
  const auto add = [&](const char* name, const char* about, auto run) {
    CLI::App* command = reextract->add_subcommand(name, about);
    command->fallthrough();  // --format
    command->callback([=, &global] { *exit_code = run(global, *options); });
    return command;
  };
  CLI::App* run =
      add("run",
          "Reads stored documents with a plugin's candidate and prints what would "
          "change: + added, - removed, ~ changed. Without a plugin: with all plugins as "
          "they serve, where former ones read.",
          Run);
  run->add_option("plugin", options->plugin, "Whose candidate to try: org.example.weather");
  run->add_option("--id", options->id, "A name for it, to promote or drop it by (the plugin's id)");
  run->add_option("--document", options->documents, "Only this document; may be repeated");
  add("promote",
      "Puts what was shown in the place of what the documents said, in one commit, and lets the "
      "candidate serve",
      Promote)
      ->add_option("id", options->id, "Its name")
      ->required();
  add("drop", "Forgets it, and the candidate", Drop)
      ->add_option("id", options->id, "Its name")
      ->required();
  add("list", "Lists what was not dropped, promoted ones too", List);
}

}  // namespace dossier::cli
