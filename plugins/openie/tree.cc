#include "plugins/openie/tree.h"

#include <algorithm>
#include <array>

namespace dossier::openie {
namespace {

template <typename Value, size_t N>
Value Find(const std::array<std::pair<std::string_view, Value>, N>& table, std::string_view name,
           Value otherwise) {
  for (const auto& [key, value] : table) {
    if (key == name) return value;
  }
  return otherwise;
}

constexpr std::array<std::pair<std::string_view, Pos>, 10> kPosNames{{
    {"VERB", Pos::kVerb},
    {"AUX", Pos::kAux},
    {"NOUN", Pos::kNoun},
    {"PROPN", Pos::kPropn},
    {"PRON", Pos::kPron},
    {"ADJ", Pos::kAdj},
    {"ADV", Pos::kAdv},
    {"NUM", Pos::kNum},
    {"DET", Pos::kDet},
    {"PUNCT", Pos::kPunct},
}};

constexpr std::array<std::pair<std::string_view, Rel>, 43> kRelNames{{
    {"root", Rel::kRoot},
    {"nsubj", Rel::kNsubj},
    {"nsubj:pass", Rel::kNsubjPass},
    {"nsubj:outer", Rel::kNsubjOuter},
    {"csubj", Rel::kCsubj},
    {"obj", Rel::kObj},
    {"iobj", Rel::kIobj},
    {"ccomp", Rel::kCcomp},
    {"xcomp", Rel::kXcomp},
    {"obl", Rel::kObl},
    {"obl:agent", Rel::kOblAgent},
    {"obl:unmarked", Rel::kOblUnmarked},
    {"obl:tmod", Rel::kOblUnmarked},
    {"obl:npmod", Rel::kOblUnmarked},
    {"advcl", Rel::kAdvcl},
    {"acl", Rel::kAcl},
    {"acl:relcl", Rel::kRelcl},
    {"advmod", Rel::kAdvmod},
    {"aux", Rel::kAux},
    {"aux:pass", Rel::kAuxPass},
    {"cop", Rel::kCop},
    {"mark", Rel::kMark},
    {"case", Rel::kCase},
    {"cc", Rel::kCc},
    {"conj", Rel::kConj},
    {"det", Rel::kDet},
    {"amod", Rel::kAmod},
    {"nummod", Rel::kNummod},
    {"nmod", Rel::kNmod},
    {"nmod:poss", Rel::kNmodPoss},
    {"nmod:desc", Rel::kNmodDesc},
    {"nmod:unmarked", Rel::kNmodUnmarked},
    {"nmod:tmod", Rel::kNmodUnmarked},
    {"nmod:npmod", Rel::kNmodUnmarked},
    {"appos", Rel::kAppos},
    {"compound", Rel::kCompound},
    {"compound:prt", Rel::kParticle},
    {"flat", Rel::kFlat},
    {"fixed", Rel::kFixed},
    {"parataxis", Rel::kParataxis},
    {"expl", Rel::kExpl},
    {"punct", Rel::kPunct},
    {"discourse", Rel::kDiscourse},
}};

}  // namespace

Pos ParsePos(std::string_view upos) { return Find(kPosNames, upos, Pos::kOther); }

Rel ParseRel(std::string_view relation) {
  const Rel exact = Find(kRelNames, relation, Rel::kOther);
  if (exact != Rel::kOther) return exact;
  return Find(kRelNames, relation.substr(0, relation.find(':')), Rel::kOther);
}

NameKind ParseNameKind(std::string_view type) {
  if (type == "PERSON") return NameKind::kPerson;
  if (type == "NORP") return NameKind::kPeople;
  const bool body = type == "ORG" || type == "GPE" || type == "MILITARY_UNIT";
  return body ? NameKind::kBody : NameKind::kOther;
}

Tree::Tree(std::vector<Word> words) : words_(std::move(words)) {
  const size_t n = words_.size();
  offsets_.assign(n + 1, 0);
  for (Word& word : words_) {
    if (word.head < 0 || word.head >= size()) {
      word.head = kNone;
      word.rel = Rel::kRoot;
    }
    if (word.head != kNone) ++offsets_[static_cast<size_t>(word.head) + 1];
  }
  for (size_t i = 0; i < n; ++i) offsets_[i + 1] += offsets_[i];
  dependents_.resize(offsets_[n]);
  std::vector<uint32_t> next(offsets_.begin(), offsets_.end() - 1);
  for (int i = 0; i < size(); ++i) {
    const int head = (*this)[i].head;
    if (head == kNone) {
      order_.push_back(i);
    } else {
      dependents_[next[static_cast<size_t>(head)]++] = i;
    }
  }
  for (size_t at = 0; at < order_.size(); ++at) {
    for (int child : children(order_[at])) order_.push_back(child);
  }
  first_.resize(n);
  last_.resize(n);
  for (size_t i = 0; i < n; ++i) first_[i] = last_[i] = static_cast<int>(i);
  for (auto at = order_.rbegin(); at != order_.rend(); ++at) {
    const int head = (*this)[*at].head;
    if (head == kNone) continue;
    const size_t h = static_cast<size_t>(head), c = static_cast<size_t>(*at);
    first_[h] = std::min(first_[h], first_[c]);
    last_[h] = std::max(last_[h], last_[c]);
  }
}

std::span<const int> Tree::children(int i) const {
  const size_t at = static_cast<size_t>(i);
  return {dependents_.data() + offsets_[at], offsets_[at + 1] - offsets_[at]};
}

int Tree::Child(int i, Rel rel) const {
  for (int child : children(i)) {
    if ((*this)[child].rel == rel) return child;
  }
  return kNone;
}

}  // namespace dossier::openie
