// Fuzz target: what an extractor elsewhere may answer, down to the sink that checks it.
#include <cstddef>
#include <cstdint>

#include "dossier/v1/extractor_service.pb.h"
#include "server/extract/output_sink.h"
#include "server/extract/wire/output_wire.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  dossier::v1::ExtractorOutput part;
  if (!part.ParseFromArray(data, static_cast<int>(size))) {
    return 0;
  }
  dossier::Manifest manifest;
  manifest.provides = {"sentence/1", "token/1", "value/1"};
  manifest.emits_mentions = manifest.emits_triples = manifest.emits_propositions = true;
  dossier::Document document;
  document.text = "Ada Finch led the Sorn Institute in 1999, wrote Bea Ö.";
  const dossier::StopToken stop;
  const dossier::DocumentInput input{document, {}};
  dossier::OutputSink sink(manifest, input, {}, stop);
  dossier::OutputReader reader(&sink);
  reader.Add(part);
  reader.Add(part);
  static_cast<void>(std::move(sink).Finish(part.done().code()));
  return 0;
}
