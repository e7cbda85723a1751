#include "server/extract/plan_probe.h"

#include "server/base/status_macros.h"
#include "server/extract/pipeline.h"

namespace dossier {
namespace {

// A name, a quotation, a number, a date, a denial, characters of two, three and four bytes.
constexpr char kText[] =
    "The Northern Ledger, 3 March 2025\n\n"
    "Ada Finch, who leads the Sorn Institute, said on Friday that Orsenia had bought 12,000 shells "
    "from Talvia. \"We did not buy any,\" the minister said in K\xc3\xb6rn. It cost "
    "\xe2\x82\xac"
    "5 million. \xf0\x9f\x9a\xa2\n";

Document GoldenDocument() {
  Document document;
  document.id = "dossier-probe";
  document.title = "Shells";
  document.source = "Northern Ledger";
  document.published = "2025-03-03";
  document.text = kText;
  return document;
}

}  // namespace

absl::Status ProbePlan(const Plan& plan, std::string_view id, std::chrono::milliseconds limit) {
  const StopToken stop({}, StopToken::Clock::now() + limit);
  ASSIGN_OR_RETURN(const Extraction extraction,
                   RunPipeline(plan, GoldenDocument(), stop, KeepLayers::kNo));
  for (const std::string& warning : extraction.warnings) {
    if (warning.find(id) != warning.npos) {
      return absl::FailedPreconditionError(warning);
    }
  }
  return absl::OkStatus();
}

}  // namespace dossier
