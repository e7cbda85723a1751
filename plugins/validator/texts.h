// What the checks let a plugin read.
#ifndef DOSSIER_PLUGINS_VALIDATOR_TEXTS_H_
#define DOSSIER_PLUGINS_VALIDATOR_TEXTS_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::validator {

struct Sample {
  std::string name;
  std::string text;  // UTF-8
};

// Reports as people write them: names, numbers, dates, quotations, addresses, lists.
const std::vector<Sample>& OrdinaryTexts();

// Texts that people rarely write and documents still hold: none at all, one byte, other scripts,
// characters beyond the basic plane, NULs, marks without letters, lines without ends.
const std::vector<Sample>& OddTexts();

// `texts` one after the other, again and again, up to `size` bytes or a little less.
std::string RepeatTexts(const std::vector<Sample>& texts, std::size_t size);

// `text` with one to eight changes: pieces cut, doubled, moved, replaced by odd ones, or repeated
// many times over. UTF-8 stays UTF-8; at most 64 KiB.
std::string Mutate(std::string text, std::mt19937_64* random);

}  // namespace dossier::validator

#endif  // DOSSIER_PLUGINS_VALIDATOR_TEXTS_H_
