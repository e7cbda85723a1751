#include "server/query/external_id.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <limits>

#include "server/base/utf8.h"

namespace dossier {
namespace {

// Ids stay below the bit that tells literals from entities (model/triple.h).
constexpr uint64_t kMaxId = std::numeric_limits<uint64_t>::max() >> 1;

template <class Id>
std::string Format(char letter, Id id) {
  return id.valid() ? fmt::format("{}{}", letter, id.value()) : std::string();
}

template <class Id>
absl::StatusOr<Id> Parse(char letter, std::string_view kind, std::string_view text) {
  uint64_t value = 0;
  if (text.size() >= 2 && text[0] == letter && text[1] != '0') {
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + 1, end, value);
    if (error == std::errc() && stop == end && value <= kMaxId) {
      return Id(value);
    }
  }
  constexpr std::size_t kShown = 40;
  return absl::InvalidArgumentError(
      fmt::format("\"{}{}\" is not the id of {}: take ids from earlier answers, like \"{}17\"",
                  Utf8Prefix(text, kShown), text.size() > kShown ? "..." : "", kind, letter));
}

}  // namespace

std::string ExternalId(EntityId id) { return Format('e', id); }
std::string ExternalId(TripleId id) { return Format('t', id); }
std::string ExternalId(MergeId id) { return Format('m', id); }

absl::StatusOr<EntityId> ParseEntityId(std::string_view text) {
  return Parse<EntityId>('e', "an entity", text);
}

absl::StatusOr<TripleId> ParseTripleId(std::string_view text) {
  return Parse<TripleId>('t', "a triple", text);
}

absl::StatusOr<MergeId> ParseMergeId(std::string_view text) {
  return Parse<MergeId>('m', "a merge or split", text);
}

}  // namespace dossier
