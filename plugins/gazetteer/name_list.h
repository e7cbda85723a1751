// The file that a user writes: a table of names, tab-separated. README.md has its grammar.
#ifndef DOSSIER_PLUGINS_GAZETTEER_NAME_LIST_H_
#define DOSSIER_PLUGINS_GAZETTEER_NAME_LIST_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "plugins/sdk/text_file.h"

namespace dossier::gazetteer {

// How much of a form's case the text must repeat, strictest last.
enum class Case : uint8_t {
  kAny,       // none of it
  kCapitals,  // a word that begins with a capital begins with one, one in capitals is in capitals
  kExact,     // all of it
};

struct ListedName {
  std::string name;
  std::string type;  // may be empty
};

// One way to write a name: the name itself or an alias.
struct Form {
  std::string text;
  uint32_t name = 0;  // which of NameList::names
  Case match = Case::kCapitals;
  size_t offset = 0;  // of the form in the file
};

struct NameList {
  std::vector<ListedName> names;
  std::vector<Form> forms;  // in the order of the file
};

inline constexpr size_t kMaxFormBytes = 512;
inline constexpr size_t kMaxForms = 1'000'000;

// Adds to *faults what is wrong; the result is then good for nothing but finding further faults.
NameList ParseNameList(const sdk::TextFile& file, sdk::FileFaults* faults);

}  // namespace dossier::gazetteer

#endif  // DOSSIER_PLUGINS_GAZETTEER_NAME_LIST_H_
