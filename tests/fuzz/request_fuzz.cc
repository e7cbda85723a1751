// Fuzz target: a request with any bytes, as it comes from the network. The first byte of the input
// chooses the message. What parses is checked and converted; what does not has its fault described.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "dossier/v1/document_service.pb.h"
#include "dossier/v1/graph_service.pb.h"
#include "server/model/document.h"
#include "server/rpc/from_proto.h"
#include "server/rpc/wire.h"
#include "tests/fuzz/parse_or_describe.h"

namespace dossier {
namespace {

void TryIngest(std::string_view bytes) {
  v1::IngestRequest request;
  if (ParseOrDescribe(bytes, &request)) {
    static_cast<void>(CheckNamespace(request.namespace_()));
    static_cast<void>(ValidateDocument(TakeDocument(request.mutable_document())));
  }
}

void TryMatch(std::string_view bytes) {
  v1::MatchTriplesRequest request;
  if (ParseOrDescribe(bytes, &request)) {
    static_cast<void>(ToPattern(request));
    static_cast<void>(ToFilter(request.filter()));
  }
}

void TryListEvidence(std::string_view bytes) {
  v1::ListEvidenceRequest request;
  if (ParseOrDescribe(bytes, &request)) {
    static_cast<void>(ToScope(request));
    static_cast<void>(ToPage(request.page_size(), request.page_token()));
  }
}

void TryListMentions(std::string_view bytes) {
  v1::ListMentionsRequest request;
  if (ParseOrDescribe(bytes, &request)) {
    static_cast<void>(ToScope(request));
  }
}

void TryMerges(std::string_view bytes) {
  v1::MergeEntitiesRequest merge;
  if (ParseOrDescribe(bytes, &merge)) {
    static_cast<void>(ToOrder(merge));
  }
  v1::SplitEntityRequest split;
  if (ParseOrDescribe(bytes, &split)) {
    static_cast<void>(ToOrder(split));
  }
}

void TryNeighbors(std::string_view bytes) {
  v1::NeighborsRequest request;
  if (ParseOrDescribe(bytes, &request)) {
    static_cast<void>(ToNeighbors(request));
  }
}

void TryListConflicts(std::string_view bytes) {
  v1::ListConflictsRequest request;
  if (ParseOrDescribe(bytes, &request)) {
    static_cast<void>(ToConflictQuery(request));
  }
}

void TryReextract(std::string_view bytes) {
  v1::ReextractRequest request;
  if (ParseOrDescribe(bytes, &request)) {
    static_cast<void>(TakeOrder(&request));
  }
}

}  // namespace
}  // namespace dossier

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const bool silent = (dossier::SilenceParser(), true);
  static_cast<void>(silent);
  if (size == 0) {
    return 0;
  }
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 8) {
    case 0:
      dossier::TryIngest(bytes);
      break;
    case 1:
      dossier::TryMatch(bytes);
      break;
    case 2:
      dossier::TryListEvidence(bytes);
      break;
    case 3:
      dossier::TryListMentions(bytes);
      break;
    case 4:
      dossier::TryMerges(bytes);
      break;
    case 5:
      dossier::TryNeighbors(bytes);
      break;
    case 6:
      dossier::TryListConflicts(bytes);
      break;
    default:
      dossier::TryReextract(bytes);
  }
  return 0;
}
