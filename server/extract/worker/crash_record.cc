#include "server/extract/worker/crash_record.h"

#include <fmt/format.h>

#include <utility>

#include "server/base/sha256.h"

namespace dossier {
namespace {

constexpr std::size_t kCrashBudget = 3;
constexpr std::chrono::minutes kCrashWindow{5};
constexpr int kMaxKills = 2;
constexpr std::size_t kMaxSuspects = 1000;

}  // namespace

void CrashRecord::Add(const DocumentInput* input, std::string reason, Clock::time_point now) {
  ++crashes_;
  recent_.push_back(now);
  while (now - recent_.front() > kCrashWindow) {
    recent_.pop_front();
  }
  if (!quarantined_) {
    quarantined_ = recent_.size() >= kCrashBudget;
    reason_ = quarantined_ ? fmt::format("{} crashes within {} minutes; the last one: {}",
                                         recent_.size(), kCrashWindow.count(), reason)
                           : reason;
  }
  if (input == nullptr) {
    return;
  }
  auto* suspect = const_cast<Suspect*>(Find(*input));
  if (suspect == nullptr) {
    if (suspects_.size() == kMaxSuspects) {
      suspects_.pop_front();
    }
    suspect = &suspects_.emplace_back(Suspect{std::string(input->name_space), input->document.id,
                                              Sha256Hex(input->document.text), 0, ""});
  }
  ++suspect->kills;
  suspect->reason = std::move(reason);
}

std::optional<std::string> CrashRecord::WhyKeptFrom(const DocumentInput& input) const {
  if (quarantined_) {
    return fmt::format("it is quarantined: {}", reason_);
  }
  if (const Suspect* suspect = Find(input); suspect != nullptr && suspect->kills >= kMaxKills) {
    return fmt::format("the document killed it {} times: {}", suspect->kills, suspect->reason);
  }
  return std::nullopt;
}

std::vector<SetAsideDocument> CrashRecord::SetAside() const {
  std::vector<SetAsideDocument> list;
  for (const Suspect& suspect : suspects_) {
    if (suspect.kills >= kMaxKills) {
      list.push_back({suspect.name_space, suspect.id, suspect.reason});
    }
  }
  return list;
}

// The text is hashed only for a document whose id is under suspicion.
const CrashRecord::Suspect* CrashRecord::Find(const DocumentInput& input) const {
  for (const Suspect& suspect : suspects_) {
    if (suspect.id == input.document.id && suspect.name_space == input.name_space &&
        suspect.text_sha256 == Sha256Hex(input.document.text)) {
      return &suspect;
    }
  }
  return nullptr;
}

}  // namespace dossier
