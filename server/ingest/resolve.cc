#include "server/ingest/resolve.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "server/base/utf8.h"
#include "server/ingest/acronyms.h"
#include "server/ingest/names.h"

namespace dossier {
namespace {

constexpr std::string_view kPerson = "PERSON";

// Words in front of a description that only the document can fill.
constexpr std::string_view kDeterminers =
    " a an another her his its my our some such that the their these this those whose your"
    " yours ";

std::string_view InBrackets(std::string_view name, std::size_t open) {
  return name.substr(open + 1, name.size() - open - 2);
}

bool IsPossessive(std::string_view word) { return word.ends_with("'s") || word.ends_with("’s"); }

// A folded name is the key of what every document may mean by it. What only this document can mean
// begins with a space, as no folded name does: the document's id, counted like a netstring, then
// the description.
std::string DescriptionKey(const Document& document, std::string_view folded) {
  return fmt::format(" {}:{}:{}", document.id.size(), document.id, folded);
}
std::string PlaceKey(const Document& document, Span span) {
  return fmt::format(" {}:{}@{}-{}", document.id.size(), document.id, span.begin, span.end);
}

// "the meeting", "their new minister", "a spokesman": the words single nothing out beyond the
// document. A description of several words that holds a name ("the Korean troops") does.
bool NeedsDocument(std::string_view words, std::string_view clean_name) {
  const std::vector<std::string_view> said = SplitWords(words);
  const std::vector<std::string_view> name = SplitWords(clean_name);
  if (said.empty() || name.empty()) {
    return true;
  }
  const bool owned = IsPossessive(said.front()) && name.front() != said.front();
  const std::string first = FoldName(said.front());
  if (!owned && !HasWord(kDeterminers, first)) {
    return false;
  }
  return name.size() == 1 || std::none_of(name.begin(), name.end(), [](std::string_view word) {
           return FoldName(word) != word;
         });
}

// What several parts of a document may claim for one form: kept only while they agree.
class Claims {
 public:
  struct Claim {
    std::string key;
    uint32_t since = 0;  // the first place that makes it
    bool disputed = false;
  };

  void Add(const std::string& form, const std::string& key, uint32_t begin) {
    const auto [it, added] = claims_.try_emplace(form, Claim{key, begin});
    it->second.disputed |= it->second.key != key;
    it->second.since = std::min(it->second.since, begin);
  }
  const Claim* Find(const std::string& form) const {
    const auto it = claims_.find(form);
    return it == claims_.end() ? nullptr : &it->second;
  }

 private:
  std::map<std::string, Claim> claims_;
};

class Resolver {
 public:
  Resolver(const Document& document, const std::vector<ExtractedMention>& mentions)
      : document_(document), mentions_(mentions) {}

  std::vector<ResolvedMention> Run() {
    const std::vector<Acronym> introduced = FindAcronyms(document_.text);
    ReadNames(introduced);
    ReadAcronyms(introduced);
    std::vector<ResolvedMention> own;
    own.reserve(mentions_.size());
    for (std::size_t i = 0; i < mentions_.size(); ++i) {
      own.push_back(ByItself(i));
    }
    return FollowAntecedents(std::move(own));
  }

 private:
  bool IsPersonName(std::size_t i) const {
    return mentions_[i].kind == MentionKind::kName && mentions_[i].type == kPerson;
  }

  // Clean names, and what people may be called for short.
  void ReadNames(const std::vector<Acronym>& introduced) {
    std::set<std::string_view> acronyms;
    for (const Acronym& acronym : introduced) {
      acronyms.insert(acronym.letters);
    }
    for (std::size_t i = 0; i < mentions_.size(); ++i) {
      std::string name = CleanName(mentions_[i].name);
      const auto bracket = name.rfind(" (");
      if (bracket != std::string::npos && name.ends_with(')') &&
          acronyms.count(AcronymForm(InBrackets(name, bracket + 1))) > 0) {
        name.resize(bracket);
      }
      if (IsPersonName(i)) {
        const std::string person = WithoutTitles(name);
        const std::string folded = FoldName(person);
        const PersonName parts = SplitPersonName(folded);
        if (!parts.given.empty()) {
          people_.Add(parts.surname, folded, mentions_[i].span.begin);
          people_.Add(std::string(parts.first()), folded, mentions_[i].span.begin);
          name = person;
        }
      }
      folded_.push_back(FoldName(name));
      names_.push_back(std::move(name));
    }
  }

  // An acronym stands for the name that ends where its long form does and holds all of it, the
  // longest such; failing that, for the long form itself.
  void ReadAcronyms(const std::vector<Acronym>& introduced) {
    std::multimap<uint32_t, std::size_t> by_end;
    for (std::size_t i = 0; i < mentions_.size(); ++i) {
      if (mentions_[i].kind == MentionKind::kName) {
        by_end.emplace(mentions_[i].span.end, i);
      }
    }
    for (const Acronym& acronym : introduced) {
      const Span long_form = acronym.long_form;
      Span widest = long_form;
      std::string key = FoldName(CleanName(Slice(document_.text, long_form)));
      const auto [first, last] = by_end.equal_range(long_form.end);
      for (auto it = first; it != last; ++it) {
        const Span span = mentions_[it->second].span;
        if (span.begin <= widest.begin && !folded_[it->second].empty()) {
          widest = span;
          key = folded_[it->second];
        }
      }
      acronyms_.Add(acronym.letters, key, long_form.begin);
    }
  }

  ResolvedMention ByItself(std::size_t i) const {
    const ExtractedMention& mention = mentions_[i];
    const std::string& folded = folded_[i];
    if (mention.kind == MentionKind::kPronoun || folded.empty()) {
      return {PlaceKey(document_, mention.span), names_[i], "self"};
    }
    if (const auto* claim = acronyms_.Find(AcronymForm(folded)); claim && !claim->disputed) {
      return {claim->key, names_[i], "acronym"};
    }
    if (mention.kind == MentionKind::kNominal &&
        NeedsDocument(Slice(document_.text, mention.span), names_[i])) {
      return {DescriptionKey(document_, folded), names_[i], "name"};
    }
    if (auto by_part = ByPartOfName(i)) {
      return *std::move(by_part);
    }
    return {folded, names_[i], "name"};
  }

  // Part of the name of somebody who was named before. One that several people share stays in the
  // document, linked to none of them.
  std::optional<ResolvedMention> ByPartOfName(std::size_t i) const {
    if (!IsPersonName(i)) {
      return std::nullopt;
    }
    const std::string person = WithoutTitles(names_[i]);
    const std::string folded = FoldName(person);
    const auto* claim = people_.Find(folded);
    if (claim == nullptr || !SplitPersonName(folded).given.empty()) {
      return std::nullopt;
    }
    if (claim->disputed) {
      return ResolvedMention{DescriptionKey(document_, folded_[i]), names_[i], "name"};
    }
    if (claim->since >= mentions_[i].span.begin) {
      return std::nullopt;
    }
    const bool surname = SplitPersonName(claim->key).surname == folded;
    return ResolvedMention{claim->key, person, surname ? "surname" : "first name"};
  }

  struct Link {
    std::size_t root = 0;
    double confidence = 1;  // of the weakest link on the way to the root
  };

  // Where each mention's antecedents lead. An antecedent stands earlier, so no link closes a
  // circle; one that does not is left out.
  std::vector<Link> FindRoots() const {
    std::vector<Link> links;
    for (std::size_t i = 0; i < mentions_.size(); ++i) {
      const auto to = mentions_[i].antecedent;
      links.push_back(to && *to < i ? Link{links[*to].root,
                                           std::min(mentions_[i].confidence, links[*to].confidence)}
                                    : Link{i, 1});
    }
    return links;
  }

  // What the words of a mention are worth as the name of all that are linked to it.
  int Rank(std::size_t i, const ResolvedMention& own) const {
    if (own.key.starts_with(' ')) {
      return 0;
    }
    return mentions_[i].kind == MentionKind::kName ? 2 : 1;
  }

  // Mentions that hang together by antecedents name one entity: that of the first among them whose
  // words say most.
  std::vector<ResolvedMention> FollowAntecedents(std::vector<ResolvedMention> own) const {
    const std::vector<Link> links = FindRoots();
    std::vector<std::size_t> head(own.size());  // by root
    for (std::size_t i = 0; i < own.size(); ++i) {
      head[i] = i;
    }
    for (std::size_t i = 0; i < own.size(); ++i) {
      std::size_t& best = head[links[i].root];
      const int rank = Rank(i, own[i]);
      const int best_rank = Rank(best, own[best]);
      if (rank > best_rank || (rank == best_rank && i < best)) {
        best = i;
      }
    }
    std::vector<ResolvedMention> resolved = own;
    for (std::size_t i = 0; i < own.size(); ++i) {
      const std::size_t chosen = head[links[i].root];
      if (own[i].key == own[chosen].key) {
        continue;  // its own words lead there
      }
      const std::size_t linked = links[i].root == i ? chosen : i;
      resolved[i] = {own[chosen].key,
                     mentions_[i].kind == MentionKind::kName ? own[i].name : std::string(),
                     mentions_[linked].rule.empty() ? "antecedent" : mentions_[linked].rule,
                     std::min(links[i].confidence, links[chosen].confidence)};
    }
    return resolved;
  }

  const Document& document_;
  const std::vector<ExtractedMention>& mentions_;
  std::vector<std::string> names_;   // clean, by mention
  std::vector<std::string> folded_;  // FoldName() of them
  Claims people_;                    // folded surname or first name -> folded full name
  Claims acronyms_;                  // AcronymForm() -> folded long form
};

}  // namespace

std::vector<ResolvedMention> ResolveMentions(const Document& document,
                                             const std::vector<ExtractedMention>& mentions) {
  return Resolver(document, mentions).Run();
}

}  // namespace dossier
