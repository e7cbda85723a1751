// Evidence in words, for people.
#ifndef DOSSIER_CLIENT_CLI_EVIDENCE_TEXT_H_
#define DOSSIER_CLIENT_CLI_EVIDENCE_TEXT_H_

#include <string>

#include "dossier/v1/types.pb.h"

namespace dossier::cli {

std::string ObjectText(const v1::Triple& triple);

// "2025-03-03..2025-03-09", or one date.
std::string IntervalText(const v1::TimeInterval& time);

// "at_least 12000 shell"
std::string QuantityText(const v1::Quantity& quantity);

// "media citing bureau"; empty for the document itself.
std::string SpeakersText(const v1::Evidence& evidence);

// "reported, 0.48, says Talvian Intelligence Bureau, 12000 shell, 2025-03-03..2025-03-09"
std::string StanceText(const v1::Evidence& evidence);

// Two lines, indented: who says so where and when, and the sentence.
void PrintStatement(const v1::Statement& statement, const std::string& indent);

}  // namespace dossier::cli

#endif  // DOSSIER_CLIENT_CLI_EVIDENCE_TEXT_H_
