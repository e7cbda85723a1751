#include "server/extract/wire/input_wire.h"

#include <limits>
#include <utility>

#include "server/base/status_macros.h"
#include "server/extract/wire/layer_wire.h"

namespace dossier {

void ToWire(const DocumentInput& input, v1::ExtractorInput* message) {
  const Document& from = input.document;
  v1::Document* document = message->mutable_document();
  document->set_id(from.id);
  document->set_uri(from.uri);
  document->set_title(from.title);
  document->set_source(from.source);
  document->set_published(from.published);
  document->set_language(from.language);
  document->set_text(from.text);
  for (const Layer* layer : input.layers) {
    ToWire(*layer, message->add_layers());
  }
}

DocumentInput OwnedInput::View() const {
  DocumentInput input{document, {}};
  for (const Layer& layer : layers) {
    input.layers.push_back(&layer);
  }
  return input;
}

absl::StatusOr<OwnedInput> FromWire(const v1::ExtractorInput& message) {
  const v1::Document& from = message.document();
  OwnedInput input;
  input.document.id = from.id();
  input.document.uri = from.uri();
  input.document.title = from.title();
  input.document.source = from.source();
  input.document.published = from.published();
  input.document.language = from.language();
  input.document.text = from.text();
  for (const v1::Layer& layer : message.layers()) {
    const WireLayer view(layer);
    RETURN_IF_ERROR(view.Check());
    ASSIGN_OR_RETURN(Layer copy, CopyLayer(*view.get(), std::numeric_limits<std::size_t>::max()));
    input.layers.push_back(std::move(copy));
  }
  return input;
}

}  // namespace dossier
