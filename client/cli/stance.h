// The options that choose evidence by how it commits to what it states.
#ifndef DOSSIER_CLIENT_CLI_STANCE_H_
#define DOSSIER_CLIENT_CLI_STANCE_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "dossier/v1/types.pb.h"

namespace dossier::cli {

class StanceOptions {
 public:
  // Adds --polarity, --modality, --any and --min-confidence.
  void AddTo(CLI::App& command);
  v1::EvidenceFilter Filter() const;

 private:
  std::vector<std::string> polarities_;
  std::vector<std::string> modalities_;
  double min_confidence_ = 0;
  bool any_ = false;
};

// Makes `filter` let everything through.
void EveryStance(v1::EvidenceFilter* filter);

}  // namespace dossier::cli

#endif  // DOSSIER_CLIENT_CLI_STANCE_H_
