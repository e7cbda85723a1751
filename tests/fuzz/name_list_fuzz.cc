// Fuzz target: a gazetteer's list as a stranger would write it, then its first line looked for.
#include <cstddef>
#include <cstdint>
#include <string>

#include "plugins/gazetteer/matcher.h"
#include "plugins/gazetteer/name_list.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace dossier;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  if (sdk::FindInvalidUtf8(bytes) != std::string::npos) return 0;
  const sdk::TextFile file("names.tsv", bytes);
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
  return 0;
}
