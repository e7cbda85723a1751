// A graph to be filled statement by statement, and its conflicts.
#ifndef DOSSIER_SERVER_QUERY_CONFLICTS_TESTING_H_
#define DOSSIER_SERVER_QUERY_CONFLICTS_TESTING_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "server/base/status_matchers.h"
#include "server/query/graph_model_testing.h"
#include "server/query/list_conflicts.h"
#include "server/storage/memory_store.h"

namespace dossier {

class ConflictsTest : public ::testing::Test {
 protected:
  explicit ConflictsTest(std::string_view rules) {
    EXPECT_THAT(rules_.Add(rules, "rules"), IsOk());
    model_.runs[RunId(1)] = {"extractor", "1", "", ""};
  }

  // By its name, which is its key.
  EntityId Entity(const std::string& name, const std::string& type = "ORG") {
    for (const auto& [id, entity] : model_.entities) {
      if (entity.key == name) {
        return id;
      }
    }
    const EntityId id(model_.entities.size() + 1);
    model_.entities[id] = {name, {{name, 1}}, {}, 1};
    if (!type.empty()) {
      model_.entities[id].types = {{type, 1}};
    }
    return id;
  }
  // Something without a name of its own: "Talvia troops".
  EntityId Thing(const std::string& words) { return Entity(words, ""); }

  // Says so in a document of its own.
  Evidence& Say(const std::string& subject, const std::string& predicate,
                const std::string& object) {
    const DocumentNumber document(model_.documents.size() + 1);
    model_.documents[document] = {
        "d" + std::to_string(document.value()), "", "Title", "Paper", "2025-03-10", "en", "Words."};
    const auto known = std::find_if(model_.predicates.begin(), model_.predicates.end(),
                                    [&](const auto& entry) { return entry.second == predicate; });
    const TermId id =
        known == model_.predicates.end() ? TermId(model_.predicates.size() + 1) : known->first;
    model_.predicates[id] = predicate;
    const Triple triple{Entity(subject), id, ObjectId(Entity(object))};
    const TripleId triple_id =
        model_.triple_ids.try_emplace(triple, TripleId(model_.triple_ids.size() + 1)).first->second;
    Evidence& evidence = model_.evidence[{model_.ns, triple_id, document, RunId(1), 0}];
    evidence.sentence = {0, 6};
    evidence.revision = Revision(7);
    return evidence;
  }

  absl::StatusOr<Page<ConflictView>> Ask(const ConflictQuery& query, const PageRequest& page = {}) {
    model_.WriteTo(store_.get());
    return AskAgain(query, page);
  }
  absl::StatusOr<Page<ConflictView>> AskAgain(const ConflictQuery& query, const PageRequest& page) {
    const auto context = BeginRead(*store_, tokens_, "", {});
    return context.ok() ? ListConflicts(*context, rules_, query, page) : context.status();
  }
  std::vector<ConflictView> All(const ConflictQuery& query = {}) {
    const auto page = Ask(query);
    EXPECT_THAT(page, IsOk());
    EXPECT_TRUE(page->next_token.empty());
    return page->items;
  }
  // "d1 d2 / d3" of the only conflict.
  std::string Documents(const ConflictQuery& query = {}) {
    std::string text;
    for (const ConflictView& conflict : All(query)) {
      text += text.empty() ? "" : "; ";
      for (std::size_t i = 0; i < conflict.sides.size(); ++i) {
        text += i > 0 ? " /" : "";
        for (const StatementView& statement : conflict.sides[i].statements) {
          text +=
              (text.empty() || text.ends_with("; ") ? "" : " ") + statement.evidence.document_id;
        }
      }
    }
    return text;
  }

  const PageTokens tokens_{"secret"};
  PredicateRules rules_;
  GraphModel model_;
  std::unique_ptr<Store> store_ = NewMemoryStore();
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_CONFLICTS_TESTING_H_
