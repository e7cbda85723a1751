// conflicts: statements that cannot all hold, both sides.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "client/cli/command.h"
#include "client/cli/evidence_text.h"
#include "client/cli/pages.h"
#include "client/cli/stance.h"

namespace dossier::cli {
namespace {

struct Options {
  std::string entity;
  std::string predicate;
  std::vector<std::string> kinds;
  std::string format;
  double min_confidence = 0;
  uint64_t limit = kDefaultLimit;
  TimeOptions time;
};

struct Kind {
  const char* word;
  const char* headline;
  v1::ConflictKind value;
};

constexpr Kind kKinds[] = {
    {"polarity", "SO OR NOT", v1::CONFLICT_KIND_POLARITY},
    {"denial", "DENIED", v1::CONFLICT_KIND_DENIAL},
    {"quantity", "HOW MANY", v1::CONFLICT_KIND_QUANTITY},
    {"exclusive", "WHICH ONE", v1::CONFLICT_KIND_EXCLUSIVE},
    {"series", "SERIES", v1::CONFLICT_KIND_SERIES},
};

// What a side holds, in a word or two.
std::string Position(const v1::Conflict& conflict, int side) {
  const v1::ConflictSide& holds = conflict.sides(side);
  switch (conflict.kind()) {
    case v1::CONFLICT_KIND_POLARITY:
      return side == 0 ? "it is so" : "it is not";
    case v1::CONFLICT_KIND_DENIAL:
      return side == 0 ? "it is so" : "denied";
    case v1::CONFLICT_KIND_EXCLUSIVE:
      return holds.answer();
    default:
      return QuantityText(holds.statements(0).evidence().quantity());
  }
}

void PrintConflict(const v1::Conflict& conflict) {
  for (const Kind& kind : kKinds) {
    if (kind.value == conflict.kind()) {
      fmt::print("{}: ", kind.headline);
    }
  }
  fmt::print("{} | {}{}{}{}\n", conflict.entity().name(), conflict.predicate(),
             conflict.object().empty() ? "" : " | ", conflict.object(),
             conflict.truncated() ? " (of the first statements only)" : "");
  for (int i = 0; i < conflict.sides_size(); ++i) {
    const v1::ConflictSide& side = conflict.sides(i);
    fmt::print("  {} - {} document{}\n", Position(conflict, i), side.document_count(),
               side.document_count() == 1 ? "" : "s");
    for (const v1::Statement& statement : side.statements()) {
      PrintStatement(statement, "    ");
    }
  }
  fmt::print("\n");
}

int Conflicts(const Global& global, const Options& options) {
  const client::Connection server = global.Connect();
  v1::ListConflictsRequest request;
  global.Address(&request);
  if (!options.entity.empty()) {
    *request.mutable_entity() = Selector(options.entity);
  }
  request.set_predicate(options.predicate);
  request.set_min_confidence(options.min_confidence);
  if (options.time.given()) {
    *request.mutable_time() = options.time.Interval();
  }
  for (const Kind& kind : kKinds) {
    if (std::find(options.kinds.begin(), options.kinds.end(), kind.word) != options.kinds.end()) {
      request.add_kinds(kind.value);
    }
  }
  return PrintPages<v1::ListConflictsRequest, v1::ListConflictsResponse>(
      global, request, options.limit,
      [&](const auto& ask, auto* page) {
        return server.graph().ListConflicts(server.NewContext().get(), ask, page);
      },
      [&](const v1::ListConflictsResponse& page) {
        for (const v1::Conflict& conflict : page.conflicts()) {
          options.format == "json" ? PrintJson(conflict) : PrintConflict(conflict);
        }
        return static_cast<uint64_t>(page.conflicts_size());
      });
}

}  // namespace

void AddConflicts(CLI::App& app, const Global& global, int* exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "conflicts",
      "Lists statements that cannot all hold, both sides with their sources and sentences: it is "
      "so and it is not, a report and its denial, different numbers of the same thing at the same "
      "time, two of what there is one of. Numbers that differ by date are a series and are shown "
      "with --kind series.");
  command->add_option("entity", options->entity, "Of this subject or object: a name, or id:ENTITY");
  command->add_option("--predicate", options->predicate,
                      "Only with this predicate, or one that says the same: \"send\"");
  std::vector<std::string> words;
  for (const Kind& kind : kKinds) {
    words.push_back(kind.word);
  }
  command->add_option("--kind", options->kinds, "Only of these kinds; default all but series")
      ->delimiter(',')
      ->check(CLI::IsMember(words));
  command
      ->add_option("--min-confidence", options->min_confidence,
                   "Evidence of at least this confidence")
      ->check(CLI::Range(0.0, 1.0));
  options->time.AddTo(*command);
  AddLimit(*command, &options->limit);
  AddFormat(*command, &options->format, {"text", "json"});
  command->callback([=, &global] { *exit_code = Conflicts(global, *options); });
}

}  // namespace dossier::cli
