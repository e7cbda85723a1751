#include "plugins/english/names/training/gum.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace dossier::english {
namespace {

struct Word {
  std::string form;
  std::string tag;
  size_t head = 0;  // counted from 1; 0 for the root
};

struct Mention {
  size_t begin = 0;
  size_t end = 0;
  std::string type;
};

std::optional<Coarse> CoarseOf(const std::string& type) {
  static const std::map<std::string, Coarse> kTypes = {
      {"person", Coarse::kPerson}, {"organization", Coarse::kOrg}, {"place", Coarse::kPlace},
      {"event", Coarse::kEvent},   {"object", Coarse::kProduct},   {"abstract", Coarse::kMisc},
  };
  const auto found = kTypes.find(type);
  return found == kTypes.end() ? std::nullopt : std::optional(found->second);
}

bool IsProper(const Word& word) { return word.tag == "NNP" || word.tag == "NNPS"; }

bool IsCapital(const Word& word) { return word.form[0] >= 'A' && word.form[0] <= 'Z'; }

// Words that join the parts of a name.
bool IsJoint(const Word& word, bool person) {
  static constexpr std::array<std::string_view, 18> kJoints = {
      "-",   "'s", "’s",  "of",  "de",  "del", "la",  "van", "der",
      "von", "al", "bin", "for", "the", "&",   "and", "'",   "."};
  const auto found = std::find(kJoints.begin(), kJoints.end(), word.form);
  if (found == kJoints.end()) return false;
  return !person || (word.form != "and" && word.form != "of" && word.form != "for" &&
                     word.form != "the" && word.form != "'s" && word.form != "’s");
}

class SentenceReader {
 public:
  explicit SentenceReader(DocumentBuilder* builder) : builder_(builder) {}

  void AddWord(const std::vector<std::string>& columns) {
    words_.push_back({columns[1], columns[4], std::stoul(columns[6])});
    const std::string& misc = columns[9];
    const size_t entity = misc.find("Entity=");
    if (entity == std::string::npos) return;
    ReadEntities(misc.substr(entity + 7, misc.find('|', entity) - entity - 7));
  }

  void End() {
    std::stable_sort(mentions_.begin(), mentions_.end(), [](const Mention& a, const Mention& b) {
      return a.end - a.begin > b.end - b.begin;
    });
    std::vector<bool> taken(words_.size());
    const uint32_t first = builder_->token_count();
    for (const Word& word : words_) builder_->AddToken(word.form);
    for (const Mention& mention : mentions_) {
      const auto type = CoarseOf(mention.type);
      size_t begin = 0;
      size_t end = 0;
      if (!type || !FindName(mention, *type == Coarse::kPerson, &begin, &end)) continue;
      if (std::any_of(taken.begin() + static_cast<long>(begin),
                      taken.begin() + static_cast<long>(end), [](bool t) { return t; })) {
        continue;
      }
      std::fill(taken.begin() + static_cast<long>(begin), taken.begin() + static_cast<long>(end),
                true);
      const auto at = [&](size_t word) { return first + static_cast<uint32_t>(word); };
      builder_->AddName({at(begin), at(end), *type}, false);
    }
    builder_->EndSentence();
    words_.clear();
    mentions_.clear();
    open_.clear();
  }

 private:
  // "(1-person-new(2-place" opens, "2)1)" closes, "(3-event)" does both.
  void ReadEntities(const std::string& text) {
    for (size_t at = 0; at < text.size();) {
      const bool opens = text[at] == '(';
      const size_t stop = std::min(text.find_first_of("()", at + 1), text.size());
      const std::string body = text.substr(at + (opens ? 1 : 0), stop - at - (opens ? 1 : 0));
      const std::string id = body.substr(0, body.find('-'));
      if (opens) {
        const size_t type = std::min(body.find('-'), body.size() - 1) + 1;
        open_.push_back(
            {id, {words_.size() - 1, 0, body.substr(type, body.find('-', type) - type)}});
      }
      const bool closes = stop < text.size() && text[stop] == ')';
      if (closes) Close(id);
      at = closes ? stop + 1 : stop;
    }
  }

  void Close(const std::string& id) {
    for (size_t i = open_.size(); i-- > 0;) {
      if (open_[i].first != id) continue;
      open_[i].second.end = words_.size();
      mentions_.push_back(open_[i].second);
      open_.erase(open_.begin() + static_cast<long>(i));
      return;
    }
  }

  // The run of capitalised words around the mention's head.
  bool FindName(const Mention& mention, bool person, size_t* begin, size_t* end) const {
    size_t head = mention.begin;
    while (head < mention.end && words_[head].head > mention.begin &&
           words_[head].head <= mention.end) {
      ++head;
    }
    if (head == mention.end || !IsProper(words_[head])) return false;
    const auto inside = [&](size_t i) { return IsCapital(words_[i]) || IsProper(words_[i]); };
    *begin = head;
    while (*begin > mention.begin) {
      size_t next = *begin - 1;
      while (next > mention.begin && IsJoint(words_[next], person)) --next;
      if (!inside(next) || *begin - next > 3) break;
      *begin = next;
    }
    *end = head + 1;
    while (*end < mention.end) {
      size_t next = *end;
      while (next + 1 < mention.end && IsJoint(words_[next], person)) ++next;
      if (!inside(next) && words_[next].tag != "CD") break;
      if (next - *end > 2) break;
      *end = next + 1;
    }
    return true;
  }

  DocumentBuilder* builder_;
  std::vector<Word> words_;
  std::vector<Mention> mentions_;
  std::vector<std::pair<std::string, Mention>> open_;
};

}  // namespace

void ReadGum(std::istream& file, DocumentBuilder* builder) {
  SentenceReader reader(builder);
  for (std::string line; std::getline(file, line);) {
    if (line.empty()) {
      reader.End();
    } else if (line.starts_with("# newdoc")) {
      builder->EndDocument();
    } else if (line[0] != '#') {
      std::vector<std::string> columns;
      std::istringstream stream(line);
      for (std::string column; std::getline(stream, column, '\t');) columns.push_back(column);
      if (columns[0].find_first_of("-.") == std::string::npos) reader.AddWord(columns);
    }
  }
}

}  // namespace dossier::english
