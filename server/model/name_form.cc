#include "server/model/name_form.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "server/base/utf8.h"

namespace dossier {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// Letters that no decomposition takes apart.
constexpr std::array<std::pair<char16_t, std::string_view>, 9> kPlainLetters = {{{u'æ', "ae"},
                                                                                 {u'ð', "d"},
                                                                                 {u'ø', "o"},
                                                                                 {u'þ', "th"},
                                                                                 {u'đ', "d"},
                                                                                 {u'ħ', "h"},
                                                                                 {u'ı', "i"},
                                                                                 {u'ł', "l"},
                                                                                 {u'œ', "oe"}}};

// Words that are spelled in several ways, in byte order. Reviewed: on either side stand spellings
// of one word or one name, never two names that are merely alike.
constexpr std::array<Pair, 62> kSpellings = {{
    {"&", "and"},
    {"ahmad", "ahmed"},
    {"airplane", "aeroplane"},
    {"aleksander", "alexander"},
    {"aleksandr", "alexandr"},
    {"aleksey", "alexey"},
    {"anatoli", "anatoly"},
    {"arkadi", "arkady"},
    {"center", "centre"},
    {"defense", "defence"},
    {"dmitri", "dmitry"},
    {"ebrahim", "ibrahim"},
    {"evgeni", "evgeny"},
    {"gadafi", "gaddafi"},
    {"gadhafi", "gaddafi"},
    {"gennadi", "gennady"},
    {"grigori", "grigory"},
    {"harbor", "harbour"},
    {"hassan", "hasan"},
    {"hizballah", "hezbollah"},
    {"hizbollah", "hezbollah"},
    {"hizbullah", "hezbollah"},
    {"hosein", "hussein"},
    {"hossein", "hussein"},
    {"husain", "hussein"},
    {"husayn", "hussein"},
    {"hussain", "hussein"},
    {"kadhafi", "gaddafi"},
    {"kharkov", "kharkiv"},
    {"kiev", "kyiv"},
    {"labor", "labour"},
    {"license", "licence"},
    {"lvov", "lviv"},
    {"mohamad", "muhammad"},
    {"mohamed", "muhammad"},
    {"mohammad", "muhammad"},
    {"mohammed", "muhammad"},
    {"muhamad", "muhammad"},
    {"muhammed", "muhammad"},
    {"neighbor", "neighbour"},
    {"offense", "offence"},
    {"organization", "organisation"},
    {"organizations", "organisations"},
    {"peking", "beijing"},
    {"program", "programme"},
    {"programs", "programmes"},
    {"qaddafi", "gaddafi"},
    {"qadhafi", "gaddafi"},
    {"qaida", "qaeda"},
    {"teheran", "tehran"},
    {"theater", "theatre"},
    {"usama", "osama"},
    {"valeri", "valery"},
    {"vitali", "vitaly"},
    {"yekaterina", "ekaterina"},
    {"yevgeni", "evgeny"},
    {"yevgeny", "evgeny"},
    {"yousef", "yusuf"},
    {"youssef", "yusuf"},
    {"yousuf", "yusuf"},
    {"yuri", "yury"},
    {"yusef", "yusuf"},
}};

// How Latin letters write the endings of Slavic names: the longest that fits counts.
constexpr std::array<Pair, 10> kEndings = {{{"skiy", "sky"},
                                            {"skii", "sky"},
                                            {"skij", "sky"},
                                            {"skyi", "sky"},
                                            {"skyy", "sky"},
                                            {"ski", "sky"},
                                            {"ei", "ey"},
                                            {"iy", "y"},
                                            {"ii", "y"},
                                            {"yy", "y"}}};
constexpr std::size_t kMinSlavicBytes = 5;  // of a word that has such an ending

bool IsHyphen(UChar32 c) { return u_charType(c) == U_DASH_PUNCTUATION; }

bool IsLatin(UChar32 c) {
  UErrorCode error = U_ZERO_ERROR;
  return uscript_getScript(c, &error) == USCRIPT_LATIN;
}

void AppendPlain(UChar32 c, icu::UnicodeString* out) {
  for (const auto& [letter, plain] : kPlainLetters) {
    if (c == letter) {
      out->append(icu::UnicodeString::fromUTF8(
          icu::StringPiece(plain.data(), static_cast<int32_t>(plain.size()))));
      return;
    }
  }
  out->append(c);
}

// Plain() of what needs no tables: most names.
std::string PlainAscii(std::string_view folded) {
  std::string plain;
  for (std::size_t at = 0; at < folded.size(); ++at) {
    const bool in_number = at + 1 < folded.size() && folded[at + 1] >= '0' && folded[at + 1] <= '9';
    if (folded[at] != '.' || in_number) {
      plain.push_back(folded[at] == '-' ? ' ' : folded[at]);
    }
  }
  return plain;
}

// Without accents on Latin letters, with spaces for hyphens, without dots, save
// in numbers.
std::string Plain(std::string_view folded) {
  if (std::none_of(folded.begin(), folded.end(), [](char c) { return (c & 0x80) != 0; })) {
    return PlainAscii(folded);
  }
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(error);
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  if (U_FAILURE(error)) {
    return std::string(folded);
  }
  const icu::UnicodeString parts =
      nfd->normalize(icu::UnicodeString::fromUTF8(
                         icu::StringPiece(folded.data(), static_cast<int32_t>(folded.size()))),
                     error);
  icu::UnicodeString plain;
  bool latin = false;
  for (int32_t at = 0; at < parts.length();) {
    const UChar32 c = parts.char32At(at);
    at += U16_LENGTH(c);
    if (u_charType(c) == U_NON_SPACING_MARK) {
      if (!latin) {
        plain.append(c);
      }
      continue;
    }
    latin = IsLatin(c);
    if (IsHyphen(c)) {
      plain.append(u' ');
    } else if (c != u'.' || (at < parts.length() && u_isdigit(parts.char32At(at)) != 0)) {
      AppendPlain(c, &plain);
    }
  }
  std::string out;
  nfc->normalize(plain, error).toUTF8String(out);
  return out;
}

std::string_view Spelling(std::string_view word) {
  const auto it =
      std::lower_bound(kSpellings.begin(), kSpellings.end(), word,
                       [](const Pair& pair, std::string_view w) { return pair.first < w; });
  return it != kSpellings.end() && it->first == word ? it->second : word;
}

// In place, until no ending is left to change.
void UnifyEnding(std::string* word) {
  while (word->size() >= kMinSlavicBytes) {
    const auto ending = std::find_if(kEndings.begin(), kEndings.end(),
                                     [&](const Pair& pair) { return word->ends_with(pair.first); });
    if (ending == kEndings.end()) {
      return;
    }
    word->replace(word->size() - ending->first.size(), std::string::npos, ending->second);
  }
}

}  // namespace

std::string NameForm(std::string_view name) {
  const std::string plain = Plain(FoldName(name));
  std::string form;
  for (std::size_t at = 0; at < plain.size();) {
    const std::size_t end = std::min(plain.find(' ', at), plain.size());
    if (end > at) {
      std::string word = plain.substr(at, end - at);
      UnifyEnding(&word);
      form.append(form.empty() ? "" : " ").append(Spelling(word));
    }
    at = end + 1;
  }
  return form.empty() ? FoldName(name) : form;
}

}  // namespace dossier
