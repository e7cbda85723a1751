#include "client/cli/mentions.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace dossier::cli {
namespace {

constexpr int kPageSize = 1000;

// Mentions that call the entity the same by the same rule.
struct Group {
  std::string name;  // as the text has it where it is no name: "she"
  std::string rule;  // with the merges after it: "name, m3"
  uint64_t count = 0;
  v1::Mention first;
};

void Add(const v1::Mention& mention, std::vector<Group>* groups) {
  const std::string& name = mention.name().empty() ? mention.text() : mention.name();
  std::string rule = mention.rule();
  for (const std::string& merge : mention.merge_ids()) {
    rule.append(", ").append(merge);
  }
  const auto it = std::find_if(groups->begin(), groups->end(), [&](const Group& group) {
    return group.name == name && group.rule == rule;
  });
  if (it != groups->end()) {
    ++it->count;
  } else {
    groups->push_back({name, rule, 1, mention});
  }
}

void Print(std::vector<Group> groups) {
  std::stable_sort(groups.begin(), groups.end(),
                   [](const Group& a, const Group& b) { return a.count > b.count; });
  for (const Group& group : groups) {
    const v1::Span& span = group.first.span();
    fmt::print("  {}\t{}\t{} time{}, first in {} [{}, {}): {}\n", group.name, group.rule,
               group.count, group.count == 1 ? "" : "s", group.first.document_id(), span.begin(),
               span.end(), group.first.context());
  }
}

}  // namespace

int PrintMentions(const Global& global, const client::Connection& server,
                  const std::string& entity_id, const std::string& format) {
  v1::ListMentionsRequest request;
  global.Address(&request);
  request.set_entity_id(entity_id);
  request.set_page_size(kPageSize);
  std::vector<Group> groups;
  do {
    v1::ListMentionsResponse page;
    const grpc::Status status =
        server.graph().ListMentions(server.NewContext().get(), request, &page);
    if (!status.ok()) {
      return Report(global, status);
    }
    for (const v1::Mention& mention : page.mentions()) {
      if (format == "json") {
        PrintJson(mention);
      } else {
        Add(mention, &groups);
      }
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  Print(std::move(groups));
  return 0;
}

}  // namespace dossier::cli
