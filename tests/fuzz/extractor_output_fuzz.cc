// Fuzz target: what an extractor elsewhere may answer, down to the sink that checks it.
#include <utility>

#include "absl/status/statusor.h"
#include "dossier/v1/extractor_service.pb.h"
#include "server/extract/output_sink.h"
#include "server/extract/wire/output_wire.h"
#include "tests/fuzz/fuzz_target.h"

namespace dossier {
namespace {

// What comes of `part`, sent so many times.
absl::StatusOr<RunOutput> Read(const v1::ExtractorOutput& part, int times) {
  Manifest manifest;
  manifest.provides = {"sentence/1", "token/1", "value/1"};
  manifest.emits_mentions = manifest.emits_triples = manifest.emits_propositions = true;
  Document document;
  document.text = "Ada Finch led the Sorn Institute in 1999, wrote Bea Ö.";
  const StopToken stop;
  const DocumentInput input{document, {}};
  OutputSink sink(manifest, input, {}, stop);
  OutputReader reader(&sink);
  for (int i = 0; i < times; ++i) {
    reader.Add(part);
  }
  return std::move(sink).Finish(part.done().code());
}

}  // namespace

bool TryInput(std::string_view input) {
  v1::ExtractorOutput part;
  if (!part.ParseFromArray(input.data(), static_cast<int>(input.size()))) {
    return false;
  }
  static_cast<void>(Read(part, 2));
  const auto output = Read(part, 1);
  return output.ok() && output->refused == 0;
}

}  // namespace dossier
