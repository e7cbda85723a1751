#include "server/query/evidence_walk.h"

#include <algorithm>
#include <utility>

#include "server/base/status_macros.h"
#include "server/storage/keys.h"
#include "server/storage/records.h"

namespace dossier {

EvidenceWalk::EvidenceWalk(const GraphReader& graph, Family family, const std::string& prefix,
                           std::string_view position)
    : graph_(graph),
      family_(family),
      end_(PrefixEnd(prefix)),
      position_(std::max<std::string_view>(prefix, position)) {
  Open();
}

void EvidenceWalk::Open() {
  if (position_ < end_) {
    cursor_ = graph_.snapshot()->Scan(family_, position_, end_);
  } else {
    cursor_ = nullptr;
    done_ = true;
  }
}

absl::Status EvidenceWalk::Read(std::size_t count, PageWalk* page, std::vector<Row>* rows) {
  while (!done_ && rows->size() < count) {
    RETURN_IF_ERROR(page->Work(1));
    if (!cursor_->Valid()) {
      RETURN_IF_ERROR(cursor_->status());
      done_ = true;
      break;
    }
    RETURN_IF_ERROR(family_ == Family::kEvidence ? ReadEvidenceRow(rows) : ReadByDocRow(rows));
    if (page->tired()) {
      break;
    }
  }
  if (family_ == Family::kByDoc && !rows->empty()) {
    RETURN_IF_ERROR(page->Work(rows->size()));
    return LoadEvidence(rows);
  }
  return absl::OkStatus();
}

absl::Status EvidenceWalk::ReadEvidenceRow(std::vector<Row>* rows) {
  const std::string_view key = cursor_->key();
  ASSIGN_OR_RETURN(const EvidenceKey place, EvidenceKey::Decode(key));
  ASSIGN_OR_RETURN(Evidence evidence, DecodeEvidence(key, cursor_->value()));
  rows->push_back({std::string(key), place, std::move(evidence)});
  position_.assign(key).push_back('\0');
  cursor_->Next();
  return absl::OkStatus();
}

absl::Status EvidenceWalk::ReadByDocRow(std::vector<Row>* rows) {
  ASSIGN_OR_RETURN(const ByDocKey part, ByDocKey::Decode(cursor_->key()));
  if (part.part == Part::kEvidence) {
    rows->push_back({std::string(cursor_->key()), part.evidence(), {}});
    position_.assign(cursor_->key()).push_back('\0');
    cursor_->Next();
  } else {
    // Mentions are the last and the longest part of a run.
    position_ = PrefixEnd(KeyPrefix(graph_.ns(), part.document, part.run));
    Open();
  }
  return absl::OkStatus();
}

absl::Status EvidenceWalk::LoadEvidence(std::vector<Row>* rows) {
  std::vector<std::string> keys;
  keys.reserve(rows->size());
  for (const Row& row : *rows) {
    keys.push_back(row.place.Encode());
  }
  ASSIGN_OR_RETURN(const auto values, graph_.snapshot()->MultiGet(Family::kEvidence, keys));
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!values[i]) {
      return DamagedRecord(Family::kEvidence, keys[i], "by_doc has it and it is missing");
    }
    ASSIGN_OR_RETURN((*rows)[i].evidence, DecodeEvidence(keys[i], *values[i]));
  }
  return absl::OkStatus();
}

}  // namespace dossier
