// Hashes that name features. They are part of the model file: changing one makes every model wrong.
#ifndef DOSSIER_PLUGINS_ENGLISH_MODEL_HASH_H_
#define DOSSIER_PLUGINS_ENGLISH_MODEL_HASH_H_

#include <cstdint>
#include <string_view>

namespace dossier::english {

// FNV-1a.
constexpr uint64_t HashBytes(std::string_view bytes) {
  uint64_t hash = 0xCBF29CE484222325;
  for (const char byte : bytes) {
    hash = (hash ^ static_cast<uint8_t>(byte)) * 0x100000001B3;
  }
  return hash;
}

// Folds one more value into a feature. Order matters.
constexpr uint64_t Combine(uint64_t hash, uint64_t value) {
  hash = (hash + value) * 0x9E3779B97F4A7C15;
  return hash ^ (hash >> 31);
}

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_MODEL_HASH_H_
