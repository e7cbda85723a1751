// The arithmetic of the network, once per instruction set: products of 16-bit activations by 8-bit
// weights, which are exact in every one of them, and recurrences in single precision, which round
// alike in every one of them. So a text has one annotation, whatever the machine.
#ifndef DOSSIER_PLUGINS_ENGLISH_SYNTAX_KERNELS_H_
#define DOSSIER_PLUGINS_ENGLISH_SYNTAX_KERNELS_H_

#include <cstddef>
#include <cstdint>

namespace dossier::english {

inline constexpr uint32_t kPanel = 32;  // outputs whose weights stand together

// A layer's weights, in place in the model file. `inputs` is even and kPanel divides `outputs`.
struct Matrix {
  uint32_t inputs = 0;
  uint32_t outputs = 0;
  const int8_t* weights = nullptr;  // [outputs / 32][inputs / 2][32 outputs][2 inputs]
  const float* scales = nullptr;    // [outputs]: what a product of units is worth
  const float* biases = nullptr;    // [outputs]
};

// The per-unit weights of a recurrent layer, and how many products of its input it takes: 3, or 4
// when the last stands for the input itself.
struct Gates {
  uint32_t units = 0;  // of one direction
  uint32_t parts = 0;
  const float* forget = nullptr;  // [2 * units]
  const float* reset = nullptr;   // [2 * units]
};

struct Kernels {
  // sum[i] += row[i] * scale for `count` numbers.
  void (*add)(const int8_t* row, size_t count, float scale, float* sum);

  // y[i][o] = x[i] . weights[o] * scales[o] + biases[o] for `rows` rows.
  void (*multiply)(const Matrix& matrix, const int16_t* x, size_t rows, float* y);

  // q = round(x * scale), cut at `limit`, for `count` numbers.
  void (*quantize)(const float* x, size_t count, float scale, int16_t limit, int16_t* q);

  // Simple recurrent units (Lei et al. 2018) in both directions: per word i and unit j, c' being
  // the c of the word before (or, for the second half of the units, after),
  //   f = sigmoid(u[i][1][j] + forget[j] c'), c = f c' + (1 - f) u[i][0][j],
  //   r = sigmoid(u[i][2][j] + reset[j] c),   h[i][j] = r c + (1 - r) s[i][j]
  // where u is rows x parts x 2 units, and s is the input x when parts is 3, else u[i][3].
  void (*recur)(const Gates& gates, const float* u, const float* x, size_t rows, float* h);

  // The sum of a[i] b[i]; the caller sees to it that it fits.
  int32_t (*dot)(const int16_t* a, const int16_t* b, size_t count);
};

// Of those this processor can run, the fastest.
const Kernels& BestKernels();

// All that this processor can run, null-terminated, for tests.
const Kernels* const* AllKernels();

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_SYNTAX_KERNELS_H_
