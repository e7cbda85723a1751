// Hashes that name features and gazetteer phrases in model files: fixed for ever by the format.
#ifndef DOSSIER_PLUGINS_ENGLISH_NAMES_HASH_H_
#define DOSSIER_PLUGINS_ENGLISH_NAMES_HASH_H_

#include <cstdint>
#include <string_view>

namespace dossier::english {

inline constexpr uint64_t kHashSeed = 0xcbf29ce484222325;

constexpr char LowerAscii(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// FNV-1a, 64 bits.
constexpr uint64_t HashBytes(std::string_view bytes, uint64_t seed = kHashSeed) {
  for (const char c : bytes) seed = (seed ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return seed;
}

// Of the text with its ASCII letters in lower case.
constexpr uint64_t HashLower(std::string_view bytes, uint64_t seed = kHashSeed) {
  for (const char c : bytes) {
    seed = (seed ^ static_cast<unsigned char>(LowerAscii(c))) * 0x100000001b3;
  }
  return seed;
}

// One hash of two; the order counts (the mixer of MurmurHash3).
constexpr uint64_t Mix(uint64_t a, uint64_t b) {
  uint64_t h = a * 0x9e3779b97f4a7c15 + b;
  h = (h ^ (h >> 33)) * 0xff51afd7ed558ccd;
  h = (h ^ (h >> 33)) * 0xc4ceb9fe1a85ec53;
  return h ^ (h >> 33);
}

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_NAMES_HASH_H_
