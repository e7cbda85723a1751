#include "client/cli/merge_commands.h"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::cli {
namespace {

struct Options {
  std::string id;  // of an entity, or of a merge
  std::vector<std::string> from;
  std::vector<std::string> names;
  std::vector<std::string> documents;
  std::string request;
  std::string note;
  std::string format;
};

void AddRemarks(CLI::App& command, Options* options) {
  command.add_option("--note", options->note, "Why, for who reads the log");
  command.add_option("--request-id", options->request,
                     "Makes the command safe to repeat: words used once and never again");
  AddFormat(command, &options->format, {"text", "json"});
}

template <class Response>
void Print(const Options& options, std::string_view what, const std::string& merge,
           const Response& response) {
  if (options.format == "json") {
    PrintJson(response);
    return;
  }
  fmt::print("{}\t{}\t{}\n", merge, response.unchanged() ? fmt::format("{} before", what) : what,
             response.entity_id());
}

int Merge(const Global& global, const Options& options) {
  const client::Connection server = global.Connect();
  v1::MergeEntitiesRequest request;
  request.set_namespace_(global.name_space);
  request.set_into_id(options.id);
  request.mutable_from_ids()->Assign(options.from.begin(), options.from.end());
  request.set_request_id(options.request);
  request.set_note(options.note);
  v1::MergeEntitiesResponse response;
  const grpc::Status status =
      server.graph().MergeEntities(server.NewContext().get(), request, &response);
  if (status.ok()) {
    Print(options, "merged", response.merge_id(), response);
  }
  return Report(global, status);
}

int Split(const Global& global, const Options& options) {
  const client::Connection server = global.Connect();
  v1::SplitEntityRequest request;
  request.set_namespace_(global.name_space);
  request.set_entity_id(options.id);
  request.mutable_names()->Assign(options.names.begin(), options.names.end());
  request.mutable_document_ids()->Assign(options.documents.begin(), options.documents.end());
  request.set_request_id(options.request);
  request.set_note(options.note);
  v1::SplitEntityResponse response;
  const grpc::Status status =
      server.graph().SplitEntity(server.NewContext().get(), request, &response);
  if (status.ok()) {
    Print(options, "split", response.merge_id(), response);
  }
  return Report(global, status);
}

int Undo(const Global& global, const Options& options) {
  const client::Connection server = global.Connect();
  v1::UndoMergeRequest request;
  request.set_namespace_(global.name_space);
  request.set_merge_id(options.id);
  v1::UndoMergeResponse response;
  const grpc::Status status =
      server.graph().UndoMerge(server.NewContext().get(), request, &response);
  if (status.ok()) {
    Print(options, "undone", options.id, response);
  }
  return Report(global, status);
}

void PrintMerge(const v1::Merge& merge) {
  fmt::print(
      "{}\t{}\t{}\t{}\t", merge.id(), merge.kind() == v1::MERGE_KIND_SPLIT ? "split" : "merge",
      merge.has_undone() ? "undone" : "stands",
      merge.has_entity() ? fmt::format("{} {}", merge.entity().id(), merge.entity().name()) : "-");
  std::string_view separator = "from ";
  for (const v1::MergeSource& source : merge.sources()) {
    fmt::print("{}{}", separator, source.entity_id());
    fmt::print("{}{}", source.entity_id().empty() ? "" : " ", source.name_form());
    if (!source.name().empty()) {
      fmt::print(" named {}", source.name());
    }
    if (!source.document_id().empty()) {
      fmt::print(" in {}", source.document_id());
    }
    separator = ", ";
  }
  fmt::print("{}{}\n", merge.note().empty() ? "" : "\t", merge.note());
}

int List(const Global& global, const Options& options) {
  const client::Connection server = global.Connect();
  v1::ListMergesRequest request;
  request.set_namespace_(global.name_space);
  do {
    v1::ListMergesResponse page;
    const grpc::Status status =
        server.graph().ListMerges(server.NewContext().get(), request, &page);
    if (!status.ok()) {
      return Report(global, status);
    }
    for (const v1::Merge& merge : page.merges()) {
      options.format == "json" ? PrintJson(merge) : PrintMerge(merge);
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return 0;
}

}  // namespace

void AddMergeCommands(CLI::App& entity, const Global& global, int* exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* merge = entity.add_subcommand(
      "merge", "Makes entities one, in documents that come later too: entity merge e5 e17");
  merge->add_option("into", options->id, "The id of the entity that remains")->required();
  merge->add_option("from", options->from, "The ids of those that become it")->required();
  AddRemarks(*merge, options.get());
  merge->callback([=, &global] { *exit_code = Merge(global, *options); });

  CLI::App* split = entity.add_subcommand(
      "split", "Makes some mentions of an entity another entity: entity split e5 --in story.txt");
  split->add_option("entity", options->id, "The entity's id")->required();
  split->add_option("--named", options->names, "Only mentions with this name; may be repeated");
  split->add_option("--in", options->documents, "Only mentions in this document; may be repeated");
  AddRemarks(*split, options.get());
  split->callback([=, &global] { *exit_code = Split(global, *options); });

  CLI::App* undo = entity.add_subcommand("undo", "Takes back a merge or split: entity undo m3");
  undo->add_option("merge", options->id, "Its id, from what it printed or from entity merges")
      ->required();
  AddFormat(*undo, &options->format, {"text", "json"});
  undo->callback([=, &global] { *exit_code = Undo(global, *options); });

  CLI::App* list = entity.add_subcommand("merges", "Lists merges and splits, undone ones too");
  AddFormat(*list, &options->format, {"text", "json"});
  list->callback([=, &global] { *exit_code = List(global, *options); });
}

}  // namespace dossier::cli
