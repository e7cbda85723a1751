// Compiled for AVX512; run only where kernels.cc finds it.
#if defined(__x86_64__)
#include "plugins/english/syntax/kernels.inc"

namespace dossier::english {

extern const Kernels kAvx512Kernels;
const Kernels kAvx512Kernels = {AddRow, Multiply, Quantize, Recur, Dot};

}  // namespace dossier::english
#endif
