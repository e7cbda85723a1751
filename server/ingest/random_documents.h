// Random documents and what made-up extractors say about them, for tests: few names and few
// predicates, so that documents share entities, triples and terms; every stance, literals,
// qualifiers, attributions, antecedents, brackets, several runs. Deterministic for a seed.
#ifndef DOSSIER_SERVER_INGEST_RANDOM_DOCUMENTS_H_
#define DOSSIER_SERVER_INGEST_RANDOM_DOCUMENTS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/extract/extraction.h"
#include "server/model/document.h"

namespace dossier {

struct ExtractedDocument {
  Document document;
  Extraction extraction;
};

class RandomDocuments {
 public:
  explicit RandomDocuments(uint64_t seed) : random_(seed) {}

  uint64_t Below(uint64_t end) { return random_() % end; }
  bool Coin() { return Below(2) == 0; }

  // A document with a text of up to `max_sentences` and the output of one to three extractors.
  ExtractedDocument Make(std::string id, std::size_t max_sentences = 5) {
    ExtractedDocument made;
    made.document.id = std::move(id);
    made.document.title = Pick(kWords);
    made.document.source = Coin() ? "The Northport Times" : "";
    made.document.language = "en";
    made.document.text = Text(1 + Below(max_sentences));
    made.extraction = Extract(made.document.text);
    return made;
  }

  Extraction Extract(const std::string& text) {
    Extraction extraction;
    for (std::size_t i = 0; i < kExtractors; ++i) {
      if (Below(kExtractors) < 2 || (i + 1 == kExtractors && extraction.runs.empty())) {
        extraction.runs.push_back({FakeExtractor(i), Output(text)});
      }
    }
    return extraction;
  }

  // What one extractor says of `text`.
  RunOutput Output(const std::string& text) {
    RunOutput out;
    const std::vector<Span> words = WordsOf(text);
    for (const Span span : words) {
      if (Below(4) == 0) {
        continue;
      }
      ExtractedMention mention;
      mention.span = span;
      mention.kind = static_cast<MentionKind>(1 + Below(3));
      mention.type = Pick(kTypes);
      mention.name = Coin() ? std::string(Slice(text, span)) : Pick(kWords);
      if (!out.mentions.empty() && Below(3) == 0) {
        mention.antecedent = static_cast<MentionIndex>(Below(out.mentions.size()));
        mention.confidence = Confidence();
        mention.rule = Pick(kRules);
      }
      out.mentions.push_back(mention);
    }
    for (std::size_t n = out.mentions.empty() ? 0 : Below(8); n > 0; --n) {
      out.triples.push_back(MakeTriple(out.mentions, text));
    }
    return out;
  }

  static Extractor FakeExtractor(std::size_t i) {
    const std::string number = std::to_string(i / 2 + 1);
    return {i % 2 == 0 ? "test.facts" : "test.names", number, std::string(64, 'a'),
            std::string(64, '0')};
  }

 private:
  static constexpr std::size_t kExtractors = 4;
  static constexpr std::array<std::string_view, 22> kWords = {"Mira Hale",
                                                              "Tom Hale",
                                                              "Hale",
                                                              "Coast Guard Service (CGS)",
                                                              "CGS",
                                                              "Ondra Vask",
                                                              "Vask",
                                                              "the meeting",
                                                              "the agency",
                                                              "They",
                                                              "she",
                                                              "boats",
                                                              "Northport",
                                                              "NORTHPORT",
                                                              "fishing boats",
                                                              "the Northport strike",
                                                              "Øystein Ås",
                                                              "北港",
                                                              "Harbour Union's",
                                                              "the Harbour Union",
                                                              "President Vask",
                                                              "\"it\""};
  static constexpr std::array<std::string_view, 4> kTypes = {"PERSON", "ORG", "GPE", ""};
  static constexpr std::array<std::string_view, 5> kPredicates = {"meet", "deny", "be", "ship to",
                                                                  "é"};
  static constexpr std::array<std::string_view, 4> kRules = {"", "svo", "coref", "apposition"};

  template <class Words>
  std::string Pick(const Words& words) {
    return std::string(words[Below(std::size(words))]);
  }

  std::string Text(std::size_t sentences) {
    std::string text;
    for (; sentences > 0; --sentences) {
      for (std::size_t words = 2 + Below(5); words > 0; --words) {
        text += Pick(kWords) + ' ';
      }
      text += ".\n";
    }
    return text;
  }

  std::vector<Span> WordsOf(const std::string& text) const {
    std::vector<Span> spans;
    for (const std::string_view word : kWords) {
      for (std::size_t at = text.find(word); at != std::string::npos;
           at = text.find(word, at + 1)) {
        spans.push_back({static_cast<uint32_t>(at), static_cast<uint32_t>(at + word.size())});
      }
    }
    return spans;
  }

  double Confidence() { return static_cast<double>(Below(101)) / 100; }

  ExtractedTriple MakeTriple(const std::vector<ExtractedMention>& mentions,
                             const std::string& text) {
    const auto mention = [&] { return static_cast<MentionIndex>(Below(mentions.size())); };
    const auto maybe = [&] { return Coin() ? std::optional(mention()) : std::nullopt; };
    ExtractedTriple triple;
    triple.sentence = {0, static_cast<uint32_t>(text.size())};
    triple.subject = mention();
    triple.object = maybe();
    if (!triple.object) {
      triple.literal = {static_cast<LiteralType>(Below(4)), Pick(kPredicates)};
      triple.literal_span = mentions[mention()].span;
    }
    triple.predicate = Pick(kPredicates);
    triple.predicate_span = mentions[mention()].span;
    triple.polarity = static_cast<Polarity>(1 + Below(2));
    triple.modality = static_cast<Modality>(1 + Below(6));
    triple.confidence = Confidence();
    if (Coin()) {
      triple.time = TimeInterval{"2024-10-08", Coin() ? "2024-10-13" : ""};
    }
    if (Coin()) {
      triple.quantity = Quantity{1500, 3000, "boats", static_cast<Bound>(1 + Below(4))};
    }
    for (uint64_t n = Below(3); n > 0; --n) {
      triple.qualifiers.push_back({static_cast<Role>(1 + Below(9)), mentions[mention()].span,
                                   maybe(), triple.time, triple.quantity});
    }
    for (uint64_t n = Below(3); n > 0; --n) {
      triple.attributions.push_back({mentions[mention()].span, maybe()});
    }
    triple.rule = Pick(kRules);
    return triple;
  }

  std::mt19937_64 random_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_INGEST_RANDOM_DOCUMENTS_H_
