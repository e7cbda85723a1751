#include "server/query/origins.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <set>
#include <string>

namespace dossier {
namespace {

constexpr EntityId kBureau(1);
constexpr EntityId kMinistry(2);

// Documents of one sentence each, made of text.
class Newsroom {
 public:
  void Add(const std::string& text, EntityId source) {
    const DocumentNumber number(sketches_.size() + 1);
    const Span sentence{0, static_cast<uint32_t>(text.size())};
    sketches_[number] = SketchDocument(text, {sentence});
    places_.push_back({number, sentence, source});
  }
  // The last document says so again.
  void Repeat(EntityId source) {
    places_.push_back({DocumentNumber(sketches_.size()), {0, 0}, source});
  }

  std::vector<Origin> Find() const { return FindOrigins(places_, sketches_); }

 private:
  std::vector<StatementPlace> places_;
  std::map<DocumentNumber, DocumentSketch> sketches_;
};

const std::string kWire =
    "The Talvian bureau said on Friday that Orsenia had received twelve thousand artillery shells "
    "through the port of Brenn in the first days of March.";
const std::string kReprint =
    "TORM (Wire) - The Talvian bureau said on Friday that Orsenia had received twelve thousand "
    "artillery shells through the port of Brenn in the first days of March!";
const std::string kOther =
    "Dock workers in Brenn have told this paper of crates marked as machine parts that were so "
    "heavy that two cranes broke while they unloaded a freighter.";

TEST(Origins, ThoseWhoNameOneSourceAreOne) {
  Newsroom news;
  news.Add(kWire, kBureau);
  news.Add(kOther, kBureau);
  news.Add("Nobody else said anything of the kind in all those weeks, and nobody had asked.",
           kMinistry);
  EXPECT_EQ(news.Find(), (std::vector<Origin>{{{0, 1}, true, false}, {{2}, false, false}}));
}

TEST(Origins, CopiesAreOne) {
  Newsroom news;
  news.Add(kWire, EntityId());
  news.Add(kOther, EntityId());
  news.Add(kReprint, EntityId());
  EXPECT_EQ(news.Find(), (std::vector<Origin>{{{0, 2}, false, true}, {{1}, false, false}}));
}

TEST(Origins, ACopyMayNameTheSourceThatTheOtherLeavesOut) {
  Newsroom news;
  news.Add(kWire, kBureau);
  news.Add(kReprint, EntityId());
  EXPECT_EQ(news.Find(), (std::vector<Origin>{{{0, 1}, false, true}}));
}

TEST(Origins, TwoWhoAreNamedInTheSameWordsAreTwo) {
  Newsroom news;
  news.Add(kWire, kBureau);
  news.Add(kWire, kMinistry);
  EXPECT_EQ(news.Find().size(), 2u);
}

TEST(Origins, ADocumentRepeatsItself) {
  Newsroom news;
  news.Add(kOther, kBureau);
  news.Repeat(EntityId());
  news.Repeat(EntityId());
  EXPECT_EQ(news.Find(), (std::vector<Origin>{{{0, 1, 2}, false, false}}));
  news.Repeat(kMinistry);
  EXPECT_EQ(news.Find().size(), 2u);
}

TEST(Origins, ShortSentencesAreNoCopies) {
  Newsroom news;
  news.Add("Ships left. " + kWire, EntityId());
  news.Add("Ships left. " + kOther, EntityId());
  EXPECT_EQ(news.Find().size(), 2u);
}

// Random statements over texts of which many are copies.
struct Sample {
  std::vector<StatementPlace> places;
  std::map<DocumentNumber, DocumentSketch> sketches;
};

Sample RandomSample(uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto below = [&](uint64_t end) { return random() % end; };
  Sample sample;
  const uint64_t documents = 1 + below(12);
  for (uint64_t i = 1; i <= documents; ++i) {
    std::string text;
    std::vector<Span> sentences;
    for (uint64_t count = 1 + below(4); count > 0; --count) {
      const auto begin = static_cast<uint32_t>(text.size());
      const uint64_t topic = below(6);
      for (uint64_t word = 0; word < 14; ++word) {
        text += "w" + std::to_string(below(8) == 0 ? below(1000) : topic * 100 + word) + " ";
      }
      sentences.push_back({begin, static_cast<uint32_t>(text.size())});
    }
    sample.sketches[DocumentNumber(i)] = SketchDocument(text, sentences);
    for (const Span sentence : sentences) {
      sample.places.push_back({DocumentNumber(i), sentence, EntityId(below(4))});
    }
  }
  return sample;
}

std::set<std::set<std::size_t>> Partition(const Sample& sample,
                                          const std::vector<std::size_t>& order) {
  std::vector<StatementPlace> places;
  for (const std::size_t i : order) {
    places.push_back(sample.places[i]);
  }
  std::set<std::set<std::size_t>> partition;
  for (const Origin& origin : FindOrigins(places, sample.sketches)) {
    std::set<std::size_t> part;
    for (const std::size_t i : origin.statements) {
      part.insert(order[i]);
    }
    partition.insert(part);
  }
  return partition;
}

TEST(Origins, AreAPartitionThatNoOrderChanges) {
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    const Sample sample = RandomSample(seed);
    std::vector<std::size_t> order(sample.places.size());
    std::iota(order.begin(), order.end(), 0);
    const auto expected = Partition(sample, order);
    std::size_t statements = 0;
    for (const auto& part : expected) {
      statements += part.size();
    }
    EXPECT_EQ(statements, sample.places.size());
    std::mt19937_64 random(seed);
    for (int i = 0; i < 5; ++i) {
      std::shuffle(order.begin(), order.end(), random);
      EXPECT_EQ(Partition(sample, order), expected) << "seed " << seed;
    }
  }
}

// Numbers are given out in the order in which documents come: they must not matter either.
TEST(Origins, DoNotDependOnTheNumbersOfDocuments) {
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    const Sample sample = RandomSample(seed);
    Sample renumbered;
    const auto other = [&](DocumentNumber number) { return DocumentNumber(100 - number.value()); };
    for (const StatementPlace& place : sample.places) {
      renumbered.places.push_back({other(place.document), place.sentence, place.source});
    }
    for (const auto& [number, sketch] : sample.sketches) {
      renumbered.sketches[other(number)] = sketch;
    }
    std::vector<std::size_t> order(sample.places.size());
    std::iota(order.begin(), order.end(), 0);
    EXPECT_EQ(Partition(renumbered, order), Partition(sample, order)) << "seed " << seed;
  }
}

}  // namespace
}  // namespace dossier
