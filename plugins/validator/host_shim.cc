#include "plugins/validator/host_shim.h"

#include <cstdio>
#include <variant>

#include "server/extract/layer.h"

namespace dossier::validator {
namespace {

// ABI minors that a future host may have.
constexpr uint32_t kFutureMinor = 9;

void Log(void*, uint32_t level, dossier_str text) noexcept {
  std::fprintf(stderr, "log (level %u): %.*s\n", level, static_cast<int>(text.size), text.data);
}

const void* NoExtension(void*, const char*) noexcept { return nullptr; }

dossier_dictionary PlaceDictionary(const StringColumn& column, HostMemory* memory) {
  dossier_dictionary dictionary = {};
  dictionary.count = static_cast<uint32_t>(column.offsets.size() - 1);
  if (dictionary.count != 0) {
    dictionary.offsets = memory->Array(column.offsets.data(), column.offsets.size());
    dictionary.bytes = memory->Array(column.bytes.data(), column.bytes.size());
  }
  return dictionary;
}

const dossier_column* PlaceColumn(const Column& column, HostMemory* memory) {
  dossier_column c = {};
  c.name = memory->Text(column.name);
  if (const auto* u32 = std::get_if<std::vector<uint32_t>>(&column.values)) {
    c.type = DOSSIER_COLUMN_U32;
    c.values = memory->Array(u32->data(), u32->size());
  } else if (const auto* f64 = std::get_if<std::vector<double>>(&column.values)) {
    c.type = DOSSIER_COLUMN_F64;
    c.values = memory->Array(f64->data(), f64->size());
  } else {
    const auto& strings = std::get<StringColumn>(column.values);
    c.type = DOSSIER_COLUMN_STR;
    c.values = memory->Array(strings.codes.data(), strings.codes.size());
    c.dictionary = PlaceDictionary(strings, memory);
  }
  return memory->Growable(c);
}

const dossier_layer* PlaceLayer(const Layer& layer, HostMemory* memory) {
  std::vector<const dossier_column*> columns;
  for (const Column& column : layer.columns) {
    columns.push_back(PlaceColumn(column, memory));
  }
  dossier_layer c = {};
  c.rows = layer.rows;
  c.name = memory->Text(layer.name);
  c.column_count = static_cast<uint32_t>(columns.size());
  c.columns = memory->Array(columns.data(), columns.size());
  return memory->Growable(c);
}

}  // namespace

dossier_str HostMemory::Text(std::string_view text) {
  return {Array(text.data(), text.size()), text.size()};
}

const char* HostMemory::Place(std::string_view bytes) {
  if (age_ == HostAge::kOldest) {
    return guarded_.emplace_back(bytes, GuardedMemory::Access::kReadOnly).data();
  }
  // A word more, of zeros: the friendliest of hosts.
  auto& words = plain_.emplace_back(bytes.size() / sizeof(uint64_t) + 2);
  std::memcpy(words.data(), bytes.data(), bytes.size());
  return reinterpret_cast<const char*>(words.data());
}

const dossier_document* PlaceDocument(const DocumentInput& input, HostMemory* memory) {
  std::vector<const dossier_layer*> layers;
  for (const Layer* layer : input.layers) {
    layers.push_back(PlaceLayer(*layer, memory));
  }
  const Document& document = input.document;
  dossier_document c = {};
  c.layer_count = static_cast<uint32_t>(layers.size());
  c.text = memory->Text(document.text);
  c.id = memory->Text(document.id);
  c.uri = memory->Text(document.uri);
  c.title = memory->Text(document.title);
  c.source = memory->Text(document.source);
  c.published = memory->Text(document.published);
  c.language = memory->Text(document.language);
  c.layers = memory->Array(layers.data(), layers.size());
  return memory->Growable(c);
}

const dossier_host* PlaceHost(HostAge age, HostMemory* memory) {
  dossier_host host = {};
  host.abi_minor = age == HostAge::kFuture   ? kFutureMinor
                   : age == HostAge::kOldest ? 0
                                             : DOSSIER_ABI_MINOR;
  host.log = Log;
  host.extension = NoExtension;
  return memory->Growable(host);
}

}  // namespace dossier::validator
