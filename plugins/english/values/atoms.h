// A text cut into runs of digits, words and marks, finer than tokens, so that the grammar reads
// "8-13", "£3m" and "10:30" alike however the tokenizer cuts them.
#ifndef DOSSIER_PLUGINS_ENGLISH_VALUES_ATOMS_H_
#define DOSSIER_PLUGINS_ENGLISH_VALUES_ATOMS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "plugins/english/text/annotation.h"
#include "plugins/english/values/lexicon.h"

namespace dossier::english {

enum class AtomKind : uint8_t { kDigits, kWord, kMark };

// What the verbs around a time say of its direction.
enum class Tense : int8_t { kPast = -1, kNone = 0, kFuture = 1 };

struct Atom {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t token = 0;
  uint32_t stretch = 0;  // a sentence, or a cell of a row: no phrase reaches over its end
  AtomKind kind = AtomKind::kMark;
  bool glued = false;                   // follows the atom before it without a space
  bool plain = false;                   // digits without separators or a decimal point
  bool capital = false;                 // a word that begins with a capital
  bool opaque = false;                  // part of an address or a name such as "F16"
  Tense tense = Tense::kNone;           // of the nearest verb before, else after, in the sentence
  const Entry* entry = &FindEntry({});  // of a word
  double number = 0;                    // of digits
};

// Immutable. Borrows the annotation. Linear time.
class Atoms {
 public:
  explicit Atoms(const Annotation& annotation);

  size_t size() const { return atoms_.size(); }
  const Annotation& annotation() const { return annotation_; }

  // The atom at i, or a mark of no stretch past either end: no grammar rule matches it.
  const Atom& operator[](size_t i) const { return i < atoms_.size() ? atoms_[i] : outside_; }

  std::string_view Form(size_t i) const;

  // Whether atom i has this form, in lower case; of the same stretch as the atom before it where
  // `i` is not the first of a phrase, which callers ensure by Joined.
  bool Is(size_t i, std::string_view lower) const;
  bool Is(size_t i, Part part) const { return (*this)[i].entry->part == part; }
  bool Is(size_t i, AtomKind kind) const { return i < atoms_.size() && atoms_[i].kind == kind; }

  // Whether i and the atom before it lie in one stretch.
  bool Joined(size_t i) const {
    return i > 0 && i < atoms_.size() && atoms_[i].stretch == atoms_[i - 1].stretch;
  }

  // The Penn tag of the token that atom i lies in; empty before tagging.
  std::string_view Tag(size_t i) const;

 private:
  // Whether no phrase reaches from the token before into this one.
  bool BeginsStretch(uint32_t token) const;
  void CutToken(uint32_t token);
  uint32_t CutDigits(uint32_t begin, uint32_t end, Atom* atom) const;
  uint32_t CutWord(uint32_t begin, uint32_t end, Atom* atom) const;
  void SpreadTense();
  Tense OwnTense(size_t i) const;

  const Annotation& annotation_;
  std::vector<Atom> atoms_;
  Atom outside_;
  uint32_t stretch_ = 0;  // of the token that is being cut
};

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_VALUES_ATOMS_H_
