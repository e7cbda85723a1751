// Fuzz target: a page token as a stranger would send it. The seed is one that the secret made; what
// opens must be what Seal() writes, to the letter.
#include <cstdlib>

#include "server/query/page_token.h"
#include "tests/fuzz/fuzz_target.h"

bool dossier::TryInput(std::string_view token) {
  static const PageTokens tokens("secret");
  const auto position = tokens.Open("page_token", "request", token);
  if (position.ok() && tokens.Seal("request", *position) != token) {
    std::abort();
  }
  return position.ok();
}
