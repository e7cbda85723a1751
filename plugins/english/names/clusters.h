// Words alike: which words stand among the same neighbours in much unlabelled text, as clusters of
// word vectors tell, read in place from a model file.
#ifndef DOSSIER_PLUGINS_ENGLISH_NAMES_CLUSTERS_H_
#define DOSSIER_PLUGINS_ENGLISH_NAMES_CLUSTERS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "plugins/english/names/slot_table.h"

namespace dossier::english {

inline constexpr uint32_t kFineClusters = 1024;
inline constexpr uint32_t kCoarseClusters = 63;

// A coarse cluster is a set of whole fine ones. An unknown word has the last coarse number.
struct Cluster {
  uint16_t fine = 0;
  uint8_t coarse = kCoarseClusters;

  bool operator==(const Cluster&) const = default;
};

// Thread-safe; borrows the bytes. One in some thirty thousand unknown words is taken for a known
// one.
class WordClusters {
 public:
  // Nothing when the section's sizes do not agree.
  static std::optional<WordClusters> Open(std::span<const std::byte> section);

  // By the hash of a word in lower case (Lexeme::lower). Constant time.
  Cluster Find(uint64_t word) const;

 private:
  SlotTable slots_;
};

// Collects words and writes the section, a SlotTable: 10 bits fine, 6 bits coarse.
class ClusterBuilder {
 public:
  // Adds the fine clusters of a file's text, one a line from number 0: "coarse TAB word SPACE
  // word...". Of equal words the first counts. False on a line of another form or one too many.
  bool AddLines(std::string_view text);

  std::string Write() const;

 private:
  std::unordered_map<uint64_t, Cluster> words_;
};

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_NAMES_CLUSTERS_H_
