// What the server knows as clients see it. Views give up their strings.
#ifndef DOSSIER_SERVER_RPC_TO_PROTO_H_
#define DOSSIER_SERVER_RPC_TO_PROTO_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "dossier/v1/document_service.pb.h"
#include "dossier/v1/graph_service.pb.h"
#include "dossier/v1/plugin_service.pb.h"
#include "dossier/v1/types.pb.h"
#include "server/extract/plugin_host.h"
#include "server/ingest/ingestor.h"
#include "server/model/quantity.h"
#include "server/model/span.h"
#include "server/model/time_interval.h"
#include "server/query/corroboration.h"
#include "server/query/list_conflicts.h"
#include "server/query/neighbors.h"
#include "server/query/views.h"

namespace dossier {

void ToProto(Span span, v1::Span* proto);
void ToProto(Revision revision, v1::Revision* proto);
void ToProto(const TimeInterval& time, v1::TimeInterval* proto);
void ToProto(const Quantity& quantity, v1::Quantity* proto);
void ToProto(const Extractor& extractor, v1::Run* proto);
void ToProto(Literal literal, v1::Literal* proto);
void ToProto(EntityView view, v1::EntityRef* proto);
void ToProto(EntityDetails view, v1::Entity* proto);
void ToProto(TripleView view, v1::Triple* proto);
void ToProto(NeighborView view, v1::Neighbor* proto);
void ToProto(EvidenceView view, v1::Evidence* proto);
void ToProto(MentionView view, v1::Mention* proto);
void ToProto(StatementView view, v1::Statement* proto);
void ToProto(OriginView view, v1::Origin* proto);
void ToProto(ConflictView view, v1::Conflict* proto);
void ToProto(MergeView view, v1::Merge* proto);
void ToProto(ReextractionView view, v1::Reextraction* proto);
void ToProto(DocumentView view, v1::StoredDocument* proto);
void ToProto(const PluginInfo& info, v1::Plugin* proto);
// The fields that tell how it fares.
void ToProto(const BackendState& state, v1::Plugin* proto);

v1::IngestResponse ToIngestResponse(uint64_t index, const std::string& document_id,
                                    const absl::StatusOr<IngestResult>& result);

}  // namespace dossier

#endif  // DOSSIER_SERVER_RPC_TO_PROTO_H_
