// What an extractor says about a document, as messages of ExtractorService.
#ifndef DOSSIER_SERVER_EXTRACT_WIRE_OUTPUT_WIRE_H_
#define DOSSIER_SERVER_EXTRACT_WIRE_OUTPUT_WIRE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "dossier/v1/extractor_service.pb.h"
#include "server/extract/extraction.h"
#include "server/extract/output_sink.h"

namespace dossier {

// Writes an output in parts of about a MiB; a layer is never divided. Borrows the output.
class OutputWriter {
 public:
  explicit OutputWriter(const RunOutput& output) : output_(output) {}

  // Fills an empty `part` with what comes next. True: it was the last, and says that all is done.
  bool Next(v1::ExtractorOutput* part);

 private:
  template <class Item, class Add>
  void Take(const std::vector<Item>& items, std::size_t* next, Add add);

  const RunOutput& output_;
  std::size_t room_ = 0;
  std::size_t next_mention_ = 0;
  std::size_t next_triple_ = 0;
  std::size_t next_proposition_ = 0;
  std::size_t next_layer_ = 0;
};

// Feeds the parts of an output to a sink, which checks each item. Borrows the sink.
class OutputReader {
 public:
  explicit OutputReader(OutputSink* sink) : sink_(sink) {}

  void Add(const v1::ExtractorOutput& part);

 private:
  // False: it names a mention that was refused or never sent, and has been refused itself.
  bool Resolve(uint32_t number, const char* item, uint32_t* id);
  // Adds a triple's qualifiers or attributions to `parts`. False: as Resolve().
  template <class Messages, class Parts>
  bool Collect(const Messages& messages, Parts* parts);
  void Add(const v1::ExtractedMention& mention);
  void Add(const v1::ExtractedTriple& triple);
  void Add(const v1::ExtractedProposition& proposition);
  void Add(const v1::Layer& layer);

  OutputSink* sink_;
  std::vector<uint32_t> ids_;  // by the number on the wire; DOSSIER_NONE for a refused mention
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_WIRE_OUTPUT_WIRE_H_
