// Fuzz target: what the server itself reads in texts and names: forms of names, acronyms, sketches,
// and which mentions are one entity. Each line of the input is a mention; its first letter chooses
// the type.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <string>
#include <vector>

#include "server/base/utf8.h"
#include "server/ingest/acronyms.h"
#include "server/ingest/resolve.h"
#include "server/model/name_form.h"
#include "server/model/sketch.h"
#include "server/storage/keys.h"
#include "tests/fuzz/fuzz_target.h"

namespace dossier {
namespace {

void Expect(bool promise) {
  if (!promise) {
    std::abort();
  }
}

void CheckForms(std::string_view name) {
  Expect(NameForm(NameForm(name)) == NameForm(name));
  Expect(FoldName(FoldName(name)) == FoldName(name));
  const std::string alias = AliasText(name);
  Expect(alias.size() <= kMaxAliasBytes && alias.find('\0') == alias.npos);
  static_cast<void>(AcronymForm(name));
}

ExtractedMention MentionAt(const std::string& text, Span span) {
  static constexpr const char* kTypes[] = {"PERSON", "ORG", "GPE", "NORP", ""};
  ExtractedMention mention;
  mention.span = span;
  mention.name = text.substr(span.begin, span.end - span.begin);
  mention.type = kTypes[static_cast<uint8_t>(mention.name[0]) % std::size(kTypes)];
  return mention;
}

std::vector<ExtractedMention> MentionsIn(const std::string& text) {
  std::vector<ExtractedMention> mentions;
  for (uint32_t begin = 0; begin < text.size();) {
    const auto end = static_cast<uint32_t>(std::min(text.find('\n', begin), text.size()));
    if (end > begin) {
      mentions.push_back(MentionAt(text, {begin, end}));
    }
    begin = end + 1;
  }
  return mentions;
}

}  // namespace

bool TryInput(std::string_view input) {
  Document document;
  document.id = "d";
  document.text = input;
  if (FindInvalidUtf8(input)) {
    return false;
  }
  const auto mentions = MentionsIn(document.text);
  std::vector<Span> spans;
  for (const ExtractedMention& mention : mentions) {
    CheckForms(mention.name);
    spans.push_back(mention.span);
  }
  for (const ResolvedMention& mention : ResolveMentions(document, mentions)) {
    Expect(!mention.key.empty() && mention.confidence >= 0 && mention.confidence <= 1);
  }
  for (const Acronym& acronym : FindAcronyms(input)) {
    Expect(!acronym.letters.empty() && acronym.long_form.begin < acronym.long_form.end &&
           acronym.long_form.end <= input.size());
  }
  static_cast<void>(SketchDocument(input, spans));
  return true;
}

}  // namespace dossier
