#include "server/storage/family.h"

namespace dossier {
namespace {

constexpr std::size_t kNsId = 4 + 8;  // a namespace and an id

constexpr FamilyInfo kCatalogue[] = {
    {Family::kMeta, "meta", "namespace name", Lookup::kNone, 0, false, 1},
    {Family::kTerm, "term", "namespace kind id", Lookup::kKey, 0, false, 1},
    {Family::kTermRev, "term_rev", "namespace kind bytes", Lookup::kKey, 0, false, 1},
    {Family::kSpo, "spo", "namespace subject predicate object", Lookup::kKeyAndPrefix, kNsId, false,
     1},
    {Family::kPos, "pos", "namespace predicate object subject", Lookup::kPrefix, kNsId, false, 1},
    {Family::kOsp, "osp", "namespace object subject predicate", Lookup::kPrefix, kNsId, false, 1},
    {Family::kTriple, "triple", "namespace triple", Lookup::kKey, 0, false, 1},
    {Family::kEvidence, "evidence", "namespace triple document run ordinal", Lookup::kPrefix, kNsId,
     false, 1},
    {Family::kByDoc, "by_doc", "namespace document run part ordinal id", Lookup::kPrefix, kNsId,
     false, 1},
    {Family::kByRun, "by_run", "namespace run document", Lookup::kPrefix, kNsId, false, 1},
    {Family::kEntity, "entity", "namespace entity", Lookup::kKey, 0, false, 1},
    {Family::kAlias, "alias", "namespace folded-name 0x00 entity", Lookup::kNone, 0, false, 1},
    {Family::kMention, "mention", "namespace entity document run ordinal", Lookup::kPrefix, kNsId,
     false, 1},
    {Family::kDocument, "document", "namespace document", Lookup::kKey, 0, false, 1},
    {Family::kText, "text", "namespace document", Lookup::kKey, 0, true, 1},
    {Family::kSketch, "sketch", "namespace document", Lookup::kKey, 0, false, 1},
    {Family::kChange, "change", "namespace revision", Lookup::kNone, 0, false, 1},
    {Family::kHistory, "history", "0 family key revision", Lookup::kNone, 0, false, 1},
    {Family::kHistoryLog, "history_log", "0 revision", Lookup::kNone, 0, true, 1},
    {Family::kMergeLog, "merge_log", "namespace row what", Lookup::kNone, 0, false, 1},
    {Family::kReextraction, "reextraction", "namespace row id document", Lookup::kKey, 0, true, 1},
    {Family::kAgainst, "against", "namespace predicate subject object", Lookup::kNone, 0, false, 1},
    {Family::kFigures, "figures", "namespace predicate subject object", Lookup::kNone, 0, false, 1},
};

constexpr bool InOrder() {
  for (std::size_t i = 0; i < kFamilyCount; ++i) {
    if (static_cast<std::size_t>(kCatalogue[i].family) != i) {
      return false;
    }
  }
  return true;
}
static_assert(std::size(kCatalogue) == kFamilyCount && InOrder());

}  // namespace

std::span<const FamilyInfo, kFamilyCount> Catalogue() { return kCatalogue; }

const FamilyInfo& InfoOf(Family family) { return kCatalogue[static_cast<std::size_t>(family)]; }

}  // namespace dossier
