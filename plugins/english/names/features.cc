#include "plugins/english/names/features.h"

#include <algorithm>

#include "plugins/english/model/hash.h"

namespace dossier::english {
namespace {

// What a document shows of a capitalised word in other places.
enum DocumentSign : uint8_t {
  kSmall = 1 << 0,        // it is also written small
  kMidSentence = 1 << 1,  // it is capital within a sentence
  kAfterTitle = 1 << 2,   // a title or a given name stands before it
  kInOrganisation = 1 << 3,
  kInCompanyOrUnit = 1 << 4,
  kAfterPlacePreposition = 1 << 5,
  kBeforePossessive = 1 << 6,
  kInPlace = 1 << 7,
};

constexpr uint64_t kIn = HashBytes("in");
constexpr uint64_t kPossessive = HashBytes("'s");
constexpr uint64_t kQuote = HashBytes("\"");

bool IsOrganisation(Cue cue) { return cue == Cue::kOrganisation; }
bool IsPlace(Cue cue) {
  return cue == Cue::kFacility || cue == Cue::kLandform || cue == Cue::kRegion;
}

// Makes the hash of a feature from its number and its parts.
uint64_t Feature(uint64_t number, uint64_t a) { return Combine(Combine(number, number), a); }
uint64_t Feature(uint64_t number, uint64_t a, uint64_t b) { return Combine(Feature(number, a), b); }
uint64_t Feature(uint64_t number, uint64_t a, uint64_t b, uint64_t c) {
  return Combine(Feature(number, a, b), c);
}

}  // namespace

uint64_t TransitionFeature(uint64_t before) { return Feature(90u, before); }

FeatureExtractor::FeatureExtractor(const Annotation& annotation, const Gazetteer& gazetteer,
                                   const WordClusters& clusters) {
  before_.lexeme.lower = before_.lexeme.form = before_.lexeme.shape = HashBytes("<s>");
  after_.lexeme.lower = after_.lexeme.form = after_.lexeme.shape = HashBytes("</s>");
  MakeWords(annotation, clusters);
  MatchGazetteer(gazetteer);
  MarkSentences(annotation);
  GatherDocument();
}

void FeatureExtractor::MakeWords(const Annotation& annotation, const WordClusters& clusters) {
  std::vector<uint64_t> tags;
  if (!annotation.words.empty()) {
    for (const std::string_view tag : annotation.inventory->xpos) tags.push_back(HashBytes(tag));
  }
  words_.resize(annotation.tokens.size());
  for (uint32_t i = 0; i < words_.size(); ++i) {
    Word& word = words_[i];
    const std::string_view form = annotation.Form(i);
    word.lexeme = MakeLexeme(form);
    word.sentence = annotation.tokens[i].sentence;
    word.cue = FindCue(form);
    word.cluster = clusters.Find(word.lexeme.lower);
    if (!tags.empty()) word.tag = tags[annotation.words[i].xpos];
  }
}

void FeatureExtractor::MatchGazetteer(const Gazetteer& gazetteer) {
  for (size_t i = 0; i < words_.size(); ++i) {
    uint64_t phrase = kEmptyPhrase;
    size_t longest = 0;
    GazetteerClasses classes = 0;
    for (size_t k = 0; k < kMaxGazetteerWords && i + k < words_.size() &&
                       words_[i + k].sentence == words_[i].sentence;
         ++k) {
      phrase = ExtendPhrase(phrase, words_[i + k].lexeme.lower);
      const Gazetteer::Entry entry = gazetteer.Find(phrase);
      if (k == 0) {
        words_[i].alone = entry.classes;
      } else if (entry.classes != 0) {
        longest = k + 1;
        classes = entry.classes;
      }
      if (!entry.continues) break;
    }
    if (longest == 0 || words_[i].phrase_place != 0) continue;
    for (size_t k = 0; k < longest; ++k) {
      words_[i + k].phrase = classes;
      words_[i + k].phrase_place = k == 0 ? 1 : k + 1 == longest ? 3 : 2;
    }
  }
}

void FeatureExtractor::MarkSentences(const Annotation& annotation) {
  for (size_t begin = 0; begin < words_.size();) {
    size_t end = begin;
    size_t capitals = 0;
    size_t letters = 0;
    for (; end < words_.size() && words_[end].sentence == words_[begin].sentence; ++end) {
      const std::string_view form = annotation.Form(static_cast<uint32_t>(end));
      const bool small = form[0] >= 'a' && form[0] <= 'z';
      letters += small || words_[end].lexeme.capital;
      capitals += words_[end].lexeme.capital;
    }
    size_t first = begin;
    while (first + 1 < end && words_[first].lexeme.lower == kQuote) ++first;
    words_[first].first = true;
    const bool shouting = letters > 3 && capitals * 4 >= letters * 3;
    for (size_t i = begin; i < end; ++i) words_[i].shouting = shouting;
    begin = end;
  }
}

// Signs from one run of capitalised words.
void FeatureExtractor::GatherRun(size_t begin, size_t end,
                                 std::unordered_map<uint64_t, uint8_t>* signs) const {
  uint8_t shared = 0;
  for (size_t i = begin; i < end; ++i) {
    const Cue cue = words_[i].cue;
    if (IsOrganisation(cue)) shared |= kInOrganisation;
    if (cue == Cue::kCompany || cue == Cue::kMilitary) shared |= kInCompanyOrUnit;
    if (IsPlace(cue)) shared |= kInPlace;
  }
  const Word& before = At(static_cast<uint32_t>(begin), -1);
  const Word& after = At(static_cast<uint32_t>(end - 1), 1);
  if (before.lexeme.lower == kIn) shared |= kAfterPlacePreposition;
  if (after.lexeme.lower == kPossessive) shared |= kBeforePossessive;
  for (size_t i = begin; i < end; ++i) {
    uint8_t own = shared;
    if (!words_[i].first) own |= kMidSentence;
    const Word& previous = At(static_cast<uint32_t>(i), -1);
    const bool given = i > begin && (previous.alone & kGivenName) != 0;
    if (previous.cue == Cue::kTitle || given) own |= kAfterTitle;
    (*signs)[words_[i].lexeme.form] |= own;
  }
}

void FeatureExtractor::GatherDocument() {
  std::unordered_map<uint64_t, uint8_t> signs;
  std::unordered_map<uint64_t, bool> small;
  for (size_t begin = 0; begin < words_.size();) {
    size_t end = begin;
    while (end < words_.size() && words_[end].lexeme.capital && !words_[end].shouting &&
           words_[end].sentence == words_[begin].sentence) {
      ++end;
    }
    if (end > begin) {
      GatherRun(begin, end, &signs);
      begin = end;
    } else {
      if (!words_[begin].lexeme.capital) small[words_[begin].lexeme.form] = true;
      ++begin;
    }
  }
  for (Word& word : words_) {
    if (!word.lexeme.capital) continue;
    if (const auto found = signs.find(word.lexeme.form); found != signs.end()) {
      word.document = found->second;
    }
    if (small.contains(word.lexeme.lower)) word.document |= kSmall;
  }
}

const FeatureExtractor::Word& FeatureExtractor::At(uint32_t token, int offset) const {
  const auto index = static_cast<int64_t>(token) + offset;
  if (index < 0) return before_;
  if (index >= static_cast<int64_t>(words_.size())) return after_;
  const Word& word = words_[static_cast<size_t>(index)];
  if (word.sentence == words_[token].sentence) return word;
  return offset < 0 ? before_ : after_;
}

void FeatureExtractor::Extract(uint32_t token, std::vector<uint64_t>* features) const {
  features->clear();
  const Word& w = words_[token];
  const Word& p = At(token, -1);
  const Word& pp = At(token, -2);
  const Word& n = At(token, 1);
  const Word& nn = At(token, 2);
  const uint64_t state = (w.first ? 1u : 0u) | (w.shouting ? 2u : 0u);
  const auto add = [&](auto... parts) { features->push_back(Feature(parts...)); };
  add(1u, 0u);
  add(2u, w.lexeme.lower);
  add(3u, w.lexeme.form);
  add(4u, p.lexeme.lower);
  add(5u, n.lexeme.lower);
  add(6u, pp.lexeme.lower);
  add(7u, nn.lexeme.lower);
  add(8u, p.lexeme.lower, w.lexeme.lower);
  add(9u, w.lexeme.lower, n.lexeme.lower);
  add(10u, pp.lexeme.lower, p.lexeme.lower);
  add(11u, n.lexeme.lower, nn.lexeme.lower);
  add(12u, w.lexeme.shape, state);
  add(13u, p.lexeme.shape, w.lexeme.shape);
  add(14u, w.lexeme.shape, n.lexeme.shape);
  add(15u, p.lexeme.shape, w.lexeme.shape, n.lexeme.shape);
  add(16u, p.lexeme.lower, w.lexeme.shape);
  add(17u, n.lexeme.lower, w.lexeme.shape);
  add(18u, pp.lexeme.shape, p.lexeme.shape);
  add(19u, n.lexeme.shape, nn.lexeme.shape);
  for (size_t k = 1; k < 3; ++k) add(20u + k, w.lexeme.prefix[k]);
  for (size_t k = 1; k < 4; ++k) add(24u + k, w.lexeme.suffix[k]);
  add(30u, w.tag, state);
  add(31u, p.tag, w.tag);
  add(32u, w.tag, n.tag);
  add(33u, p.tag, w.tag, n.tag);
  const auto cue = [](const Word& word) {
    return (static_cast<uint64_t>(word.cue) << 1) | (word.lexeme.capital ? 1u : 0u);
  };
  add(40u, cue(w), w.lexeme.shape);
  add(41u, cue(p), cue(w));
  add(42u, cue(w), cue(n));
  add(43u, cue(n), cue(nn));
  add(44u, cue(pp), cue(p));
  ExtractClusters(token, features);
  ExtractGazetteer(token, features);
  if (w.lexeme.capital) {
    add(60u, uint64_t{w.document}, state);
    for (uint64_t bit = 0; bit < 8; ++bit) {
      if ((w.document >> bit & 1) != 0) add(61u, bit, state);
    }
  }
}

void FeatureExtractor::ExtractClusters(uint32_t token, std::vector<uint64_t>* features) const {
  const Word& w = words_[token];
  const Word& p = At(token, -1);
  const Word& pp = At(token, -2);
  const Word& n = At(token, 1);
  const Word& nn = At(token, 2);
  const auto add = [&](auto... parts) { features->push_back(Feature(parts...)); };
  const auto fine = [](const Word& word) { return uint64_t{word.cluster.fine}; };
  const auto coarse = [](const Word& word) { return uint64_t{word.cluster.coarse}; };
  add(70u, fine(w), w.lexeme.shape);
  add(71u, coarse(w), w.lexeme.shape);
  add(72u, fine(p), w.lexeme.shape);
  add(73u, fine(n), w.lexeme.shape);
  add(74u, fine(pp));
  add(75u, fine(nn));
  add(76u, coarse(p), coarse(w));
  add(77u, coarse(w), coarse(n));
  add(78u, coarse(p), coarse(w), coarse(n));
  add(79u, coarse(pp), coarse(p), w.lexeme.shape);
  add(80u, coarse(n), coarse(nn), w.lexeme.shape);
}

void FeatureExtractor::ExtractGazetteer(uint32_t token, std::vector<uint64_t>* features) const {
  const Word& w = words_[token];
  const Word& p = At(token, -1);
  const Word& n = At(token, 1);
  const auto add = [&](auto... parts) { features->push_back(Feature(parts...)); };
  const uint64_t capital = w.lexeme.capital ? 1u : 0u;
  add(50u, uint64_t{w.alone}, capital, uint64_t{w.first});
  add(51u, uint64_t{p.alone}, uint64_t{w.alone});
  add(52u, uint64_t{w.alone}, uint64_t{n.alone});
  add(53u, uint64_t{w.phrase}, uint64_t{w.phrase_place}, capital);
  for (uint64_t bit = 0; bit < kGazetteerLetters.size(); ++bit) {
    if ((w.alone >> bit & 1) != 0) add(54u, bit, w.lexeme.shape);
    if ((w.phrase >> bit & 1) != 0) add(55u, bit, uint64_t{w.phrase_place}, capital);
    if ((p.alone >> bit & 1) != 0 && p.lexeme.capital) add(56u, bit, w.lexeme.shape);
    if ((n.alone >> bit & 1) != 0 && n.lexeme.capital) add(57u, bit, w.lexeme.shape);
  }
}

}  // namespace dossier::english
