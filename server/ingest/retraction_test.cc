// The law that a deleted document leaves the graph as if it had never come, and its sisters, over
// random documents in random orders. More of it: DOSSIER_TEST_OPERATIONS=100000. Each failure
// prints its seed; DOSSIER_TEST_SEED runs that one again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "server/base/status_matchers.h"
#include "server/ingest/group_commit.h"
#include "server/ingest/random_documents.h"
#include "server/storage/memory_store.h"
#include "server/storage/records.h"
#include "server/storage/rocksdb_store.h"
#include "tests/support/graph_dump.h"
#include "tests/support/temp_folder.h"

namespace dossier {
namespace {

using ::testing::IsEmpty;

uint64_t FromEnvironment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

const std::vector<std::string>& Spaces() {
  static const std::vector<std::string> names = {"", "desk"};
  return names;
}

using DocumentName = std::pair<std::string, std::string>;  // namespace, id

// One change: a document, or none in its place.
struct Operation {
  DocumentName name;
  std::optional<PreparedDocument> document;
};

PreparedDocument PrepareMade(ExtractedDocument made) {
  std::string fingerprint = DocumentFingerprint(made.document);
  return Prepare(std::move(made.document), std::move(fingerprint), std::move(made.extraction));
}

Operation RandomOperation(RandomDocuments* random) {
  Operation operation;
  operation.name = {Spaces()[random->Below(8) == 0 ? 1 : 0],
                    "doc" + std::to_string(random->Below(6))};
  if (random->Below(3) > 0) {
    operation.document = PrepareMade(random->Make(operation.name.second));
  }
  return operation;
}

absl::Status Apply(const Operation& operation, GroupCommit* group) {
  const auto& [name_space, id] = operation.name;
  if (operation.document) {
    return group->Ingest(name_space, *operation.document).status();
  }
  const absl::Status status = group->Delete(name_space, id).status();
  return absl::IsNotFound(status) ? absl::OkStatus() : status;
}

// All of `operations` in one write.
void ApplyAll(const std::vector<Operation>& operations, Store* store) {
  const auto group = GroupCommit::Open(*store);
  ASSERT_THAT(group, IsOk());
  for (const Operation& operation : operations) {
    ASSERT_THAT(Apply(operation, group->get()), IsOk());
  }
  ASSERT_THAT((*group)->Write(), IsOk());
}

// What a store holds that has seen nothing but the documents that are there at the end.
std::vector<std::string> DumpOfFresh(const std::map<DocumentName, PreparedDocument>& documents) {
  const auto store = NewMemoryStore();
  for (const auto& [name, document] : documents) {
    ApplyAll({{name, document}}, store.get());
  }
  return DumpGraph(*store->NewSnapshot());
}

void Track(const Operation& operation, std::map<DocumentName, PreparedDocument>* documents) {
  documents->erase(operation.name);
  if (operation.document) {
    documents->emplace(operation.name, *operation.document);
  }
}

// `actual` and `expected` are sorted; shows only what differs.
void ExpectSame(const std::vector<std::string>& actual, const std::vector<std::string>& expected) {
  std::vector<std::string> surplus;
  std::vector<std::string> missing;
  std::set_difference(actual.begin(), actual.end(), expected.begin(), expected.end(),
                      std::back_inserter(surplus));
  std::set_difference(expected.begin(), expected.end(), actual.begin(), actual.end(),
                      std::back_inserter(missing));
  EXPECT_THAT(surplus, IsEmpty());
  EXPECT_THAT(missing, IsEmpty());
}

TEST(Retraction, LeavesTheGraphAsIfTheDocumentHadNeverCome) {
  const uint64_t operations = FromEnvironment("DOSSIER_TEST_OPERATIONS", 300);
  const uint64_t seed = FromEnvironment("DOSSIER_TEST_SEED", std::random_device()());
  SCOPED_TRACE(::testing::Message() << "DOSSIER_TEST_SEED=" << seed);
  RandomDocuments random(seed);
  const auto store = NewMemoryStore();
  std::map<DocumentName, PreparedDocument> documents;
  for (uint64_t n = 0; n < operations && !::testing::Test::HasFailure(); ++n) {
    const Operation operation = RandomOperation(&random);
    ApplyAll({operation}, store.get());
    Track(operation, &documents);
    ExpectSame(DumpGraph(*store->NewSnapshot()), DumpOfFresh(documents));
  }
}

}  // namespace
}  // namespace dossier
