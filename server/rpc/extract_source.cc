#include "server/rpc/extract_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/base/utf8.h"
#include "server/ingest/resolve.h"
#include "server/model/entity.h"
#include "server/query/views.h"
#include "server/rpc/to_proto.h"

namespace dossier {
namespace {

constexpr int kMaxWarnings = 10;

// An item of one kind, found by one extractor.
struct Place {
  Span span;  // what it is sorted by
  std::size_t run;
  std::size_t index;

  friend auto operator<=>(const Place&, const Place&) = default;
};

class ExtractSource final : public MessageSource<v1::ExtractResponse> {
 public:
  ExtractSource(Document document, Extraction extraction)
      : document_(std::move(document)), extraction_(std::move(extraction)) {
    for (std::size_t run = 0; run < extraction_.runs.size(); ++run) {
      const RunOutput& output = extraction_.runs[run].output;
      Resolve(output);
      AddPlaces(run, output.mentions, &ExtractedMention::span, &mentions_);
      AddPlaces(run, output.triples, &ExtractedTriple::sentence, &triples_);
      AddPlaces(run, output.propositions, &ExtractedProposition::sentence, &propositions_);
    }
    for (std::vector<Place>* places : {&mentions_, &triples_, &propositions_}) {
      std::ranges::sort(*places);
    }
  }

  absl::StatusOr<StreamStep> Next(std::stop_token /*stop*/, v1::ExtractResponse* message) override {
    const std::size_t end = mentions_.size() + triples_.size() + propositions_.size();
    if (!started_) {
      started_ = true;
      AddWarnings(message);
    }
    std::size_t bytes = 0;
    while (next_ < end && bytes < kMaxMessageBytes) {
      bytes += AddItem(next_++, message);
    }
    return next_ == end ? StreamStep::kLastMessage : StreamStep::kMessage;
  }

 private:
  template <class Item>
  static void AddPlaces(std::size_t run, const std::vector<Item>& items, Span Item::*span,
                        std::vector<Place>* places) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      places->push_back({items[i].*span, run, i});
    }
  }

  // Finds the entities of a run's mentions, and what the mentions call them.
  void Resolve(const RunOutput& output) {
    std::vector<ResolvedMention> resolved = ResolveMentions(document_, output.mentions);
    for (std::size_t i = 0; i < resolved.size(); ++i) {
      Entity& entity = entities_[resolved[i].key];
      if (!resolved[i].name.empty()) {
        AddVotes(&entity.names, resolved[i].name, 1);
      }
      if (!output.mentions[i].type.empty()) {
        AddVotes(&entity.types, output.mentions[i].type, 1);
      }
    }
    resolved_.push_back(std::move(resolved));
  }

  void AddWarnings(v1::ExtractResponse* message) const {
    for (const std::string& warning : extraction_.warnings) {
      message->add_warnings(warning);
    }
    for (const ExtractorRun& run : extraction_.runs) {
      for (const std::string& refusal : run.output.refusals) {
        if (message->warnings_size() < kMaxWarnings) {
          message->add_warnings(fmt::format("{}: {}", run.extractor.id, refusal));
        }
      }
    }
  }

  // Adds an item, counted over all three kinds, and returns its size on the wire.
  std::size_t AddItem(std::size_t number, v1::ExtractResponse* message) const {
    if (number < mentions_.size()) {
      v1::Mention* proto = message->add_mentions();
      SetMention(mentions_[number], proto);
      return proto->ByteSizeLong();
    }
    number -= mentions_.size();
    if (number < triples_.size()) {
      v1::Evidence* proto = message->add_evidence();
      SetEvidence(triples_[number], proto);
      return proto->ByteSizeLong();
    }
    v1::Proposition* proto = message->add_propositions();
    SetProposition(propositions_[number - triples_.size()], proto);
    return proto->ByteSizeLong();
  }

  std::string Quote(Span span, std::size_t max_bytes = kMaxQuoteBytes) const {
    return std::string(Utf8Prefix(Slice(document_.text, span), max_bytes));
  }

  EntityView EntityOf(std::size_t run, MentionIndex mention) const {
    const Entity& entity = entities_.at(resolved_[run][mention].key);
    return {
        .id = {}, .name = std::string(entity.preferred_name()), .type = std::string(entity.type())};
  }

  EntityView EntityOf(std::size_t run, std::optional<MentionIndex> mention) const {
    return mention ? EntityOf(run, *mention) : EntityView();
  }

  void SetMention(const Place& place, v1::Mention* proto) const {
    const ExtractedMention& mention = extraction_.runs[place.run].output.mentions[place.index];
    const ResolvedMention& resolved = resolved_[place.run][place.index];
    ToProto(mention.span, proto->mutable_span());
    proto->set_text(Quote(mention.span));
    proto->set_kind(static_cast<v1::MentionKind>(mention.kind));
    ToProto(EntityOf(place.run, static_cast<MentionIndex>(place.index)), proto->mutable_entity());
    proto->set_rule(resolved.rule);
    proto->set_confidence(resolved.confidence);
  }

  void SetEvidence(const Place& place, v1::Evidence* proto) const {
    const ExtractorRun& run = extraction_.runs[place.run];
    const ExtractedTriple& triple = run.output.triples[place.index];
    EvidenceView view;
    view.extractor = run.extractor;
    view.document_id = document_.id;
    view.triple.subject = EntityOf(place.run, triple.subject);
    view.triple.predicate = triple.predicate;
    if (triple.object) {
      view.triple.object = EntityOf(place.run, *triple.object);
    } else {
      view.triple.object = triple.literal;
    }
    view.triple.stances.at(triple.polarity, triple.modality) = 1;
    view.triple.documents = 1;
    SetStatement(place.run, triple, &view);
    ToProto(std::move(view), proto);
  }

  // What `triple` says beside subject, predicate and object, and in which words.
  void SetStatement(std::size_t run, const ExtractedTriple& triple, EvidenceView* view) const {
    const std::vector<ExtractedMention>& mentions = extraction_.runs[run].output.mentions;
    view->evidence = {.sentence = triple.sentence,
                      .subject = mentions[triple.subject].span,
                      .predicate = triple.predicate_span,
                      .object = triple.object ? mentions[*triple.object].span : triple.literal_span,
                      .subject_mention = triple.subject,
                      .object_mention = triple.object,
                      .polarity = triple.polarity,
                      .modality = triple.modality,
                      .confidence = triple.confidence,
                      .time = triple.time,
                      .quantity = triple.quantity,
                      .qualifiers = {},
                      .attributions = {},
                      .rule = triple.rule,
                      .revision = {}};
    view->sentence = Quote(triple.sentence, kMaxSentenceBytes);
    view->subject = Quote(view->evidence.subject);
    view->predicate = Quote(view->evidence.predicate);
    view->object = Quote(view->evidence.object);
    for (const ExtractedQualifier& part : triple.qualifiers) {
      view->evidence.qualifiers.push_back({part.role, part.span, {}, 0, part.time, part.quantity});
      view->qualifiers.push_back({Quote(part.span), EntityOf(run, part.mention)});
    }
    for (const ExtractedAttribution& part : triple.attributions) {
      view->evidence.attributions.push_back({part.span, {}, 0});
      view->attributions.push_back({Quote(part.span), EntityOf(run, part.mention)});
    }
  }

  void SetProposition(const Place& place, v1::Proposition* proto) const {
    const ExtractedProposition& proposition =
        extraction_.runs[place.run].output.propositions[place.index];
    ToProto(proposition.sentence, proto->mutable_sentence_span());
    proto->set_sentence(Quote(proposition.sentence, kMaxSentenceBytes));
    proto->set_relation(proposition.relation);
    for (const std::string& argument : proposition.arguments) {
      proto->add_arguments(argument);
    }
    proto->set_confidence(proposition.confidence);
  }

  const Document document_;
  const Extraction extraction_;
  std::vector<std::vector<ResolvedMention>> resolved_;  // by run, by mention
  std::map<std::string, Entity> entities_;              // by key
  std::vector<Place> mentions_;
  std::vector<Place> triples_;
  std::vector<Place> propositions_;
  bool started_ = false;  // the first message went out, empty or not
  std::size_t next_ = 0;  // of all three, one after the other
};

}  // namespace

std::unique_ptr<MessageSource<v1::ExtractResponse>> NewExtractSource(Document document,
                                                                     Extraction extraction) {
  return std::make_unique<ExtractSource>(std::move(document), std::move(extraction));
}

}  // namespace dossier
