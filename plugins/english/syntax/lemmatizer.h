// Dictionary forms: "deployed" VBD is "deploy". A table of known words and of endings, each with
// the edit that makes the lemma.
#ifndef DOSSIER_PLUGINS_ENGLISH_SYNTAX_LEMMATIZER_H_
#define DOSSIER_PLUGINS_ENGLISH_SYNTAX_LEMMATIZER_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/english/model/model_file.h"
#include "plugins/english/model/weight_table.h"

namespace dossier::english {

// A line of the section "lemma.edits" is "<case><strip> <append>": case 'k' keeps capitals, 'l'
// lowers them; then `strip` bytes go from the end and `append` comes on.
struct LemmaEdit {
  bool lower = false;
  uint8_t strip = 0;
  std::string_view append;
};

// The keys of a word with a tag ("VBD VERB"), from the whole word over its last five bytes to none.
// `lower` is in lower case.
inline constexpr size_t kLemmaKeys = 7;
std::array<uint64_t, kLemmaKeys> LemmaKeys(std::string_view lower, std::string_view tag);

// `form` with curly apostrophes straightened, and the same in lower case (ASCII only).
std::string StraightForm(std::string_view form);
std::string LowerForm(std::string_view form);

// Thread-safe; borrows the bytes of the model file. Section "lemma.table": FeatureNumbers of edits.
class Lemmatizer : private FeatureNumbers {
 public:
  bool Open(const ModelFile& file);

  // The lemma, in `lemma`; a word too long to be one is its own.
  void Lemmatize(std::string_view form, std::string_view tag, std::string& lemma) const;

 private:
  std::vector<LemmaEdit> edits_;
};

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_SYNTAX_LEMMATIZER_H_
