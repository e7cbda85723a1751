#include "plugins/english/training/train_syntax.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <random>

#include "plugins/english/syntax/parser.h"
#include "plugins/english/syntax/parser_features.h"
#include "plugins/english/syntax/tagger.h"
#include "plugins/english/training/action_learner.h"
#include "plugins/english/training/learner.h"
#include "plugins/english/training/oracle.h"

namespace dossier::english {
namespace {

constexpr size_t kFolds = 4;
constexpr double kExplore = 0.9;  // share of steps after the first epoch that follow the model
constexpr float kTagThreshold = 1.0F;
constexpr float kActionThreshold = 1.8F;
constexpr float kLabelThreshold = 1.5F;

std::span<const std::byte> Bytes(const std::string& text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

uint8_t Top(std::span<const float> scores) {
  return static_cast<uint8_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
}

// One parser in training.
class ParserTrainer {
 public:
  ParserTrainer(uint32_t label_count, bool reversed, bool guided)
      : reversed_(reversed), guided_(guided), labels_(label_count), label_scores_(label_count) {}

  void Learn(const Example& example, bool explore) {
    state_.Reset(example.words, example.guessed, reversed_,
                 guided_ ? std::span<const Arc>(example.guide) : std::span<const Arc>());
    ReadGold(example);
    while (!state_.IsFinal()) Step(explore && chance_(random_) < kExplore);
  }

  ParserSections Freeze() const {
    return {actions_.Freeze(kActionThreshold), labels_.Freeze(kLabelThreshold)};
  }

  double TakeAccuracy() {
    const double accuracy = 1 - static_cast<double>(errors_) / static_cast<double>(steps_);
    errors_ = steps_ = 0;
    return accuracy;
  }

 private:
  void ReadGold(const Example& example) {
    const size_t n = example.words.size();
    heads_.assign(n + 2, 0);
    gold_labels_.assign(n + 2, 0);
    for (size_t i = 0; i < n; ++i) {
      const size_t head = example.tree[i].head;
      const size_t place = reversed_ ? n - i : i + 1;
      heads_[place] = static_cast<uint16_t>(head == n ? n + 1 : reversed_ ? n - head : head + 1);
      gold_labels_[place] = example.tree[i].label;
    }
  }

  void Step(bool follow_model) {
    ExtractActionFeatures(state_, features_);
    float scores[kActions];
    actions_.Score(features_, scores);
    const std::array<int, kActions> costs = ActionCosts(state_, heads_);
    const int least = *std::min_element(costs.begin(), costs.end());
    size_t guess = kActions, right = kActions;
    for (size_t a = 0; a < kActions; ++a) {
      if (costs[a] == kIllegal) continue;
      if (guess == kActions || scores[a] > scores[guess]) guess = a;
      if (costs[a] == least && (right == kActions || scores[a] > scores[right])) right = a;
    }
    ++steps_;
    if (costs[guess] > least) {
      ++errors_;
      actions_.Update(features_, right, guess);
    }
    actions_.Tick();
    const auto action = static_cast<Action>(follow_model ? guess : right);
    state_.Apply(action, action == kShift ? uint8_t{0} : LearnLabel(action, follow_model));
  }

  uint8_t LearnLabel(Action action, bool follow_model) {
    ExtractLabelFeatures(state_, action, features_);
    labels_.Score(features_, label_scores_);
    const uint8_t guess = Top(label_scores_);
    const uint16_t child = state_.stack(0);
    if (heads_[child] != state_.ArcHead(action)) return guess;
    const uint8_t right = gold_labels_[child];
    if (guess != right) labels_.Update(features_, right, guess);
    labels_.Tick();
    return follow_model ? guess : right;
  }

  bool reversed_;
  bool guided_;
  ActionLearner actions_;
  Learner labels_;
  std::vector<float> label_scores_;
  ParserState state_;
  std::vector<uint64_t> features_;
  std::vector<uint16_t> heads_;
  std::vector<uint8_t> gold_labels_;
  std::mt19937 random_{1};
  std::uniform_real_distribution<double> chance_;
  size_t steps_ = 0;
  size_t errors_ = 0;
};

// Runs `annotate(others, fold)` for every fold, two at a time.
void ForEachFold(Examples& examples,
                 const std::function<void(const Sentences&, std::span<Example*>)>& annotate) {
  std::vector<std::future<void>> running;
  for (size_t fold = 0; fold < kFolds; ++fold) {
    if (running.size() == 2) {
      for (std::future<void>& one : running) one.get();
      running.clear();
    }
    running.push_back(std::async(std::launch::async, [&, fold] {
      Sentences others;
      std::vector<Example*> own;
      for (size_t i = 0; i < examples.sentences.size(); ++i) {
        if (i / 50 % kFolds == fold) {
          own.push_back(&examples.sentences[i]);
        } else {
          others.push_back(&examples.sentences[i]);
        }
      }
      annotate(others, own);
    }));
  }
  for (std::future<void>& one : running) one.get();
}

}  // namespace

std::string TrainTagger(const Sentences& sentences, uint32_t tag_count, int epochs) {
  Learner learner(tag_count);
  std::vector<float> scores(tag_count);
  Sentences order = sentences;
  std::mt19937 random(1);
  TagFeatures features;
  std::vector<uint8_t> tags;
  for (int epoch = 0; epoch < epochs; ++epoch) {
    std::shuffle(order.begin(), order.end(), random);
    size_t words = 0, errors = 0;
    for (const Example* example : order) {
      const bool mostly_capital = IsMostlyCapital(example->words);
      tags.assign(example->words.size(), 0);
      for (size_t i = 0; i < tags.size(); ++i) {
        ExtractTagFeatures(example->words, mostly_capital, tags, i, features);
        learner.Score(features, scores);
        tags[i] = Top(scores);
        ++words;
        if (tags[i] != example->tags[i]) {
          ++errors;
          learner.Update(features, example->tags[i], tags[i]);
        }
        learner.Tick();
      }
    }
    std::fprintf(stderr, "  tagger epoch %d: %.2f %%\n", epoch + 1,
                 100 - 100.0 * static_cast<double>(errors) / static_cast<double>(words));
  }
  return learner.Freeze(kTagThreshold);
}

ParserSections TrainParser(const Sentences& sentences, uint32_t label_count, bool reversed,
                           bool guided, int epochs) {
  ParserTrainer trainer(label_count, reversed, guided);
  Sentences order = sentences;
  std::mt19937 random(1);
  for (int epoch = 0; epoch < epochs; ++epoch) {
    std::shuffle(order.begin(), order.end(), random);
    for (const Example* example : order) trainer.Learn(*example, epoch > 0);
    std::fprintf(stderr, "  parser epoch %d: %.2f %%\n", epoch + 1, 100 * trainer.TakeAccuracy());
  }
  return trainer.Freeze();
}

void GuessTags(Examples& examples, int epochs) {
  const auto tag_count = static_cast<uint32_t>(examples.tags.names().size());
  ForEachFold(examples, [&](const Sentences& others, std::span<Example*> own) {
    const std::string section = TrainTagger(others, tag_count, epochs);
    Tagger tagger;
    if (!tagger.Open(Bytes(section))) std::abort();
    for (Example* example : own) {
      example->guessed.resize(example->words.size());
      tagger.Tag(example->words, example->guessed);
    }
  });
}

void GuessTrees(Examples& examples, int epochs) {
  const auto label_count = static_cast<uint32_t>(examples.relations.names().size());
  ForEachFold(examples, [&](const Sentences& others, std::span<Example*> own) {
    const ParserSections sections = TrainParser(others, label_count, true, false, epochs);
    Parser parser(true);
    if (!parser.Open(Bytes(sections.actions), Bytes(sections.labels))) std::abort();
    ParserScratch scratch;
    for (Example* example : own) {
      example->guide.resize(example->words.size());
      parser.Parse(example->words, example->guessed, {}, scratch, example->guide);
    }
  });
}

}  // namespace dossier::english
