#include "plugins/english/names/training/document_builder.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "plugins/english/names/cues.h"

namespace dossier::english {
namespace {

bool IsCapital(std::string_view form) {
  return !form.empty() && ((form[0] >= 'A' && form[0] <= 'Z') || (form[0] & '\x80') != 0 ||
                           (form[0] >= '0' && form[0] <= '9'));
}

bool IsPronoun(std::string_view form) {
  static constexpr std::string_view kPronouns[] = {"I",     "We",   "You",   "He",   "She",  "It",
                                                   "They",  "Our",  "My",    "His",  "Her",  "Its",
                                                   "Their", "This", "These", "That", "Those"};
  return std::find(std::begin(kPronouns), std::end(kPronouns), form) != std::end(kPronouns);
}

}  // namespace

std::string_view DocumentBuilder::Form(uint32_t token) const {
  const Token& span = document_->annotation.tokens[token];
  return std::string_view(document_->text).substr(span.begin, span.end - span.begin);
}

void DocumentBuilder::AddToken(std::string_view form) {
  Token token;
  if (!document_->text.empty()) document_->text += ' ';
  token.begin = static_cast<uint32_t>(document_->text.size());
  document_->text += form;
  token.end = static_cast<uint32_t>(document_->text.size());
  token.sentence = static_cast<uint32_t>(document_->annotation.sentences.size());
  document_->annotation.tokens.push_back(token);
}

void DocumentBuilder::AddName(LabelledSpan span, bool keep_small) {
  bool any_capital = false;
  for (uint32_t i = span.begin; i < span.end; ++i) any_capital |= IsCapital(Form(i));
  if (!any_capital && !keep_small) return;
  if (any_capital) {
    while (span.begin < span.end &&
           (!IsCapital(Form(span.begin)) || Form(span.begin) == "The" || Form(span.begin) == "A")) {
      ++span.begin;
    }
    while (span.end > span.begin && !IsCapital(Form(span.end - 1))) {
      if (Form(span.end - 1) == "." || Form(span.end - 1) == "!") break;
      --span.end;
    }
  }
  if (span.type == Coarse::kPerson) {
    while (span.begin + 1 < span.end && FindCue(Form(span.begin)) == Cue::kTitle) ++span.begin;
  }
  if (span.end - span.begin == 1 && IsPronoun(Form(span.begin))) return;
  if (span.begin < span.end) AddExactName(span);
}

void DocumentBuilder::EndSentence() {
  Annotation& annotation = document_->annotation;
  Sentence sentence;
  sentence.first_token = annotation.sentences.empty() ? 0 : annotation.sentences.back().end_token;
  sentence.end_token = token_count();
  if (sentence.first_token == sentence.end_token) return;
  sentence.begin = annotation.tokens[sentence.first_token].begin;
  sentence.end = annotation.tokens.back().end;
  annotation.sentences.push_back(sentence);
}

void DocumentBuilder::EndDocument() {
  EndSentence();
  if (token_count() > 0) {
    std::sort(document_->names.begin(), document_->names.end(),
              [](const LabelledSpan& a, const LabelledSpan& b) { return a.begin < b.begin; });
    document_->annotation.text = document_->text;
    corpus_->push_back(std::move(document_));
  }
  Start();
}

void DocumentBuilder::Start() { document_ = std::make_unique<NamesDocument>(); }

}  // namespace dossier::english
