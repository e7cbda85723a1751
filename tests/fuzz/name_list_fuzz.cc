// Fuzz target: a gazetteer's list as a stranger would write it, then its first line looked for.
#include <cstdint>
#include <string>

#include "plugins/gazetteer/matcher.h"
#include "plugins/gazetteer/name_list.h"
#include "tests/fuzz/fuzz_target.h"

bool dossier::TryInput(std::string_view input) {
  if (sdk::FindInvalidUtf8(input) != input.npos) return false;
  const sdk::TextFile file("names.tsv", std::string(input));
  sdk::FileFaults faults(file);
  const gazetteer::NameList list = gazetteer::ParseNameList(file, &faults);
  const gazetteer::Matcher matcher(list, file, &faults);
  uint32_t end = 0;
  matcher.Find(
      file.text(),
      [&](const gazetteer::Match& match) {
        if (match.begin < end || match.end <= match.begin || match.end > file.text().size()) {
          __builtin_trap();
        }
        end = match.end;
      },
      [] { return false; });
  return faults.empty();
}
