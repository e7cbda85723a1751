// The smallest complete plugin: e-mail addresses as mentions.
#include <string_view>

#include "plugins/sdk/extractor.h"

namespace {

using dossier::sdk::Document;
using dossier::sdk::Extractor;
using dossier::sdk::Mention;
using dossier::sdk::Sink;
using dossier::sdk::Span;
using dossier::sdk::Status;

constexpr std::string_view kAddressCharacters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_+@";

// True for one '@' with something before it and a dot inside what follows.
bool IsAddress(std::string_view word) {
  const size_t at = word.find('@');
  if (at == 0 || at == word.npos || at != word.rfind('@')) return false;
  const size_t dot = word.find('.', at);
  return dot != word.npos && dot > at + 1;
}

class EmailExtractor : public Extractor {
 public:
  Status Process(const Document& document, Sink& sink) override {
    const std::string_view text = document.text();
    size_t begin = text.find_first_of(kAddressCharacters);
    while (begin != text.npos) {
      if (sink.stop()) return Status::Cancelled();
      const size_t end = std::min(text.find_first_not_of(kAddressCharacters, begin), text.size());
      std::string_view word = text.substr(begin, end - begin);
      while (word.ends_with('.')) word.remove_suffix(1);  // the sentence's, not the address's
      if (IsAddress(word)) {
        Mention mention;
        mention.span =
            Span{static_cast<uint32_t>(begin), static_cast<uint32_t>(begin + word.size())};
        mention.type = "EMAIL";
        sink.Add(mention);
      }
      begin = text.find_first_of(kAddressCharacters, end);
    }
    return Status::Ok();
  }
};

}  // namespace

DOSSIER_PLUGIN(EmailExtractor, "org.dossier.template.email", "1.0.0", R"(
  "description": "Finds e-mail addresses.",
  "license": "Apache-2.0",
  "emits": ["mentions"])",
               DOSSIER_REENTRANT);
