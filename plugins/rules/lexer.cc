#include "plugins/rules/lexer.h"

#include <algorithm>

namespace dossier::rules {
namespace {

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsBlank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  // False at the end, or at what makes no sense.
  bool Next(Lexeme* lexeme, std::vector<Fault>* faults) {
    SkipBlanks();
    *lexeme = {};
    lexeme->offset = at_;
    if (at_ == text_.size()) return false;
    const char c = text_[at_];
    if (IsLetter(c)) {
      Take(lexeme, Lexeme::Kind::kWord,
           [](char k) { return IsLetter(k) || IsDigit(k) || k == '-' || k == '.'; });
    } else if (IsDigit(c)) {
      Take(lexeme, Lexeme::Kind::kNumber, [](char k) { return IsDigit(k) || k == '.'; });
    } else if (c == '"' || c == '/') {
      return Quoted(c, lexeme, faults);
    } else if (std::string_view("{}[]()<>|,;:=!?*+").find(c) != std::string_view::npos) {
      lexeme->kind = Lexeme::Kind::kMark;
      lexeme->text = text_.substr(at_, text_.substr(at_).starts_with("!=") ? 2 : 1);
      at_ += lexeme->text.size();
    } else {
      faults->push_back({at_, "a character that means nothing here"});
      return false;
    }
    return true;
  }

 private:
  void SkipBlanks() {
    while (at_ < text_.size()) {
      if (text_[at_] == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (IsBlank(text_[at_])) {
        ++at_;
      } else {
        return;
      }
    }
  }

  template <typename Belongs>
  void Take(Lexeme* lexeme, Lexeme::Kind kind, Belongs belongs) {
    const auto* begin = text_.begin() + at_;
    const auto* end = std::find_if_not(begin, text_.end(), belongs);
    lexeme->kind = kind;
    lexeme->text.assign(begin, end);
    at_ += lexeme->text.size();
  }

  // A string or a regular expression. In a string \ makes the next character itself; in a regular
  // expression it does so for / and is else left to the expression.
  bool Quoted(char quote, Lexeme* lexeme, std::vector<Fault>* faults) {
    lexeme->kind = quote == '"' ? Lexeme::Kind::kString : Lexeme::Kind::kRegex;
    for (size_t at = at_ + 1; at < text_.size() && text_[at] != '\n'; ++at) {
      if (text_[at] == quote) {
        at_ = at + 1;
        if (quote == '/' && at_ < text_.size() && text_[at_] == 'i') {
          lexeme->any_case = true;
          ++at_;
        }
        return true;
      }
      if (text_[at] == '\\' && at + 1 < text_.size() && text_[at + 1] != '\n') {
        if (quote == '/' && text_[at + 1] != '/') lexeme->text += '\\';
        ++at;
      }
      lexeme->text += text_[at];
    }
    faults->push_back({at_, std::string("no closing ") + quote + " on this line"});
    return false;
  }

  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

std::vector<Lexeme> ReadLexemes(std::string_view text, std::vector<Fault>* faults) {
  std::vector<Lexeme> lexemes;
  Lexer lexer(text);
  for (Lexeme lexeme; lexer.Next(&lexeme, faults);) lexemes.push_back(std::move(lexeme));
  lexemes.push_back({});
  lexemes.back().offset = faults->empty() ? text.size() : faults->back().offset;
  return lexemes;
}

}  // namespace dossier::rules
