// Takes what an extractor says about one document and lets through only what keeps the contract of
// plugins/abi/dossier_plugin.h. Every carrier puts an extractor's output through here.
#ifndef DOSSIER_SERVER_EXTRACT_OUTPUT_SINK_H_
#define DOSSIER_SERVER_EXTRACT_OUTPUT_SINK_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "plugins/abi/dossier_plugin.h"
#include "server/extract/extraction.h"
#include "server/extract/extractor_backend.h"
#include "server/extract/manifest.h"
#include "server/extract/stop_token.h"

namespace dossier {

// What one extractor may say about one document. More than that fails the call.
struct OutputLimits {
  uint64_t max_items = 8'000'000;          // mentions, triples and propositions together
  uint64_t max_bytes = uint64_t{1} << 30;  // of memory, layers included
};

// One call of one extractor. An item that breaks the contract is refused, counted and left out;
// going over a limit fails the call. Not thread-safe: the call's thread only. Borrows its
// arguments.
class OutputSink {
 public:
  OutputSink(const Manifest& manifest, const DocumentInput& input, const OutputLimits& limits,
             const StopToken& stop);
  // Would borrow what is gone at the end of the statement.
  OutputSink(const Manifest&, DocumentInput&&, const OutputLimits&, const StopToken&) = delete;
  OutputSink(const OutputSink&) = delete;
  OutputSink& operator=(const OutputSink&) = delete;

  // The mention's index, or DOSSIER_NONE.
  uint32_t AddMention(const dossier_mention& mention);
  dossier_status AddTriple(const dossier_triple& triple);
  dossier_status AddProposition(const dossier_proposition& proposition);
  dossier_status AddLayer(const dossier_layer& layer);
  // Counts items that somebody before this sink refused, and keeps the first few reasons.
  void AddRefused(uint64_t count, const std::vector<std::string>& reasons);
  void set_error(std::string_view text);
  // Fails the call; allocates nothing.
  void FailForWantOfMemory() { overflow_ = absl::Status(absl::StatusCode::kResourceExhausted, ""); }
  // Whether the extractor should give up: nobody waits, or a limit is passed.
  bool stopped() const { return !overflow_.ok() || stop_.stopped(); }

  // Callbacks into this object for a plugin; they throw nothing. Lives as long as this object.
  const dossier_sink* c_sink() const { return &c_sink_; }

  // The output, once the extractor has returned `status`. An error when that is not OK, when a
  // limit was passed, or when a layer that the manifest provides was not written.
  absl::StatusOr<RunOutput> Finish(dossier_status status) &&;

 private:
  // Counts a refusal, or an overflow, and says what the plugin is told.
  dossier_status Refuse(std::string_view item, const absl::Status& why);
  absl::Status CheckLayers() const;
  // Makes room for an item that takes `bytes` of memory.
  absl::Status Reserve(uint64_t bytes);

  const Manifest& manifest_;
  const DocumentInput& input_;
  const std::string_view text_;
  const OutputLimits limits_;
  const StopToken& stop_;
  dossier_sink c_sink_;
  RunOutput output_;
  uint64_t items_ = 0;
  uint64_t bytes_ = 0;
  absl::Status overflow_;
  std::string error_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_OUTPUT_SINK_H_
