// The options that choose evidence by how it commits to what it states.
#ifndef DOSSIER_CLIENT_CLI_STANCE_H_
#define DOSSIER_CLIENT_CLI_STANCE_H_

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "dossier/v1/types.pb.h"

namespace dossier::cli {

// A time that is asked about, open where nothing is given.
class TimeOptions {
 public:
  // Adds --from and --to.
  void AddTo(CLI::App& command);
  bool given() const { return !from_.empty() || !to_.empty(); }
  v1::TimeInterval Interval() const;

 private:
  std::string from_;
  std::string to_;
};

class StanceOptions {
 public:
  // Adds --polarity, --modality, --any, --min-confidence, --from and --to.
  void AddTo(CLI::App& command);
  v1::EvidenceFilter Filter() const;

 private:
  std::vector<std::string> polarities_;
  std::vector<std::string> modalities_;
  double min_confidence_ = 0;
  bool any_ = false;
  TimeOptions time_;
};

// Makes `filter` let everything through.
void EveryStance(v1::EvidenceFilter* filter);

}  // namespace dossier::cli

#endif  // DOSSIER_CLIENT_CLI_STANCE_H_
