// What a purge leaves of a document, asked over gRPC and looked for in the files: nothing.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "dossier/v1/graph_service.grpc.pb.h"
#include "server/main/server_testing.h"

namespace dossier {
namespace {

class PurgeTest : public ServerTest {
 protected:
  PurgeTest() {
    server_.reset();
    base_.history = 100;
    Start();
  }

  // The files of the database that hold `bytes`, as they are.
  std::vector<std::string> FilesWith(const std::string& bytes) const {
    std::vector<std::string> names;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(folder_.path() + "/data")) {
      if (!entry.is_regular_file()) {
        continue;
      }
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string content((std::istreambuf_iterator<char>(file)), {});
      if (content.find(bytes) != std::string::npos) {
        names.push_back(entry.path().filename());
      }
    }
    return names;
  }

  void Delete(const std::string& id, bool purge) {
    v1::DocumentServiceDeleteRequest request;
    request.set_document_id(id);
    request.set_purge(purge);
    last_ = Call(&v1::DocumentService::Stub::Delete, request).revision().number();
  }

  grpc::StatusCode GetAt(const std::string& id, uint64_t revision) {
    v1::DocumentService::Stub stub(channel_);
    grpc::ClientContext context;
    v1::DocumentServiceGetRequest request;
    request.set_document_id(id);
    request.mutable_at()->set_number(revision);
    v1::DocumentServiceGetResponse response;
    return stub.Get(&context, request, &response).error_code();
  }

  uint64_t last_ = 0;
};

TEST_F(PurgeTest, NothingIsLeft) {
  Ingest({{"kept", "Ada"}, {"Wrexham.txt", "Marchbanks"}});
  Ingest({{"Wrexham.txt", "Marchbanks Fairweather"}});  // the history keeps what this replaces
  EXPECT_FALSE(FilesWith("Wrexham").empty());           // the search finds what is there
  EXPECT_FALSE(FilesWith("Marchbanks").empty());
  Delete("Wrexham.txt", /*purge=*/false);
  EXPECT_EQ(GetAt("Wrexham.txt", last_ - 1), grpc::StatusCode::OK);  // it is remembered
  Ingest({{"Wrexham.txt", "Marchbanks"}});

  Delete("Wrexham.txt", /*purge=*/true);
  Call(&v1::AdminService::Stub::Compact, {});

  EXPECT_EQ(GetAt("Wrexham.txt", last_), grpc::StatusCode::NOT_FOUND);
  for (uint64_t revision = 1; revision < last_; ++revision) {
    EXPECT_EQ(GetAt("Wrexham.txt", revision), grpc::StatusCode::OUT_OF_RANGE) << revision;
  }
  v1::SearchEntitiesRequest search;
  const auto found = Call(&v1::GraphService::Stub::SearchEntities, search);
  ASSERT_EQ(found.entities_size(), 1);
  EXPECT_EQ(found.entities(0).name(), "Ada");

  for (const char* trace : {"Wrexham", "wrexham", "Marchbanks", "marchbanks", "airweather"}) {
    for (const std::string& name : FilesWith(trace)) {
      EXPECT_TRUE(name.starts_with("MANIFEST")) << name << " has " << trace;  // until a restart
    }
  }
  server_.reset();
  Start();
  for (const char* trace : {"Wrexham", "wrexham", "Marchbanks", "marchbanks", "airweather"}) {
    EXPECT_TRUE(FilesWith(trace).empty()) << FilesWith(trace).front() << " has " << trace;
  }
  EXPECT_EQ(GetAt("kept", last_), grpc::StatusCode::OK);
}

TEST_F(PurgeTest, ADocumentThatIsNotThereIsNoReasonToForgetThePast) {
  Ingest({{"kept", "Ada"}});
  Ingest({{"kept", "Bea"}});
  v1::DocumentServiceDeleteRequest request;
  request.set_document_id("gone");
  request.set_purge(true);
  Call(&v1::DocumentService::Stub::Delete, request, grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(GetAt("kept", 1), grpc::StatusCode::OK);
}

}  // namespace
}  // namespace dossier
