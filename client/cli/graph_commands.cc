// entity, triples and evidence: the commands that ask the graph.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "client/cli/command.h"
#include "client/cli/evidence_json.h"
#include "client/cli/evidence_text.h"
#include "client/cli/mentions.h"
#include "client/cli/merge_commands.h"
#include "client/cli/pages.h"
#include "client/cli/stance.h"

namespace dossier::cli {
namespace {

void PrintEntity(const v1::Entity& entity) {
  fmt::print("{}\t{}\t{}\t{} mentions", entity.id(), entity.name(),
             entity.type().empty() ? "-" : entity.type(), entity.mention_count());
  std::string_view separator = "\talso ";
  for (const v1::Alias& alias : entity.aliases()) {
    if (alias.name() != entity.name()) {
      fmt::print("{}{}", separator, alias.name());
      separator = ", ";
    }
  }
  fmt::print("\n");
}

void PrintTriple(const v1::Triple& triple) {
  fmt::print("{}\t{}\t{}\t{}\t", triple.id(), triple.subject().name(), triple.predicate(),
             ObjectText(triple));
  std::string_view separator;
  for (const v1::StanceCount& stance : triple.stances()) {
    fmt::print("{}{}{} {}", separator, stance.polarity() == v1::POLARITY_NEGATIVE ? "not " : "",
               ModalityWord(stance.modality()), stance.evidence_count());
    separator = ", ";
  }
  fmt::print("\tin {} document{}\n", triple.document_count(),
             triple.document_count() == 1 ? "" : "s");
}

void PrintEvidence(const v1::Evidence& evidence) {
  const v1::Triple& triple = evidence.triple();
  fmt::print("{}{} | {} | {}\n", evidence.polarity() == v1::POLARITY_NEGATIVE ? "NOT " : "",
             triple.subject().name(), triple.predicate(), ObjectText(triple));
  fmt::print("  {}\n", StanceText(evidence));
  for (const v1::Qualifier& qualifier : evidence.qualifiers()) {
    fmt::print("  {}: {}\n", RoleWord(qualifier.role()), qualifier.text());
  }
  fmt::print("  \"{}\"\n  {} [{}, {})\n\n", evidence.sentence(), evidence.document_id(),
             evidence.sentence_span().begin(), evidence.sentence_span().end());
}

struct Options {
  std::string text;
  std::string type;
  std::string subject;
  std::string predicate;
  std::string object;
  std::string document;
  std::string format;
  bool why = false;
  uint64_t limit = kDefaultLimit;
  StanceOptions stance;
};

int Entity(const Global& global, const Options& options) {
  const client::Connection server = global.Connect();
  v1::SearchEntitiesRequest request;
  global.Address(&request);
  request.set_prefix(options.text);
  request.set_type(options.type);
  return PrintPages<v1::SearchEntitiesRequest, v1::SearchEntitiesResponse>(
      global, request, options.limit,
      [&](const auto& ask, auto* page) {
        return server.graph().SearchEntities(server.NewContext().get(), ask, page);
      },
      [&](const v1::SearchEntitiesResponse& page) {
        for (const v1::Entity& entity : page.entities()) {
          options.format == "json" ? PrintJson(entity) : PrintEntity(entity);
        }
        return static_cast<uint64_t>(page.entities_size());
      });
}

// Entities with their names and the rules that linked those.
int Why(const Global& global, const Options& options) {
  const client::Connection server = global.Connect();
  v1::SearchEntitiesRequest request;
  global.Address(&request);
  request.set_prefix(options.text);
  request.set_type(options.type);
  int exit_code = 0;
  const int searched = PrintPages<v1::SearchEntitiesRequest, v1::SearchEntitiesResponse>(
      global, request, options.limit,
      [&](const auto& ask, auto* page) {
        return server.graph().SearchEntities(server.NewContext().get(), ask, page);
      },
      [&](const v1::SearchEntitiesResponse& page) {
        for (const v1::Entity& entity : page.entities()) {
          if (options.format == "text") {
            PrintEntity(entity);
          }
          exit_code =
              std::max(exit_code, PrintMentions(global, server, entity.id(), options.format));
        }
        return static_cast<uint64_t>(page.entities_size());
      });
  return std::max(searched, exit_code);
}

int Triples(const Global& global, const Options& options) {
  const client::Connection server = global.Connect();
  v1::MatchTriplesRequest request;
  global.Address(&request);
  if (!options.subject.empty()) {
    *request.mutable_subject() = Selector(options.subject);
  }
  request.set_predicate(options.predicate);
  if (!options.object.empty()) {
    *request.mutable_entity() = Selector(options.object);
  }
  *request.mutable_filter() = options.stance.Filter();
  request.set_limit(options.limit);
  const auto context = server.NewStreamContext();
  const auto stream = server.graph().MatchTriples(context.get(), request);
  for (v1::MatchTriplesResponse part; stream->Read(&part);) {
    for (const v1::Triple& triple : part.triples()) {
      options.format == "json" ? PrintJson(triple) : PrintTriple(triple);
    }
  }
  return Report(global, stream->Finish());
}

int Evidence(const Global& global, const Options& options) {
  const client::Connection server = global.Connect();
  v1::ListEvidenceRequest request;
  global.Address(&request);
  if (!options.text.empty()) {
    request.set_triple_id(options.text);
  } else {
    request.set_document_id(options.document);
  }
  *request.mutable_filter() = options.stance.Filter();
  return PrintPages<v1::ListEvidenceRequest, v1::ListEvidenceResponse>(
      global, request, options.limit,
      [&](const auto& ask, auto* page) {
        return server.graph().ListEvidence(server.NewContext().get(), ask, page);
      },
      [&](const v1::ListEvidenceResponse& page) {
        for (const v1::Evidence& evidence : page.evidence()) {
          options.format == "json" ? PrintJson(evidence) : PrintEvidence(evidence);
        }
        return static_cast<uint64_t>(page.evidence_size());
      });
}

}  // namespace

void AddEntity(CLI::App& app, const Global& global, int* exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("entity", "Lists entities by the beginning of any of their names.");
  command->add_option("name", options->text, "The beginning of a name, in any case");
  command->add_option("--type", options->type, "Only this type: PERSON, ORG, GPE, ...");
  command->add_flag("--why", options->why,
                    "Shows by which rule each name was linked, how often and where first");
  AddLimit(*command, &options->limit);
  AddFormat(*command, &options->format, {"text", "json"});
  command->callback([=, &global] {
    if (command->get_subcommands().empty()) {
      *exit_code = options->why ? Why(global, *options) : Entity(global, *options);
    }
  });
  AddMergeCommands(*command, global, exit_code);
}

void AddTriples(CLI::App& app, const Global& global, int* exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "triples",
      "Lists triples that fit a pattern. Positive evidence that is asserted or reported "
      "counts, unless other evidence is asked for.");
  command->add_option("--subject", options->subject, "A name, or id:ENTITY");
  command->add_option("--predicate", options->predicate, "The whole predicate: \"deploy to\"");
  command->add_option("--object", options->object, "A name, or id:ENTITY");
  options->stance.AddTo(*command);
  AddLimit(*command, &options->limit);
  AddFormat(*command, &options->format, {"text", "json"});
  command->callback([=, &global] { *exit_code = Triples(global, *options); });
}

void AddEvidence(CLI::App& app, const Global& global, int* exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "evidence", "Shows the sentences that state a triple, or all that a document states.");
  auto* triple =
      command->add_option("triple", options->text, "A triple's id, from dossier triples");
  auto* document = command->add_option("--document", options->document, "A document's id");
  triple->excludes(document);
  options->stance.AddTo(*command);
  AddLimit(*command, &options->limit);
  AddFormat(*command, &options->format, {"text", "json"});
  command->callback([=, &global] {
    if (options->text.empty() && options->document.empty()) {
      throw CLI::RequiredError("a triple's id, or --document");
    }
    *exit_code = Evidence(global, *options);
  });
}

}  // namespace dossier::cli
