#ifndef DOSSIER_SERVER_EXTRACT_IN_PROCESS_BACKEND_H_
#define DOSSIER_SERVER_EXTRACT_IN_PROCESS_BACKEND_H_

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/extract/extractor_backend.h"
#include "server/extract/library.h"
#include "server/extract/output_sink.h"

namespace dossier {

// Runs an extractor in this process, on the caller's thread. It can be asked to stop, never made
// to; if it crashes, so does the server.
class InProcessBackend : public ExtractorBackend {
 public:
  // Makes the first instance, and so finds out whether the plugin takes its configuration: a
  // refusal has the plugin's status and text. `config` is a JSON object.
  static absl::StatusOr<std::unique_ptr<ExtractorBackend>> Create(const Library& library,
                                                                  std::string config,
                                                                  const OutputLimits& limits);
  // REQUIRES: no Process() is running.
  ~InProcessBackend() override;

  absl::StatusOr<RunOutput> Process(const DocumentInput& input, const StopToken& stop) override;

 private:
  InProcessBackend(const Library& library, std::string config, const OutputLimits& limits);

  absl::StatusOr<dossier_instance*> MakeInstance() const;
  // An instance for one call: the shared one of a reentrant plugin, otherwise one that nobody else
  // has, made when all others are out. At most one for each concurrent caller exists.
  absl::StatusOr<dossier_instance*> Take();
  void GiveBack(dossier_instance* instance);

  const Library& library_;
  const std::string config_;
  const OutputLimits limits_;
  const bool reentrant_;
  dossier_host host_;

  std::mutex mutex_;  // never held while the plugin runs
  std::vector<dossier_instance*> idle_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_IN_PROCESS_BACKEND_H_
