// corroboration: how many origins a triple has.
#include <fmt/format.h>

#include <memory>

#include "client/cli/command.h"
#include "client/cli/evidence_text.h"
#include "client/cli/pages.h"
#include "client/cli/stance.h"

namespace dossier::cli {
namespace {

struct Options {
  std::string triple;
  std::string format;
  uint64_t limit = kDefaultLimit;
  StanceOptions stance;
};

std::string Counted(uint64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

void PrintSummary(const v1::GetCorroborationResponse& page) {
  const v1::Triple& triple = page.triple();
  fmt::print("{} | {} | {}\n{} in {}{}\n", triple.subject().name(), triple.predicate(),
             ObjectText(triple), Counted(page.origin_count(), "independent origin"),
             Counted(page.document_count(), "document"),
             page.truncated() ? " (of the first 10,000 sentences)" : "");
}

void PrintOrigin(const v1::Origin& origin, uint64_t number) {
  std::string text = origin.has_source() ? origin.source().name() : "the document itself";
  if (!origin.has_source() && origin.document_count() > 1) {
    text = "one text";
  }
  text += origin.document_count() > 1
              ? fmt::format(", in {}", Counted(origin.document_count(), "document"))
              : "";
  text += origin.same_source() ? ", the same source" : "";
  text += origin.copied_text() ? ", copied text" : "";
  fmt::print("\n{}. {}\n", number, text);
  for (const v1::Statement& statement : origin.statements()) {
    PrintStatement(statement, "   ");
  }
}

void PrintAlike(const v1::GetCorroborationResponse& page) {
  if (!page.alike().empty()) {
    fmt::print("\nlikely the same in other words, not counted:\n");
  }
  for (const v1::Statement& statement : page.alike()) {
    PrintStatement(statement, "   ");
  }
}

int Corroboration(const Global& global, const Options& options) {
  const client::Connection server = global.Connect();
  v1::GetCorroborationRequest request;
  global.Address(&request);
  request.set_triple_id(options.triple);
  *request.mutable_filter() = options.stance.Filter();
  uint64_t printed = 0;
  return PrintPages<v1::GetCorroborationRequest, v1::GetCorroborationResponse>(
      global, request, options.limit,
      [&](const auto& ask, auto* page) {
        return server.graph().GetCorroboration(server.NewContext().get(), ask, page);
      },
      [&](const v1::GetCorroborationResponse& page) {
        if (options.format == "json") {
          PrintJson(page);
          return static_cast<uint64_t>(page.origins_size());
        }
        if (printed == 0) {
          PrintSummary(page);
        }
        for (const v1::Origin& origin : page.origins()) {
          PrintOrigin(origin, ++printed);
        }
        PrintAlike(page);
        return static_cast<uint64_t>(page.origins_size());
      });
}

}  // namespace

void AddCorroboration(CLI::App& app, const Global& global, int* exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "corroboration",
      "Counts the independent origins of a triple: what names the same source, copies another's "
      "text or repeats itself in one document counts once. Shows the sentences behind each.");
  command->add_option("triple", options->triple, "A triple's id, from dossier triples")->required();
  options->stance.AddTo(*command);
  AddLimit(*command, &options->limit);
  AddFormat(*command, &options->format, {"text", "json"});
  command->callback([=, &global] { *exit_code = Corroboration(global, *options); });
}

}  // namespace dossier::cli
