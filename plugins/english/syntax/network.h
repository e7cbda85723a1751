// The network that tags and parses: vectors of words, layers of simple recurrent units that read
// the sentence both ways (Lei et al. 2018), and on top of them, per word, a tag, a score for every
// other word as its head (Dozat and Manning 2017), the best tree under these scores, and the
// relation to the head (Kiperwasser and Goldberg 2016). Activations have 16 bits, weights 8.
//
// Its section, little-endian, floats being of 32 bits:
//
//   network = header, 64 bytes as in NetworkHeader | layer, `layers` times | matrix heads
//             | matrix attend | float root_key[hidden] | float root_relation[hidden]
//             | matrix relation
//   layer   = matrix | float forget[2 units] | float reset[2 units]
//   matrix  = int8 weights | float scales[outputs] | float biases[outputs], as in kernels.h
//
// The first layer takes 4 products of `width` numbers per unit, later ones 3 of 2 `units`. `heads`
// has the outputs: tags, padded to a multiple of 32; dependent; head; relation's dependent;
// relation's head, each of `hidden`. `relation`, too, is padded.
#ifndef DOSSIER_PLUGINS_ENGLISH_SYNTAX_NETWORK_H_
#define DOSSIER_PLUGINS_ENGLISH_SYNTAX_NETWORK_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "plugins/english/syntax/kernels.h"
#include "plugins/english/syntax/lexeme.h"
#include "plugins/english/syntax/spanning_tree.h"
#include "plugins/english/syntax/word_vectors.h"

namespace dossier::english {

inline constexpr size_t kMostLayers = 4;

struct NetworkHeader {
  uint32_t width;      // of a word's vector
  uint32_t units;      // of a layer in one direction
  uint32_t hidden;     // between the layers and the scores
  uint32_t layers;     // 1 to kMostLayers
  uint32_t tags;       // at most 255
  uint32_t relations;  // at most 255
  // What activations are multiplied by to become integers.
  float input_scale;
  float layer_scales[kMostLayers];
  float dependent_scale;
  float query_scale;
  float key_scale;
  float relation_scale;
  uint32_t unused;
};
static_assert(sizeof(NetworkHeader) == 64);

// What the network says of a word. Heads are 0 to n - 1, or n for the root.
struct ParsedWord {
  uint16_t head = 0;
  uint8_t relation = 0;
  uint8_t tag = 0;
};

// One per thread; keeps its memory between sentences.
struct NetworkScratch {
  std::vector<float> input, products, output;
  std::vector<int16_t> integers, queries, keys;
  std::vector<uint16_t> heads;
  SpanningTree tree;
};

// Thread-safe; borrows the bytes of its sections.
class Network {
 public:
  // `root_relation` is kept for the root's word. False when the sections do not agree.
  bool Open(std::span<const std::byte> words, std::span<const std::byte> network,
            uint8_t root_relation);

  uint32_t tag_count() const { return header_.tags; }
  uint32_t relation_count() const { return header_.relations; }

  // Fills `parsed`, one per word, with a tree that has one word under the root. Takes time linear
  // in the words but for the scores of arcs, of which there are words * words.
  void Parse(std::span<const Lexeme> words, NetworkScratch& scratch,
             std::span<ParsedWord> parsed) const;

 private:
  struct Layer {
    Matrix matrix;
    Gates gates;
  };

  // Leaves the layers' output in scratch.integers.
  void Encode(std::span<const Lexeme> words, NetworkScratch& scratch) const;
  void ScoreArcs(size_t words, NetworkScratch& scratch) const;
  void Label(NetworkScratch& scratch, std::span<ParsedWord> parsed) const;

  NetworkHeader header_ = {};
  WordVectors words_;
  std::vector<Layer> layers_;
  Matrix heads_;
  Matrix attend_;
  Matrix relation_;
  const float* root_key_ = nullptr;
  const float* root_of_relation_ = nullptr;
  uint8_t root_relation_ = 0;
  const Kernels* kernels_ = nullptr;
};

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_SYNTAX_NETWORK_H_
