#ifndef DOSSIER_PLUGINS_VALIDATOR_RECORDER_H_
#define DOSSIER_PLUGINS_VALIDATOR_RECORDER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/abi/dossier_plugin.h"
#include "plugins/validator/host_shim.h"
#include "server/extract/output_sink.h"

namespace dossier::validator {

// How the host behaves during one call.
struct HostMood {
  HostAge age = HostAge::kToday;
  bool refuses_everything = false;
  uint64_t stops_after = UINT64_MAX;  // how many times stop() answers no before it answers yes
};

// What a plugin did in one call of process().
struct Answer {
  dossier_status status = DOSSIER_OK;
  std::string error;                    // its text for a status other than OK
  RunOutput output;                     // what a host would keep; nothing unless the status is OK
  std::string fault;                    // why a host would keep none of it although it is OK
  std::vector<std::string> undeclared;  // what it said beside its manifest, the first few
  uint64_t stop_questions = 0;

  friend bool operator==(const Answer&, const Answer&) = default;
};

// The sink of one call: notes what the manifest does not declare and gives the rest to the sink
// that the server itself uses. Borrows its arguments.
class Recorder {
 public:
  Recorder(const Manifest& manifest, const DocumentInput& input, const HostMood& mood,
           HostMemory* memory);
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  const dossier_sink* c_sink() const { return c_sink_; }
  Answer Finish(dossier_status status) &&;

 private:
  // Notes an item that is not declared; whether it was to be noted.
  bool NoteUndeclared(bool declared, std::string_view what);

  static uint32_t TakeMention(void* context, const dossier_mention* mention);
  static dossier_status TakeTriple(void* context, const dossier_triple* triple);
  static dossier_status TakeProposition(void* context, const dossier_proposition* proposition);
  static dossier_status TakeLayer(void* context, const dossier_layer* layer);
  static void TakeError(void* context, dossier_str text);
  static int32_t AskStop(void* context);

  const Manifest& manifest_;
  const std::string_view text_;
  const HostMood mood_;
  const StopToken never_;
  OutputSink sink_;
  const dossier_sink* c_sink_;
  Answer answer_;
};

}  // namespace dossier::validator

#endif  // DOSSIER_PLUGINS_VALIDATOR_RECORDER_H_
