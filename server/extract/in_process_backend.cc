#include "server/extract/in_process_backend.h"

#include <spdlog/spdlog.h>

#include <array>
#include <cstring>
#include <exception>
#include <string_view>
#include <utility>

#include "server/base/status_macros.h"
#include "server/base/utf8.h"
#include "server/extract/c_string.h"
#include "server/extract/layer.h"

namespace dossier {
namespace {

constexpr std::size_t kMaxLogBytes = 4096;

spdlog::level::level_enum ToLogLevel(uint32_t level) {
  switch (level) {
    case DOSSIER_LOG_DEBUG:
      return spdlog::level::debug;
    case DOSSIER_LOG_INFO:
      return spdlog::level::info;
    case DOSSIER_LOG_WARNING:
      return spdlog::level::warn;
    default:
      return spdlog::level::err;
  }
}

// `context` is the extractor's manifest.
void Log(void* context, uint32_t level, dossier_str text) noexcept {
  try {
    spdlog::log(ToLogLevel(level), "plugin {}: {}", static_cast<const Manifest*>(context)->id,
                Utf8Prefix(FromC(text), kMaxLogBytes));
  } catch (const std::exception&) {  // a lost line is better than an exception in the plugin
  }
}

const void* NoExtension(void*, const char*) noexcept { return nullptr; }

dossier_host MakeHost(const Manifest& manifest) {
  dossier_host host = {};
  host.size = sizeof(host);
  host.abi_minor = DOSSIER_ABI_MINOR;
  host.context = const_cast<Manifest*>(&manifest);  // Log() only reads it
  host.log = Log;
  host.extension = NoExtension;
  return host;
}

// A document and its layers as the plugin reads them. Borrows them.
class CDocument {
 public:
  explicit CDocument(const DocumentInput& input) {
    for (const Layer* layer : input.layers) {
      layers_.push_back(std::make_unique<CLayer>(*layer));
      pointers_.push_back(layers_.back()->get());
    }
    const Document& document = input.document;
    document_.size = sizeof(document_);
    document_.layer_count = static_cast<uint32_t>(pointers_.size());
    document_.text = ToC(document.text);
    document_.id = ToC(document.id);
    document_.uri = ToC(document.uri);
    document_.title = ToC(document.title);
    document_.source = ToC(document.source);
    document_.published = ToC(document.published);
    document_.language = ToC(document.language);
    document_.layers = pointers_.data();
  }
  CDocument(const CDocument&) = delete;
  CDocument& operator=(const CDocument&) = delete;

  const dossier_document* get() const { return &document_; }

 private:
  std::vector<std::unique_ptr<CLayer>> layers_;
  std::vector<const dossier_layer*> pointers_;
  dossier_document document_ = {};
};

// Calls into a plugin. C knows no exceptions: one that gets out of it ends the process here, before
// somebody further up (gRPC does) catches what was never theirs and leaves the caller waiting.
template <typename Function, typename... Arguments>
auto CallC(Function* function, Arguments... arguments) noexcept {
  return function(arguments...);
}

}  // namespace

absl::StatusOr<std::unique_ptr<ExtractorBackend>> InProcessBackend::Create(
    const Library& library, std::string config, const OutputLimits& limits) {
  std::unique_ptr<InProcessBackend> backend(
      new InProcessBackend(library, std::move(config), limits));
  ASSIGN_OR_RETURN(dossier_instance * first, backend->MakeInstance());
  backend->GiveBack(first);
  return backend;
}

InProcessBackend::InProcessBackend(const Library& library, std::string config,
                                   const OutputLimits& limits)
    : library_(library),
      config_(std::move(config)),
      limits_(limits),
      reentrant_((library.extractor().flags & DOSSIER_REENTRANT) != 0),
      host_(MakeHost(library.manifest())) {}

InProcessBackend::~InProcessBackend() {
  for (dossier_instance* instance : idle_) {
    CallC(library_.extractor().destroy, instance);
  }
}

absl::StatusOr<dossier_instance*> InProcessBackend::MakeInstance() const {
  std::array<char, 1024> error = {};
  dossier_instance* instance = nullptr;
  const dossier_status status = CallC(library_.extractor().create, &host_, ToC(config_),
                                      error.data(), static_cast<uint32_t>(error.size()), &instance);
  if (status == DOSSIER_OK && instance != nullptr) {
    return instance;
  }
  const std::string_view text(error.data(), strnlen(error.data(), error.size() - 1));
  return absl::FailedPreconditionError(fmt::format(
      "it refuses its configuration: {}",
      text.empty() ? fmt::format("status {} without a text", status) : std::string(text)));
}

absl::StatusOr<dossier_instance*> InProcessBackend::Take() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      dossier_instance* instance = idle_.back();
      if (!reentrant_) {
        idle_.pop_back();
      }
      return instance;
    }
  }
  return MakeInstance();
}

void InProcessBackend::GiveBack(dossier_instance* instance) {
  const std::lock_guard lock(mutex_);
  if (!reentrant_ || idle_.empty()) {
    idle_.push_back(instance);
  }
}

absl::StatusOr<RunOutput> InProcessBackend::Process(const DocumentInput& input,
                                                    const StopToken& stop) {
  const CDocument document(input);
  OutputSink sink(library_.manifest(), input, limits_, stop);
  ASSIGN_OR_RETURN(dossier_instance * instance, Take());
  const dossier_status status =
      CallC(library_.extractor().process, instance, document.get(), sink.c_sink());
  GiveBack(instance);
  return std::move(sink).Finish(status);
}

}  // namespace dossier
