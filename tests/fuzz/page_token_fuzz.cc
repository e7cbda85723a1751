// Fuzz target: a page token as a stranger would send it. The seed is one that the secret made; what
// opens must be what Seal() writes, to the letter.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "server/query/page_token.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const dossier::PageTokens tokens("secret");
  const std::string_view token(reinterpret_cast<const char*>(data), size);
  const auto position = tokens.Open("page_token", "request", token);
  if (position.ok() && tokens.Seal("request", *position) != token) {
    std::abort();
  }
  return 0;
}
