// The C++ SDK for extractor plugins: derive from Extractor, write Process(), end the file with
// DOSSIER_PLUGIN. Needs the standard library and the C header, nothing else.
//
// Example: plugins/template/email.cc.
#ifndef DOSSIER_PLUGINS_SDK_EXTRACTOR_H_
#define DOSSIER_PLUGINS_SDK_EXTRACTOR_H_

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>

#include "plugins/abi/dossier_plugin.h"
#include "plugins/sdk/document.h"
#include "plugins/sdk/layer_builder.h"
#include "plugins/sdk/sink.h"
#include "plugins/sdk/statements.h"
#include "plugins/sdk/status.h"

namespace dossier::sdk {

// What the plugin is made from. `config` dies with the constructor; log() works as long as the
// extractor lives, from any thread. Copy the Setup to keep it.
class Setup {
 public:
  Setup(const dossier_host* host, std::string_view config) : host_(host), config_(config) {}

  std::string_view config() const { return config_; }  // a JSON object, "{}" when none was given

  void Log(dossier_log_level level, std::string_view text) const {
    host_->log(host_->context, static_cast<uint32_t>(level), ToC(text));
  }

 private:
  const dossier_host* host_;
  std::string_view config_;
};

// One instance of a plugin. The derived class has a constructor from const Setup&, or a default
// one; it throws Error to refuse its configuration.
class Extractor {
 public:
  virtual ~Extractor() = default;

  // Reads the document and adds to the sink, in time linear in the text. Any exception becomes
  // kInternal with its text (Error: with its code). One thread at a time on an instance, unless
  // the plugin says DOSSIER_REENTRANT.
  virtual Status Process(const Document& document, Sink& sink) = 0;
};

namespace internal {

// Runs body() and turns what it throws into a status.
template <typename Body>
Status CatchAll(Body&& body) noexcept {
  try {
    return body();
  } catch (const Error& error) {
    return Status(error.code(), error.what());
  } catch (const std::bad_alloc&) {
    return Status(StatusCode::kResourceExhausted, "out of memory");  // fits without allocating
  } catch (const std::exception& error) {
    return Status(StatusCode::kInternal, error.what());
  } catch (...) {
    return Status(StatusCode::kInternal, "unknown exception");
  }
}

inline void WriteError(std::string_view text, char* error, uint32_t capacity) {
  if (capacity == 0) return;
  const size_t size = std::min<size_t>(text.size(), capacity - 1);
  std::memcpy(error, text.data(), size);
  error[size] = '\0';
}

template <typename Derived>
dossier_status Create(const dossier_host* host, dossier_str config, char* error, uint32_t capacity,
                      dossier_instance** instance) noexcept {
  const Status status = CatchAll([&] {
    std::unique_ptr<Extractor> extractor;
    if constexpr (std::is_constructible_v<Derived, const Setup&>) {
      extractor = std::make_unique<Derived>(Setup(host, View(config)));
    } else {
      extractor = std::make_unique<Derived>();
    }
    *instance = reinterpret_cast<dossier_instance*>(extractor.release());
    return Status::Ok();
  });
  if (!status.ok()) WriteError(status.text(), error, capacity);
  return static_cast<dossier_status>(status.code());
}

inline void Destroy(dossier_instance* instance) noexcept {
  delete reinterpret_cast<Extractor*>(instance);
}

inline dossier_status Process(dossier_instance* instance, const dossier_document* document,
                              const dossier_sink* sink) noexcept {
  const Status status = CatchAll([&] {
    Sink wrapped(sink);
    return reinterpret_cast<Extractor*>(instance)->Process(Document(document), wrapped);
  });
  if (!status.ok()) sink->error(sink->context, sdk::ToC(status.text()));
  return static_cast<dossier_status>(status.code());
}

}  // namespace internal
}  // namespace dossier::sdk

// Makes the shared object a plugin. Use once, at file scope, in the global namespace.
//   Derived  the class, qualified
//   id_      string literal, reverse DNS
//   version_ string literal, semantic version
//   members_ string literal: the manifest's other members, without the outer braces
//            (plugins/abi/MANIFEST.md); id, version and abi are added here
//   flags_   DOSSIER_REENTRANT or 0
#define DOSSIER_PLUGIN(Derived, id_, version_, members_, flags_)                        \
  DOSSIER_MANIFEST("{\"id\": \"" id_ "\", \"version\": \"" version_                     \
                   "\", \"abi\": \"" DOSSIER_ABI_VERSION "\", " members_ "}");          \
  extern "C" DOSSIER_EXPORT const dossier_plugin_entry* dossier_plugin_entry_v1(void) { \
    static constexpr dossier_extractor kExtractor = {                                   \
        .size = sizeof(dossier_extractor),                                              \
        .flags = (flags_),                                                              \
        .id = (id_),                                                                    \
        .version = (version_),                                                          \
        .create = &dossier::sdk::internal::Create<Derived>,                             \
        .destroy = &dossier::sdk::internal::Destroy,                                    \
        .process = &dossier::sdk::internal::Process,                                    \
        .extension = nullptr,                                                           \
    };                                                                                  \
    static constexpr const dossier_extractor* kExtractors[] = {&kExtractor};            \
    static constexpr dossier_plugin_entry kEntry = {                                    \
        .magic = DOSSIER_ABI_MAGIC,                                                     \
        .size = sizeof(dossier_plugin_entry),                                           \
        .abi_major = DOSSIER_ABI_MAJOR,                                                 \
        .abi_minor = DOSSIER_ABI_MINOR,                                                 \
        .extractor_count = 1,                                                           \
        .extractors = kExtractors,                                                      \
    };                                                                                  \
    return &kEntry;                                                                     \
  }                                                                                     \
  static_assert(true, "")

#endif  // DOSSIER_PLUGINS_SDK_EXTRACTOR_H_
