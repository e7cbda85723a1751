#ifndef DOSSIER_SERVER_RPC_EXTRACT_SOURCE_H_
#define DOSSIER_SERVER_RPC_EXTRACT_SOURCE_H_

#include <memory>

#include "dossier/v1/extract_service.pb.h"
#include "server/extract/extraction.h"
#include "server/model/document.h"
#include "server/rpc/server_stream_call.h"

namespace dossier {

// What extractors found in `document` as a stream: mentions, then evidence, then propositions, each
// in text order. Mentions are resolved to entities within the document (server/ingest/resolve.h).
std::unique_ptr<MessageSource<v1::ExtractResponse>> NewExtractSource(Document document,
                                                                     Extraction extraction);

}  // namespace dossier

#endif  // DOSSIER_SERVER_RPC_EXTRACT_SOURCE_H_
