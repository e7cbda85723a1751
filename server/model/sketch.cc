#include "server/model/sketch.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cassert>

namespace dossier {
namespace {

// FNV-1a over code points.
constexpr uint64_t kHashBasis = 0xcbf29ce484222325;
constexpr uint64_t kHashPrime = 0x100000001b3;

// The finalizer of MurmurHash3, by A. Appleby: every bit of the input moves every bit of the
// output.
uint64_t Mix(uint64_t hash) {
  hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
  hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
  return hash ^ (hash >> 33);
}

// Whether `c` is a word by itself: scripts without spaces between words.
bool IsWholeWord(UChar32 c) {
  return c >= 0x0e00 && (u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) != 0 ||
                         u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT ||
                         (c >= 0x3040 && c <= 0x30ff));  // kana
}

// Calls use(hash) for each word of `text`, in order.
template <class Use>
void ForEachWord(std::string_view text, Use use) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int64_t>(text.size());
  uint64_t word = kHashBasis;
  const auto end_word = [&] {
    if (word != kHashBasis) {
      use(Mix(word));
      word = kHashBasis;
    }
  };
  for (int64_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    if (c < 0 || u_isalnum(c) == 0) {
      // An apostrophe joins: "Talvia's" is one word however it is typeset.
      if (c != '\'' && c != 0x2019) {
        end_word();
      }
      continue;
    }
    if (IsWholeWord(c)) {
      end_word();
    }
    word = (word ^ static_cast<uint64_t>(u_foldCase(c, U_FOLD_CASE_DEFAULT))) * kHashPrime;
    if (IsWholeWord(c)) {
      end_word();
    }
  }
  end_word();
}

// The smallest different hashes that it is given, in memory for twice as many.
class Smallest {
 public:
  explicit Smallest(std::size_t max) : max_(max) {}

  void Add(uint32_t hash) {
    if (hash <= bound_) {
      kept_.push_back(hash);
      if (kept_.size() == 2 * max_) {
        Trim();
      }
    }
  }

  Sketch Take() {
    Trim();
    return std::move(kept_);
  }

 private:
  void Trim() {
    std::sort(kept_.begin(), kept_.end());
    kept_.erase(std::unique(kept_.begin(), kept_.end()), kept_.end());
    if (kept_.size() >= max_) {
      kept_.resize(max_);
      bound_ = kept_.back();
    }
  }

  const std::size_t max_;
  uint32_t bound_ = UINT32_MAX;
  Sketch kept_;
};

}  // namespace

Sketch SketchOf(std::string_view text, std::size_t max_hashes) {
  Smallest smallest(max_hashes);
  uint64_t window[kShingleWords] = {};
  std::size_t words = 0;
  const auto add_window = [&] {
    uint64_t hash = kHashBasis;
    for (const uint64_t word : window) {
      hash = Mix(hash ^ word);
    }
    smallest.Add(static_cast<uint32_t>(hash >> 32));
  };
  ForEachWord(text, [&](uint64_t word) {
    std::copy(std::begin(window) + 1, std::end(window), std::begin(window));
    window[kShingleWords - 1] = word;
    if (++words >= kShingleWords) {
      add_window();
    }
  });
  if (words > 0 && words < kShingleWords) {
    add_window();
  }
  return smallest.Take();
}

double Resemblance(const Sketch& a, const Sketch& b, std::size_t max_hashes) {
  assert(a.size() <= max_hashes && b.size() <= max_hashes);
  if (a.empty() || b.empty()) {
    return 0;
  }
  // Of the smallest hashes of the union, those in both.
  std::size_t all = 0;
  std::size_t both = 0;
  for (auto i = a.begin(), j = b.begin(); all < max_hashes && (i != a.end() || j != b.end());
       ++all) {
    if (j == b.end() || (i != a.end() && *i < *j)) {
      ++i;
    } else if (i == a.end() || *j < *i) {
      ++j;
    } else {
      ++both;
      ++i;
      ++j;
    }
  }
  return static_cast<double>(both) / static_cast<double>(all);
}

const Sketch* DocumentSketch::FindPassage(Span sentence) const {
  const auto it = std::lower_bound(
      passages.begin(), passages.end(), sentence,
      [](const Passage& passage, Span wanted) { return passage.sentence < wanted; });
  return it != passages.end() && it->sentence == sentence ? &it->sketch : nullptr;
}

DocumentSketch SketchDocument(std::string_view text, std::vector<Span> sentences) {
  std::sort(sentences.begin(), sentences.end());
  sentences.erase(std::unique(sentences.begin(), sentences.end()), sentences.end());
  DocumentSketch sketch{SketchOf(text, kTextSketchHashes), {}};
  for (const Span sentence : sentences) {
    if (sentence.size() > kMaxPassageBytes) {
      continue;
    }
    Sketch passage = SketchOf(Slice(text, sentence), kPassageSketchHashes);
    if (passage.size() >= kMinPassageShingles) {
      sketch.passages.push_back({sentence, std::move(passage)});
    }
  }
  return sketch;
}

}  // namespace dossier
