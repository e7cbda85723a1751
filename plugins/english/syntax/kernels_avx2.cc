// Compiled for AVX2; run only where kernels.cc finds it.
#if defined(__x86_64__)
#include "plugins/english/syntax/kernels.inc"

namespace dossier::english {

extern const Kernels kAvx2Kernels;
const Kernels kAvx2Kernels = {AddRow, Multiply, Quantize, Recur, Dot};

}  // namespace dossier::english
#endif
