#include "plugins/english/syntax/kernels.h"

#include "plugins/english/syntax/kernels.inc"

namespace dossier::english {

// kernels_avx2.cc and kernels_avx512.cc.
extern const Kernels kAvx2Kernels;
extern const Kernels kAvx512Kernels;

namespace {

constexpr Kernels kPlainKernels = {AddRow, Multiply, Quantize, Recur, Dot};

struct Choice {
  const Kernels* kernels[4] = {};  // the fastest first

  Choice() {
    size_t count = 0;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")) {
      kernels[count++] = &kAvx512Kernels;
    }
    if (__builtin_cpu_supports("avx2")) kernels[count++] = &kAvx2Kernels;
#endif
    kernels[count] = &kPlainKernels;
  }
};

}  // namespace

const Kernels* const* AllKernels() {
  static const Choice choice;
  return choice.kernels;
}

const Kernels& BestKernels() { return *AllKernels()[0]; }

}  // namespace dossier::english
