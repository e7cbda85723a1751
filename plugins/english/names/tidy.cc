#include "plugins/english/names/tidy.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "plugins/english/names/cues.h"
#include "plugins/english/text/addresses.h"

namespace dossier::english {
namespace {

// Endings of the names of files, without those that companies carry (".com").
constexpr std::array<std::string_view, 18> kFileEndings = {
    "csv", "doc", "docx", "exe", "gif", "gz",  "htm", "html", "jpeg",
    "jpg", "mp3", "pdf",  "png", "ppt", "txt", "xls", "xlsx", "zip"};

bool IsAddress(std::string_view form) {
  if (form.find('@') != form.npos || AddressSize(form, 0) > 0) return true;
  const size_t dot = form.rfind('.');
  return dot != form.npos && dot > 0 &&
         std::find(kFileEndings.begin(), kFileEndings.end(), form.substr(dot + 1)) !=
             kFileEndings.end();
}

}  // namespace

void Tidy(const Annotation& annotation, std::vector<LabelledSpan>* names) {
  std::erase_if(*names, [&](const LabelledSpan& name) {
    for (uint32_t i = name.begin; i < name.end; ++i) {
      if (IsAddress(annotation.Form(i))) return true;
    }
    return false;
  });
  for (LabelledSpan& name : *names) {
    if (name.type != Coarse::kPerson) continue;
    while (name.begin + 1 < name.end && FindCue(annotation.Form(name.begin)) == Cue::kTitle) {
      ++name.begin;
    }
  }
}

}  // namespace dossier::english
