#ifndef DOSSIER_SERVER_RPC_REEXTRACT_SOURCE_H_
#define DOSSIER_SERVER_RPC_REEXTRACT_SOURCE_H_

#include <memory>

#include "absl/status/statusor.h"
#include "dossier/v1/document_service.pb.h"
#include "server/ingest/reextraction_pass.h"
#include "server/rpc/server_stream_call.h"

namespace dossier {

// Streams the documents of `pass`: each in as many messages as its differences need.
std::unique_ptr<MessageSource<v1::ReextractResponse>> NewReextractSource(
    std::unique_ptr<ReextractionPass> pass);

}  // namespace dossier

#endif  // DOSSIER_SERVER_RPC_REEXTRACT_SOURCE_H_
