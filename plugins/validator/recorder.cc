#include "plugins/validator/recorder.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "server/base/utf8.h"
#include "server/extract/c_string.h"

namespace dossier::validator {
namespace {

constexpr std::size_t kMaxNotes = 8;

Recorder& Self(void* context) { return *static_cast<Recorder*>(context); }

// Whether a statement has a string that is too long for a host, which is no fault of a plugin's.
bool TooLong(uint64_t size) { return size > kMaxTermBytes; }

// The same of the words of a span that is one.
bool TooLong(uint32_t begin, uint32_t end, std::string_view text) {
  return begin <= end && end <= text.size() && TooLong(end - begin);
}

bool TooLong(const dossier_mention& mention, std::string_view text) {
  return TooLong(mention.name.size) ||
         (mention.name.size == 0 && TooLong(mention.begin, mention.end, text));
}

bool TooLong(const dossier_triple& triple, std::string_view text) {
  return TooLong(triple.predicate.size) || TooLong(triple.literal.size) ||
         (triple.literal_type != DOSSIER_LITERAL_NONE && triple.literal.size == 0 &&
          TooLong(triple.literal_begin, triple.literal_end, text));
}

bool TooLong(const dossier_proposition& proposition, std::string_view) {
  const uint32_t count = proposition.arguments == nullptr ? 0 : proposition.argument_count;
  return TooLong(proposition.relation.size) ||
         std::any_of(proposition.arguments, proposition.arguments + count,
                     [](dossier_str argument) { return TooLong(argument.size); });
}

bool Contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Recorder::Recorder(const Manifest& manifest, const DocumentInput& input, const HostMood& mood,
                   HostMemory* memory)
    : manifest_(manifest),
      text_(input.document.text),
      mood_(mood),
      sink_(manifest, input, OutputLimits(), never_) {
  dossier_sink sink = {};
  sink.context = this;
  sink.mention = TakeMention;
  sink.triple = TakeTriple;
  sink.proposition = TakeProposition;
  sink.layer = TakeLayer;
  sink.error = TakeError;
  sink.stop = AskStop;
  c_sink_ = memory->Growable(sink);
}

Answer Recorder::Finish(dossier_status status) && {
  answer_.status = status;
  if (status == DOSSIER_OK && !mood_.refuses_everything) {
    absl::StatusOr<RunOutput> output = std::move(sink_).Finish(status);
    if (output.ok()) {
      answer_.output = *std::move(output);
    } else {
      answer_.fault = std::string(output.status().message());
    }
  }
  return std::move(answer_);
}

bool Recorder::NoteUndeclared(bool declared, std::string_view what) {
  if (!declared && answer_.undeclared.size() < kMaxNotes && !Contains(answer_.undeclared, what)) {
    answer_.undeclared.emplace_back(what);
  }
  return !declared;
}

uint32_t Recorder::TakeMention(void* context, const dossier_mention* mention) {
  Recorder& self = Self(context);
  if (self.NoteUndeclared(self.manifest_.emits_mentions, "mentions") ||
      self.mood_.refuses_everything || (mention != nullptr && TooLong(*mention, self.text_))) {
    return DOSSIER_NONE;
  }
  const dossier_sink& sink = *self.sink_.c_sink();
  return sink.mention(sink.context, mention);
}

dossier_status Recorder::TakeTriple(void* context, const dossier_triple* triple) {
  Recorder& self = Self(context);
  if (self.NoteUndeclared(self.manifest_.emits_triples, "triples") ||
      self.mood_.refuses_everything || (triple != nullptr && TooLong(*triple, self.text_))) {
    return DOSSIER_INVALID_ARGUMENT;
  }
  const dossier_sink& sink = *self.sink_.c_sink();
  return sink.triple(sink.context, triple);
}

dossier_status Recorder::TakeProposition(void* context, const dossier_proposition* proposition) {
  Recorder& self = Self(context);
  if (self.NoteUndeclared(self.manifest_.emits_propositions, "propositions") ||
      self.mood_.refuses_everything ||
      (proposition != nullptr && TooLong(*proposition, self.text_))) {
    return DOSSIER_INVALID_ARGUMENT;
  }
  const dossier_sink& sink = *self.sink_.c_sink();
  return sink.proposition(sink.context, proposition);
}

dossier_status Recorder::TakeLayer(void* context, const dossier_layer* layer) {
  Recorder& self = Self(context);
  const std::string_view name = layer == nullptr ? std::string_view() : FromC(layer->name);
  if (self.NoteUndeclared(Contains(self.manifest_.provides, name),
                          fmt::format("the layer \"{}\"", Utf8Prefix(name, 128))) ||
      self.mood_.refuses_everything) {
    return DOSSIER_INVALID_ARGUMENT;
  }
  const dossier_sink& sink = *self.sink_.c_sink();
  return sink.layer(sink.context, layer);
}

void Recorder::TakeError(void* context, dossier_str text) {
  Self(context).answer_.error = Utf8Prefix(FromC(text), 1024);
}

int32_t Recorder::AskStop(void* context) {
  Recorder& self = Self(context);
  return self.answer_.stop_questions++ < self.mood_.stops_after ? 0 : 1;
}

}  // namespace dossier::validator
