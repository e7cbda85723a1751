// Copies of a text, told by a small sample of its word sequences: w-shingling and the resemblance
// of sets estimated from their k smallest hashes, after A. Z. Broder, "On the resemblance and
// containment of documents" (1997). A sketch is a function of the text, so it comes and goes with
// its document.
#ifndef DOSSIER_SERVER_MODEL_SKETCH_H_
#define DOSSIER_SERVER_MODEL_SKETCH_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "server/model/span.h"

namespace dossier {

// The smallest hashes of a text's shingles: kShingleWords words in a row, in any case and
// punctuation. Ascending, each once.
using Sketch = std::vector<uint32_t>;

inline constexpr std::size_t kShingleWords = 3;
inline constexpr std::size_t kTextSketchHashes = 64;
inline constexpr std::size_t kPassageSketchHashes = 16;
// A shorter sentence is nobody's: two writers may well find the same ten words.
inline constexpr std::size_t kMinPassageShingles = 8;
inline constexpr std::size_t kMaxPassageBytes = 4096;

// The hashes are stored: they never change. A text of fewer words than a shingle is one. Linear.
Sketch SketchOf(std::string_view text, std::size_t max_hashes);

// Of the shingles that two texts have together, the part that both have, 0 to 1, estimated from
// their sketches; exact where these are whole. 0 when one is empty. REQUIRES: sketches of at most
// `max_hashes`, made with it.
double Resemblance(const Sketch& a, const Sketch& b, std::size_t max_hashes);

// A sentence that states something, as it may be found again in another document.
struct Passage {
  Span sentence;
  Sketch sketch;

  friend bool operator==(const Passage&, const Passage&) = default;
};

struct DocumentSketch {
  Sketch text;
  std::vector<Passage> passages;  // ascending by sentence

  // The sketch of a sentence; nullptr when it has none.
  const Sketch* FindPassage(Span sentence) const;

  friend bool operator==(const DocumentSketch&, const DocumentSketch&) = default;
};

// `sentences`, in any order and as often as they come, that are long enough to tell a copy by, and
// at most kMaxPassageBytes long. REQUIRES: spans inside `text`.
DocumentSketch SketchDocument(std::string_view text, std::vector<Span> sentences);

}  // namespace dossier

#endif  // DOSSIER_SERVER_MODEL_SKETCH_H_
