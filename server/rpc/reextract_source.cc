#include "server/rpc/reextract_source.h"

#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/base/status_macros.h"
#include "server/base/utf8.h"
#include "server/ingest/statement.h"
#include "server/model/entity.h"
#include "server/query/views.h"
#include "server/rpc/to_proto.h"

namespace dossier {
namespace {

v1::DifferenceKind ToProto(DifferenceKind kind) {
  switch (kind) {
    case DifferenceKind::kAdded:
      return v1::DIFFERENCE_KIND_ADDED;
    case DifferenceKind::kRemoved:
      return v1::DIFFERENCE_KIND_REMOVED;
    case DifferenceKind::kChanged:
      return v1::DIFFERENCE_KIND_CHANGED;
  }
  return v1::DIFFERENCE_KIND_UNSPECIFIED;
}

// Shows what a document states, with the names that it gives to entities.
class StatementViewer {
 public:
  explicit StatementViewer(const DocumentReading& reading) : document_(reading.document) {
    for (const std::vector<PreparedRun>* runs : {&reading.before, &reading.after}) {
      for (const PreparedRun& run : *runs) {
        for (const PreparedMention& mention : run.mentions) {
          AddNames(mention);
        }
        places_[&run] = PlacesOf(run);
      }
    }
  }

  void Show(const StatementPlace& place, v1::Evidence* proto) const {
    const PreparedRun& run = *place.run;
    const ExtractedTriple& triple = *place.triple;
    EvidenceView view;
    view.extractor = run.extractor;
    view.document_id = document_.id;
    view.evidence = ToEvidence(triple, places_.at(&run));
    view.triple.subject = EntityOf(run, triple.subject);
    view.triple.predicate = triple.predicate;
    if (triple.object) {
      view.triple.object = EntityOf(run, triple.object);
    } else {
      view.triple.object = triple.literal;
    }
    view.triple.stances.at(triple.polarity, triple.modality) = 1;
    view.triple.documents = 1;
    view.sentence = Quote(triple.sentence, kMaxSentenceBytes);
    view.subject = Quote(view.evidence.subject);
    view.predicate = Quote(view.evidence.predicate);
    view.object = Quote(view.evidence.object);
    for (const ExtractedQualifier& part : triple.qualifiers) {
      view.qualifiers.push_back({Quote(part.span), EntityOf(run, part.mention)});
    }
    for (const ExtractedAttribution& part : triple.attributions) {
      view.attributions.push_back({Quote(part.span), EntityOf(run, part.mention)});
    }
    dossier::ToProto(std::move(view), proto);
  }

 private:
  void AddNames(const PreparedMention& mention) {
    Entity& entity = entities_[mention.entity_key];
    if (!mention.mention.name.empty()) {
      AddVotes(&entity.names, mention.mention.name, 1);
    }
    if (!mention.mention.type.empty()) {
      AddVotes(&entity.types, mention.mention.type, 1);
    }
  }

  EntityView EntityOf(const PreparedRun& run, std::optional<MentionIndex> mention) const {
    if (!mention) {
      return {};
    }
    const Entity& entity = entities_.at(run.mentions[*mention].entity_key);
    return {
        .id = {}, .name = std::string(entity.preferred_name()), .type = std::string(entity.type())};
  }

  std::string Quote(Span span, std::size_t max_bytes = kMaxQuoteBytes) const {
    return std::string(Utf8Prefix(Slice(document_.text, span), max_bytes));
  }

  const Document& document_;
  std::map<std::string, Entity> entities_;  // by key
  std::map<const PreparedRun*, std::vector<MentionPlace>> places_;
};

class ReextractSource final : public MessageSource<v1::ReextractResponse> {
 public:
  explicit ReextractSource(std::unique_ptr<ReextractionPass> pass) : pass_(std::move(pass)) {}

  absl::StatusOr<StreamStep> Next(std::stop_token stop, v1::ReextractResponse* message) override {
    const bool begins = !viewer_;
    if (begins) {
      const StopToken until(std::move(stop), StopToken::Clock::time_point::max());
      ASSIGN_OR_RETURN(reading_, pass_->Next(until));
      if (!reading_) {
        return StreamStep::kEnd;
      }
      viewer_.emplace(*reading_);
      next_ = 0;
      message->set_error(std::string(Utf8Prefix(reading_->error, kMaxQuoteBytes)));
      message->mutable_warnings()->Assign(reading_->warnings.begin(), reading_->warnings.end());
    }
    message->set_documents_done(pass_->done());
    message->set_documents_total(pass_->total());
    message->set_document_id(reading_->document.id);
    for (std::size_t bytes = 0; next_ < reading_->differences.size() && bytes < kMaxMessageBytes;
         ++next_) {
      v1::TripleDifference* difference = message->add_differences();
      Show(reading_->differences[next_], difference);
      bytes += difference->ByteSizeLong();
    }
    if (next_ == reading_->differences.size()) {
      viewer_.reset();
    }
    return StreamStep::kMessage;
  }

 private:
  void Show(const TripleDifference& difference, v1::TripleDifference* proto) const {
    proto->set_kind(ToProto(difference.kind));
    for (const StatementPlace& place : difference.before) {
      viewer_->Show(place, proto->add_before());
    }
    for (const StatementPlace& place : difference.after) {
      viewer_->Show(place, proto->add_after());
    }
  }

  const std::unique_ptr<ReextractionPass> pass_;
  std::optional<DocumentReading> reading_;
  std::optional<StatementViewer> viewer_;  // of reading_, while differences are left
  std::size_t next_ = 0;                   // of the differences
};

}  // namespace

std::unique_ptr<MessageSource<v1::ReextractResponse>> NewReextractSource(
    std::unique_ptr<ReextractionPass> pass) {
  return std::make_unique<ReextractSource>(std::move(pass));
}

}  // namespace dossier
