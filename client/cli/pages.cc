#include "client/cli/pages.h"

namespace dossier::cli {

v1::EntitySelector Selector(const std::string& text) {
  v1::EntitySelector selector;
  if (text.starts_with("id:")) {
    selector.set_id(text.substr(3));
  } else {
    selector.set_name(text);
  }
  return selector;
}

void AddLimit(CLI::App& command, uint64_t* limit) {
  command.add_option("--limit", *limit, "Most results to print")
      ->check(CLI::Range(uint64_t{1}, uint64_t{1} << 40))
      ->capture_default_str();
}

}  // namespace dossier::cli
