#include "server/rpc/match_source.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "server/base/field_error.h"
#include "server/base/status_macros.h"
#include "server/query/match_triples.h"
#include "server/rpc/from_proto.h"
#include "server/rpc/read.h"
#include "server/rpc/status_mapping.h"
#include "server/rpc/to_proto.h"

namespace dossier {
namespace {

constexpr uint64_t kMaxTriplesPerMessage = 1000;

class MatchSource final : public MessageSource<v1::MatchTriplesResponse> {
 public:
  MatchSource(const Backends& backends, const v1::MatchTriplesRequest& request, TripleQuery pattern,
              EvidenceFilter filter)
      : backends_(backends),
        name_space_(request.namespace_()),
        at_(ToRevision(request)),
        pattern_(std::move(pattern)),
        filter_(filter),
        subject_id_(request.subject().id()),
        object_id_(request.entity().id()),
        token_(request.resume_token()),
        left_(request.limit() == 0 ? std::numeric_limits<uint64_t>::max() : request.limit()) {}

  absl::StatusOr<StreamStep> Next(std::stop_token stop,
                                  v1::MatchTriplesResponse* message) override {
    if (!context_) {
      ASSIGN_OR_RETURN(context_, BeginCall(backends_, name_space_, std::move(stop), at_));
    }
    const PageRequest page{.token = token_,
                           .max_items = std::min(left_, kMaxTriplesPerMessage),
                           .max_bytes = kMaxMessageBytes};
    absl::StatusOr<Page<TripleView>> found = MatchTriples(*context_, pattern_, filter_, page);
    RETURN_IF_ERROR(FindError(found.status()));
    token_ = std::move(found->next_token);
    left_ -= found->items.size();
    const bool ended = token_.empty() || left_ == 0;
    if (found->items.empty() && !ended) {
      return StreamStep::kNothing;
    }
    Fill(std::move(found->items), message);
    return ended ? StreamStep::kLastMessage : StreamStep::kMessage;
  }

  void Rest() override { context_.reset(); }

 private:
  // What cannot be found is one of the two entities that may be selected by id.
  absl::Status FindError(const absl::Status& status) const {
    if (absl::IsNotFound(status)) {
      const bool is_subject =
          pattern_.subject &&
          absl::IsNotFound(SelectEntities(*context_, *pattern_.subject).status());
      return WithResource(status, "entity", is_subject ? subject_id_ : object_id_);
    }
    return BlameField("resume_token", status);
  }

  void Fill(std::vector<TripleView> triples, v1::MatchTriplesResponse* message) const {
    for (TripleView& triple : triples) {
      ToProto(std::move(triple), message->add_triples());
    }
    message->set_resume_token(token_);
    ToProto(context_->revision, message->mutable_read_at());
  }

  const Backends& backends_;
  const std::string name_space_;
  const std::optional<Revision> at_;
  const TripleQuery pattern_;
  const EvidenceFilter filter_;
  const std::string subject_id_;  // for error messages, as is object_id_
  const std::string object_id_;
  std::string token_;                   // where to go on
  uint64_t left_;                       // of the request's limit
  std::optional<ReadContext> context_;  // none: to be opened by the next step
};

}  // namespace

absl::StatusOr<std::unique_ptr<MessageSource<v1::MatchTriplesResponse>>> OpenMatchSource(
    const Backends& backends, const v1::MatchTriplesRequest& request, std::stop_token /*stop*/) {
  RETURN_IF_ERROR(CheckNamespace(request.namespace_()));
  ASSIGN_OR_RETURN(TripleQuery pattern, ToPattern(request));
  ASSIGN_OR_RETURN(const EvidenceFilter filter, ToFilter(request.filter()));
  return std::make_unique<MatchSource>(backends, request, std::move(pattern), filter);
}

}  // namespace dossier
