#include "server/rpc/parse_fault.h"

#include <gtest/gtest.h>

#include <string>

#include "dossier/v1/document_service.pb.h"
#include "dossier/v1/graph_service.pb.h"
#include "server/base/field_error.h"
#include "server/base/status_matchers.h"

namespace dossier {
namespace {

template <class Message>
absl::Status Fault(const std::string& bytes) {
  return DescribeParseFault(bytes, *Message::descriptor());
}

TEST(ParseFault, NamesTheFirstStringThatIsNotUtf8) {
  v1::IngestRequest request;
  request.mutable_document()->set_id("a");
  request.mutable_document()->set_title("caf\xe9");
  request.mutable_document()->set_text("\xff");
  const absl::Status fault = Fault<v1::IngestRequest>(request.SerializeAsString());
  EXPECT_THAT(fault, StatusIs(absl::StatusCode::kInvalidArgument,
                              "document.title is not UTF-8: byte 0xe9 at offset 3"));
  EXPECT_EQ(FieldOf(fault), "document.title");
}

TEST(ParseFault, CountsElementsOfRepeatedFields) {
  v1::SearchEntitiesResponse response;
  response.add_entities()->set_name("fine");
  response.add_entities()->add_aliases()->set_name("fine");
  response.mutable_entities(1)->add_aliases()->set_name("\xc0");
  EXPECT_EQ(FieldOf(Fault<v1::SearchEntitiesResponse>(response.SerializeAsString())),
            "entities[1].aliases[1].name");
}

TEST(ParseFault, SaysWhatOtherBytesAreNot) {
  const std::string text = "not a valid dossier.v1.IngestRequest";
  const std::string cut =
      "\x12\x7f"
      "abc";
  const std::string bad_tag = "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff";
  const std::string end_group = "\x0c";
  for (const std::string& bytes : {cut, bad_tag, end_group, std::string("\x0a")}) {
    EXPECT_THAT(Fault<v1::IngestRequest>(bytes),
                StatusIs(absl::StatusCode::kInvalidArgument, text));
  }
}

TEST(ParseFault, LooksPastUnknownFields) {
  const std::string unknown = "\x98\x06\x01";          // field 99, a number
  const std::string namespace_field = "\x0a\x01\xe9";  // field 1, not UTF-8
  EXPECT_EQ(FieldOf(Fault<v1::IngestRequest>(unknown + namespace_field)), "namespace");
}

}  // namespace
}  // namespace dossier
