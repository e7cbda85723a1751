#include "server/extract/output_sink.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "server/base/status_macros.h"
#include "server/base/utf8.h"
#include "server/extract/c_string.h"
#include "server/extract/layer_schema.h"
#include "server/extract/statement_reader.h"

namespace dossier {
namespace {

constexpr std::size_t kMaxRefusals = 8;
constexpr std::size_t kMaxErrorBytes = 4096;

OutputSink& Self(void* context) { return *static_cast<OutputSink*>(context); }

// An exception, such as one for want of memory, must not enter the plugin.
template <class Body>
auto Guard(void* context, decltype(std::declval<Body>()()) on_exception, Body&& body) noexcept {
  try {
    return body();
  } catch (const std::exception&) {
    Self(context).FailForWantOfMemory();
    return on_exception;
  }
}

template <class Item, dossier_status (OutputSink::*Add)(const Item&)>
dossier_status Take(void* context, const Item* item) {
  return Guard(context, dossier_status{DOSSIER_RESOURCE_EXHAUSTED}, [&]() -> dossier_status {
    return item == nullptr ? DOSSIER_INVALID_ARGUMENT : (Self(context).*Add)(*item);
  });
}

dossier_sink MakeCSink(OutputSink* sink) {
  dossier_sink c_sink = {};
  c_sink.size = sizeof(c_sink);
  c_sink.context = sink;
  c_sink.mention = [](void* context, const dossier_mention* mention) {
    return Guard(context, DOSSIER_NONE, [&] {
      return mention == nullptr ? DOSSIER_NONE : Self(context).AddMention(*mention);
    });
  };
  c_sink.triple = Take<dossier_triple, &OutputSink::AddTriple>;
  c_sink.proposition = Take<dossier_proposition, &OutputSink::AddProposition>;
  c_sink.layer = Take<dossier_layer, &OutputSink::AddLayer>;
  c_sink.error = [](void* context, dossier_str text) {
    Guard(context, false, [&] { return Self(context).set_error(FromC(text)), true; });
  };
  c_sink.stop = [](void* context) -> int32_t { return Self(context).stopped() ? 1 : 0; };
  return c_sink;
}

bool Contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool Wrote(const RunOutput& output, std::string_view layer) {
  return std::any_of(output.layers.begin(), output.layers.end(),
                     [&](const Layer& written) { return written.name == layer; });
}

// Plugins use a few of google.rpc.Code; the others are not theirs to give.
absl::StatusCode ToStatusCode(dossier_status status) {
  switch (status) {
    case DOSSIER_INVALID_ARGUMENT:
    case DOSSIER_RESOURCE_EXHAUSTED:
    case DOSSIER_FAILED_PRECONDITION:
      return static_cast<absl::StatusCode>(status);
    default:
      return absl::StatusCode::kInternal;
  }
}

absl::Status Undeclared(std::string_view what) {
  return absl::InvalidArgumentError(
      fmt::format("the manifest does not say that it emits {}", what));
}

}  // namespace

OutputSink::OutputSink(const Manifest& manifest, const DocumentInput& input,
                       const OutputLimits& limits, const StopToken& stop)
    : manifest_(manifest),
      input_(input),
      text_(input.document.text),
      limits_(limits),
      stop_(stop),
      c_sink_(MakeCSink(this)) {}

uint32_t OutputSink::AddMention(const dossier_mention& mention) {
  if (!manifest_.emits_mentions) {
    Refuse("a mention", Undeclared("mentions"));
    return DOSSIER_NONE;
  }
  const auto index = static_cast<uint32_t>(output_.mentions.size());
  auto read = ReadMention(mention, {text_, index});
  absl::Status status = read.ok() ? Reserve(ByteSize(*read)) : read.status();
  if (!status.ok()) {
    Refuse("a mention", status);
    return DOSSIER_NONE;
  }
  output_.mentions.push_back(*std::move(read));
  return index;
}

dossier_status OutputSink::AddTriple(const dossier_triple& triple) {
  if (!manifest_.emits_triples) {
    return Refuse("a triple", Undeclared("triples"));
  }
  auto read = ReadTriple(triple, {text_, static_cast<uint32_t>(output_.mentions.size())});
  absl::Status status = read.ok() ? Reserve(ByteSize(*read)) : read.status();
  if (!status.ok()) {
    return Refuse("a triple", status);
  }
  output_.triples.push_back(*std::move(read));
  return DOSSIER_OK;
}

dossier_status OutputSink::AddProposition(const dossier_proposition& proposition) {
  if (!manifest_.emits_propositions) {
    return Refuse("a proposition", Undeclared("propositions"));
  }
  auto read = ReadProposition(proposition, {text_});
  absl::Status status = read.ok() ? Reserve(ByteSize(*read)) : read.status();
  if (!status.ok()) {
    return Refuse("a proposition", status);
  }
  output_.propositions.push_back(*std::move(read));
  return DOSSIER_OK;
}

dossier_status OutputSink::AddLayer(const dossier_layer& layer) {
  const std::string_view name = FromC(layer.name);
  if (!Contains(manifest_.provides, name)) {
    return Refuse("a layer", absl::InvalidArgumentError(fmt::format(
                                 "the manifest does not provide \"{}\"", Utf8Prefix(name, 128))));
  }
  if (Wrote(output_, name)) {
    return Refuse("a layer", absl::InvalidArgumentError(fmt::format("{} comes twice", name)));
  }
  auto copy = CopyLayer(layer, limits_.max_bytes - bytes_);
  absl::Status status = copy.status();
  if (status.ok()) {
    status = CheckLayer(*copy, text_);
  }
  if (status.ok()) {
    status = Reserve(ByteSize(*copy));
  }
  if (!status.ok()) {
    return Refuse("a layer", status);
  }
  output_.layers.push_back(*std::move(copy));
  return DOSSIER_OK;
}

void OutputSink::AddRefused(uint64_t count, const std::vector<std::string>& reasons) {
  output_.refused += count;
  for (const std::string& reason : reasons) {
    if (output_.refusals.size() < kMaxRefusals) {
      output_.refusals.emplace_back(Utf8Prefix(reason, kMaxErrorBytes));
    }
  }
}

void OutputSink::set_error(std::string_view text) {
  const std::string_view prefix = Utf8Prefix(text, kMaxErrorBytes);
  error_ = FindInvalidUtf8(prefix) ? "its error text is not UTF-8" : prefix;
}

dossier_status OutputSink::Refuse(std::string_view item, const absl::Status& why) {
  if (absl::IsResourceExhausted(why)) {
    overflow_ = why;
    return DOSSIER_RESOURCE_EXHAUSTED;
  }
  AddRefused(1, {fmt::format("{}: {}", item, std::string(why.message()))});
  return DOSSIER_INVALID_ARGUMENT;
}

absl::Status OutputSink::Reserve(uint64_t bytes) {
  if (items_ + 1 > limits_.max_items || bytes_ + bytes > limits_.max_bytes) {
    return absl::ResourceExhaustedError(fmt::format("its output is larger than {} items or {} MiB",
                                                    limits_.max_items, limits_.max_bytes >> 20));
  }
  ++items_;
  bytes_ += bytes;
  return absl::OkStatus();
}

absl::StatusOr<RunOutput> OutputSink::Finish(dossier_status status) && {
  if (!overflow_.ok()) {
    return overflow_.message().empty() ? absl::ResourceExhaustedError("out of memory") : overflow_;
  }
  if (status == DOSSIER_CANCELLED) {
    RETURN_IF_ERROR(stop_.status());
    return absl::InternalError("it gave up although nobody asked it to");
  }
  if (status != DOSSIER_OK) {
    return absl::Status(ToStatusCode(status),
                        error_.empty() ? fmt::format("status {} without a text", status) : error_);
  }
  RETURN_IF_ERROR(CheckLayers());
  return std::move(output_);
}

absl::Status OutputSink::CheckLayers() const {
  for (const std::string& layer : manifest_.provides) {
    if (!Wrote(output_, layer)) {
      return absl::InternalError(fmt::format(
          "it did not write the layer {}{}", layer,
          output_.refusals.empty() ? "" : fmt::format(" ({})", output_.refusals.front())));
    }
  }
  std::vector<const Layer*> layers = input_.layers;
  for (const Layer& written : output_.layers) {
    layers.push_back(&written);
  }
  for (const Layer& written : output_.layers) {
    if (absl::Status status = CheckAgainst(written, layers); !status.ok()) {
      return absl::InternalError(std::string(status.message()));
    }
  }
  return absl::OkStatus();
}

}  // namespace dossier
