#include "plugins/english/text/truecase.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dossier::english {
namespace {

constexpr uint32_t kFewestWords = 4;     // of a Title Case heading, small words aside
constexpr uint32_t kFewestTokens = 40;   // of running text, to tell from
constexpr size_t kLongestSmallWord = 3;  // "of", "and": small in headlines as well

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }

// A capital and then small letters: not "NATO", not "iPhone".
bool IsCapitalised(std::string_view form) {
  return form.size() > 1 && IsUpper(form[0]) && IsLower(form[1]);
}

class Truecaser {
 public:
  explicit Truecaser(const Annotation& annotation) : annotation_(annotation) {}

  std::string Recase() {
    uint32_t running = 0;
    bool any = false;
    for (const Sentence& sentence : annotation_.sentences) {
      titles_.push_back(IsTitleCase(sentence));
      any = any || titles_.back();
      if (!titles_.back()) running += sentence.end_token - sentence.first_token;
    }
    if (!any || running < kFewestTokens) return {};
    for (size_t s = 0; s < titles_.size(); ++s) {
      if (!titles_[s]) Learn(annotation_.sentences[s]);
    }
    std::string text(annotation_.text);
    for (size_t s = 0; s < titles_.size(); ++s) {
      if (titles_[s]) Apply(annotation_.sentences[s], &text);
    }
    return text;
  }

 private:
  bool IsTitleCase(const Sentence& sentence) const {
    if (sentence.kind != SentenceKind::kHeading) return false;
    uint32_t capitals = 0, smalls = 0;
    for (uint32_t i = sentence.first_token; i < sentence.end_token; ++i) {
      const std::string_view form = annotation_.Form(i);
      capitals += IsCapitalised(form);
      smalls += IsLower(form[0]) && form.size() > kLongestSmallWord;
    }
    return capitals >= kFewestWords && smalls * 8 <= capitals;
  }

  // How a sentence writes its words, but for the first, whose capital tells nothing.
  void Learn(const Sentence& sentence) {
    for (uint32_t i = sentence.first_token + 1; i < sentence.end_token; ++i) {
      const std::string_view form = annotation_.Form(i);
      if (IsCapitalised(form)) {
        ++capitals_[Small(form)];
      } else if (IsLower(form[0])) {
        --capitals_[std::string(form)];
      }
    }
  }

  // A capital that opens the line or a part of it stays.
  void Apply(const Sentence& sentence, std::string* text) const {
    for (uint32_t i = sentence.first_token + 1; i < sentence.end_token; ++i) {
      const std::string_view form = annotation_.Form(i);
      if (!IsCapitalised(form) || annotation_.Form(i - 1) == ":") continue;
      const auto seen = capitals_.find(Small(form));
      if (seen != capitals_.end() && seen->second > 0) continue;
      (*text)[annotation_.tokens[i].begin] += 'a' - 'A';
    }
  }

  static std::string Small(std::string_view form) {
    std::string small(form);
    small[0] = static_cast<char>(small[0] + ('a' - 'A'));
    return small;
  }

  const Annotation& annotation_;
  std::vector<bool> titles_;
  std::unordered_map<std::string, int> capitals_;  // times with a capital, less times without
};

}  // namespace

std::string Truecase(const Annotation& annotation) { return Truecaser(annotation).Recase(); }

}  // namespace dossier::english
