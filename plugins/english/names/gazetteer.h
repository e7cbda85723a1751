// Names known beforehand: a set of phrases, each with classes, read in place from a model file.
//
// Phrases are told apart by hashes of their lower-cased words. One in some ten thousand unknown
// phrases is taken for a known one; the sequence model weighs this evidence like any other.
#ifndef DOSSIER_PLUGINS_ENGLISH_NAMES_GAZETTEER_H_
#define DOSSIER_PLUGINS_ENGLISH_NAMES_GAZETTEER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "plugins/english/names/slot_table.h"

namespace dossier::english {

// A bit for each class, in the order of its letter here.
using GazetteerClasses = uint16_t;
inline constexpr std::string_view kGazetteerLetters = "crtlwngspoefx";
enum GazetteerClass : GazetteerClasses {
  kCountry = 1 << 0,
  kRegion = 1 << 1,
  kCity = 1 << 2,
  kLocation = 1 << 3,
  kLandform = 1 << 4,
  kPeople = 1 << 5,  // "Kenyan", "Kurds"
  kGivenName = 1 << 6,
  kSurname = 1 << 7,
  kKnownPerson = 1 << 8,
  kGroup = 1 << 9,
  kKnownEvent = 1 << 10,
  kArtifact = 1 << 11,  // buildings, ships, works
  kCommonWord = 1 << 12,
};
inline constexpr size_t kMaxGazetteerWords = 6;

// The hash of a phrase from those of its words (Lexeme::lower), one after the other.
inline constexpr uint64_t kEmptyPhrase = 0;
uint64_t ExtendPhrase(uint64_t phrase, uint64_t word);

// Thread-safe; borrows the bytes.
class Gazetteer {
 public:
  struct Entry {
    GazetteerClasses classes = 0;  // 0: only the beginning of longer phrases
    bool continues = false;        // some known phrase is longer
  };

  // Nothing when the section's sizes do not agree.
  static std::optional<Gazetteer> Open(std::span<const std::byte> section);

  // The entry of a phrase; an empty one when it is unknown. Constant time.
  Entry Find(uint64_t phrase) const;

 private:
  SlotTable slots_;
};

// Collects phrases and writes the section, a SlotTable: 1 bit continues, 13 bits classes.
class GazetteerBuilder {
 public:
  void Add(std::string_view phrase, GazetteerClasses classes);

  // Adds the lines "phrase TAB letters" of a file's text. False on a line of another form.
  bool AddLines(std::string_view text);

  std::string Write() const;

 private:
  std::unordered_map<uint64_t, Gazetteer::Entry> entries_;
};

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_NAMES_GAZETTEER_H_
