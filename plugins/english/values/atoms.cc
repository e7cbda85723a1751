#include "plugins/english/values/atoms.h"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace dossier::english {
namespace {

constexpr size_t kMaxWord = 16;  // no word of the lexicon is longer

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Letters of other alphabets make words too; marks of money and dashes do not.
bool IsForeignLetter(std::string_view text, uint32_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  return lead >= 0xC3 && lead != 0xE2;
}

bool HoldsAddress(std::string_view token) {
  return token.find('@') != std::string_view::npos || token.find("://") != std::string_view::npos ||
         token.starts_with("www.");
}

const Entry& Find(std::string_view form) {
  char lower[kMaxWord];
  size_t size = 0;
  for (const char c : form) {
    if (c == '.') continue;
    if (size == kMaxWord) return FindEntry({});
    lower[size++] = Lower(c);
  }
  return FindEntry({lower, size});
}

// A number too long to be one is an identifier; its value does not matter.
double ReadNumber(std::string_view digits) {
  char buffer[32];
  size_t size = 0;
  for (const char c : digits) {
    if (c != ',' && size < sizeof(buffer)) buffer[size++] = c;
  }
  double value = 0;
  std::from_chars(buffer, buffer + size, value);
  return value;
}

}  // namespace

Atoms::Atoms(const Annotation& annotation) : annotation_(annotation) {
  outside_.stretch = UINT32_MAX;
  atoms_.reserve(annotation.tokens.size() + annotation.tokens.size() / 8);
  for (uint32_t token = 0; token < annotation.tokens.size(); ++token) {
    stretch_ += BeginsStretch(token);
    CutToken(token);
  }
  SpreadTense();
}

std::string_view Atoms::Form(size_t i) const {
  const Atom& atom = (*this)[i];
  return annotation_.text.substr(atom.begin, atom.end - atom.begin);
}

bool Atoms::Is(size_t i, std::string_view lower) const {
  const std::string_view form = Form(i);
  return std::equal(form.begin(), form.end(), lower.begin(), lower.end(),
                    [](char a, char b) { return Lower(a) == b; });
}

std::string_view Atoms::Tag(size_t i) const {
  if (annotation_.words.empty() || i >= atoms_.size()) return {};
  return annotation_.Xpos(atoms_[i].token);
}

bool Atoms::BeginsStretch(uint32_t token) const {
  if (token == 0) return false;
  const Token& before = annotation_.tokens[token - 1];
  const Token& here = annotation_.tokens[token];
  if (before.sentence != here.sentence) return true;
  if (here.sentence >= annotation_.sentences.size()) return false;
  if (annotation_.sentences[here.sentence].kind != SentenceKind::kRow) return false;
  const std::string_view gap = annotation_.text.substr(before.end, here.begin - before.end);
  return gap.find_first_of("\t\n") != gap.npos;
}

void Atoms::CutToken(uint32_t token) {
  const Token& span = annotation_.tokens[token];
  const std::string_view text = annotation_.text;
  const bool address = HoldsAddress(annotation_.Form(token));
  for (uint32_t at = span.begin; at < span.end;) {
    Atom atom;
    atom.begin = at;
    atom.token = token;
    atom.stretch = stretch_;
    atom.glued = !atoms_.empty() && atoms_.back().end == at;
    atom.opaque = address;
    if (IsDigit(text[at])) {
      at = CutDigits(at, span.end, &atom);
      const bool after_letter =
          atom.glued && atoms_.back().kind == AtomKind::kWord && atoms_.back().token == token;
      atom.opaque = atom.opaque || after_letter;
    } else if (IsLetter(text[at]) || IsForeignLetter(text, at)) {
      at = CutWord(at, span.end, &atom);
    } else {
      do ++at;
      while (at < span.end && IsContinuation(text[at]));
    }
    atom.end = at;
    atoms_.push_back(atom);
  }
}

uint32_t Atoms::CutDigits(uint32_t begin, uint32_t end, Atom* atom) const {
  const std::string_view text = annotation_.text;
  const auto digits_from = [&](uint32_t at) {
    uint32_t stop = at;
    while (stop < end && IsDigit(text[stop])) ++stop;
    return stop - at;
  };
  atom->kind = AtomKind::kDigits;
  const uint32_t lead = digits_from(begin);
  uint32_t at = begin + lead;
  atom->plain = true;
  while (lead <= 3 && at < end && text[at] == ',' && digits_from(at + 1) == 3) {
    at += 4;
    atom->plain = false;
  }
  if (at < end && text[at] == '.') {
    const uint32_t decimals = digits_from(at + 1);
    if (decimals > 0) {
      at += 1 + decimals;
      atom->plain = false;
    }
  }
  atom->number = ReadNumber(text.substr(begin, at - begin));
  return at;
}

uint32_t Atoms::CutWord(uint32_t begin, uint32_t end, Atom* atom) const {
  const std::string_view text = annotation_.text;
  uint32_t at = begin;
  bool dotted = false;
  while (at < end) {
    if (IsLetter(text[at]) || IsContinuation(text[at]) || IsForeignLetter(text, at)) {
      ++at;
    } else if (text[at] == '.' && at + 1 < end && IsLetter(text[at + 1])) {
      dotted = true;
      ++at;
    } else {
      break;
    }
  }
  if (dotted && at < end && text[at] == '.') ++at;
  atom->kind = AtomKind::kWord;
  atom->capital = text[begin] >= 'A' && text[begin] <= 'Z';
  if (at - begin <= kMaxWord + 4) atom->entry = &Find(text.substr(begin, at - begin));
  return at;
}

Tense Atoms::OwnTense(size_t i) const {
  static constexpr std::string_view kFutureWords[] = {
      "will",     "shall",   "would", "scheduled", "upcoming", "due",
      "expected", "planned", "plans", "intends",   "ll"};
  static constexpr std::string_view kPastWords[] = {"was", "were", "had", "did", "said"};
  if (atoms_[i].kind != AtomKind::kWord) return Tense::kNone;
  const auto is = [&](std::string_view word) { return Is(i, word); };
  // "May be done by Friday".
  if (Tag(i) == "MD" && (is("may") || is("must") || is("should"))) return Tense::kFuture;
  if (std::any_of(std::begin(kFutureWords), std::end(kFutureWords), is)) return Tense::kFuture;
  if (Tag(i) == "VBD" || std::any_of(std::begin(kPastWords), std::end(kPastWords), is)) {
    return Tense::kPast;
  }
  return Tense::kNone;
}

void Atoms::SpreadTense() {
  for (size_t i = 0; i < atoms_.size(); ++i) {
    const Tense own = OwnTense(i);
    if (own != Tense::kNone) {
      atoms_[i].tense = own;
    } else if (Joined(i)) {
      atoms_[i].tense = atoms_[i - 1].tense;
    }
  }
  for (size_t i = atoms_.size(); i-- > 1;) {
    if (atoms_[i - 1].tense == Tense::kNone && Joined(i)) atoms_[i - 1].tense = atoms_[i].tense;
  }
}

}  // namespace dossier::english
