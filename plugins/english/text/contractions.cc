#include "plugins/english/text/contractions.h"

#include <algorithm>
#include <array>

namespace dossier::english {
namespace {

constexpr size_t kLongestTail = 5;  // bytes of "n’t"

struct Contraction {
  std::string_view whole;  // lower case
  uint32_t cut;
};

// Contractions without an apostrophe.
constexpr Contraction kWhole[] = {
    {"aint", 2},     {"arent", 3},   {"cannot", 3}, {"cant", 2},  {"couldnt", 5},
    {"didnt", 3},    {"doesnt", 4},  {"dont", 2},   {"gonna", 3}, {"gotta", 3},
    {"hadnt", 3},    {"hasnt", 3},   {"havent", 4}, {"outta", 3}, {"isnt", 2},
    {"shouldnt", 6}, {"thats", 4},   {"wanna", 3},  {"wasnt", 3}, {"werent", 4},
    {"wont", 2},     {"wouldnt", 5}, {"im", 1},     {"ive", 1},   {"didn", 0},
};

constexpr std::string_view kTails[] = {"n't", "'s", "'re", "'ve", "'ll", "'d", "'m"};

// The last bytes of `word` in lower case with straight apostrophes; `cut[i]` tells where byte i of
// the result began in the word.
struct Tail {
  std::array<char, 8> bytes;
  std::array<uint32_t, 8> origin;
  size_t size = 0;

  std::string_view View() const { return {bytes.data(), size}; }
};

Tail ReadTail(std::string_view word) {
  Tail tail;
  size_t at = word.size() - std::min(word.size(), kLongestTail);
  while (at < word.size()) {
    char c = word[at];
    tail.origin[tail.size] = static_cast<uint32_t>(at);
    if (word.substr(at).starts_with("\xE2\x80\x99")) {
      c = '\'';
      at += 3;
    } else {
      ++at;
    }
    if (c == '`') c = '\'';
    tail.bytes[tail.size++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  }
  return tail;
}

uint32_t CutWhole(std::string_view word) {
  if (word.size() > 8) return 0;
  std::array<char, 8> lower;
  std::transform(word.begin(), word.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  for (const Contraction& one : kWhole) {
    if (one.whole == std::string_view(lower.data(), word.size())) return one.cut;
  }
  return 0;
}

}  // namespace

uint32_t ContractionCut(std::string_view word) {
  if (word.size() < 2) return 0;
  const Tail tail = ReadTail(word);
  for (const std::string_view suffix : kTails) {
    if (!tail.View().ends_with(suffix)) continue;
    return tail.origin[tail.size - suffix.size()];
  }
  return CutWhole(word);
}

}  // namespace dossier::english
