#include "plugins/english/values/values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <ctime>
#include <random>
#include <string>
#include <vector>

namespace dossier::english {
namespace {

// A document cut at spaces and around marks; a lone "." ends a sentence. "troops/NNS" gives a word
// its tag; others have none.
class Document {
 public:
  explicit Document(const std::string& marked) {
    inventory_.xpos = {"",   "NN",  "NNS", "NNP", "NNPS", "JJ",  "CC",
                       "CD", "VBD", "RB",  "DT",  "JJS",  "VBG", "IN"};
    size_t at = 0;
    while (at < marked.size()) {
      const size_t space = std::min(marked.find(' ', at), marked.size());
      AddChunk(marked.substr(at, space - at));
      at = space + 1;
    }
    annotation_.text = text_;
    annotation_.inventory = &inventory_;
  }

  std::vector<Value> Find(std::string_view published) const {
    return FindValues(annotation_, published);
  }
  std::string_view Form(const Value& value) const {
    return std::string_view(text_).substr(value.begin, value.end - value.begin);
  }
  const Annotation& annotation() const { return annotation_; }

 private:
  void AddChunk(std::string chunk) {
    if (!text_.empty()) text_ += ' ';
    std::string tag;
    const size_t slash = chunk.rfind('/');
    std::string tail;
    if (slash != std::string::npos && slash + 1 < chunk.size() && std::isupper(chunk[slash + 1])) {
      tag = chunk.substr(slash + 1);
      while (!tag.empty() && !std::isupper(tag.back()) && tag.back() != '$') {
        tail = tag.back() + tail;
        tag.pop_back();
      }
      chunk.resize(slash);
    }
    while (!chunk.empty() && std::string("($\"").find(chunk[0]) != std::string::npos) {
      AddToken(chunk.substr(0, 1), "");
      chunk.erase(0, 1);
    }
    const bool dotted = chunk.find('.') + 1 < chunk.size() && !std::isdigit(chunk[0]);
    while (chunk.size() > 1 && std::string(".,;:)?!%\"").find(chunk.back()) != std::string::npos &&
           !(dotted && chunk.back() == '.')) {
      tail = chunk.back() + tail;
      chunk.pop_back();
    }
    AddToken(chunk, tag);
    for (const char mark : tail) AddToken(std::string(1, mark), "");
    if (chunk == ".") ++sentence_;
  }

  void AddToken(const std::string& form, const std::string& tag) {
    Token token;
    token.begin = static_cast<uint32_t>(text_.size());
    text_ += form;
    token.end = static_cast<uint32_t>(text_.size());
    token.sentence = sentence_;
    annotation_.tokens.push_back(token);
    Word word;
    const auto known = std::find(inventory_.xpos.begin(), inventory_.xpos.end(), tag);
    ASSERT_NE(known, inventory_.xpos.end()) << tag;
    word.xpos = static_cast<uint8_t>(known - inventory_.xpos.begin());
    word.lemma = annotation_.lemmas.Intern(
        tag == "NNS" && form.back() == 's' ? form.substr(0, form.size() - 1) : form);
    annotation_.words.push_back(word);
  }

  std::string text_;
  Inventory inventory_;
  Annotation annotation_;
  uint32_t sentence_ = 0;
};

// One line per value: what stands in the text and what it means.
std::string Describe(const Document& document, const Value& value) {
  std::string line(document.Form(value));
  if (value.kind == ValueKind::kTime) return line + " = " + value.from + " .. " + value.to;
  const auto number = [](double n) {
    char buffer[32];
    std::snprintf(buffer, sizeof(buffer), "%.6g", n);
    return std::string(buffer);
  };
  line += " = " + std::string(ValueKindName(value.kind)) + " " + number(value.value);
  if (value.high != value.value) line += "-" + number(value.high);
  if (!value.unit.empty()) line += " " + value.unit;
  if (value.bound != Bound::kExact) line += ", " + std::string(BoundName(value.bound));
  return line;
}

std::vector<std::string> Find(const std::string& marked, std::string_view published) {
  const Document document(marked);
  std::vector<std::string> lines;
  for (const Value& value : document.Find(published)) lines.push_back(Describe(document, value));
  return lines;
}

struct Case {
  std::string text;
  std::vector<std::string> values;
};

void Check(std::string_view published, const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    EXPECT_THAT(Find(c.text, published), testing::ElementsAreArray(c.values)) << c.text;
  }
}

// A Wednesday.
constexpr std::string_view kPublished = "2021-04-14";

TEST(Times, ReadsAbsoluteDates) {
  Check(kPublished,
        {
            {"signed on 3 March 2019 in Oslo", {"3 March 2019 = 2019-03-03 .. 2019-03-03"}},
            {"signed on March 3, 2019, in Oslo", {"March 3, 2019 = 2019-03-03 .. 2019-03-03"}},
            {"signed Mar. 3rd, 2019", {"Mar. 3rd, 2019 = 2019-03-03 .. 2019-03-03"}},
            {"the 3rd of March 2019", {"3rd of March 2019 = 2019-03-03 .. 2019-03-03"}},
            {"Tuesday, 3 March 2020", {"Tuesday, 3 March 2020 = 2020-03-03 .. 2020-03-03"}},
            {"Tues. March 3 2020", {"Tues. March 3 2020 = 2020-03-03 .. 2020-03-03"}},
            {"dated 2019-03-03", {"2019-03-03 = 2019-03-03 .. 2019-03-03"}},
            {"dated 23/05/2019", {"23/05/2019 = 2019-05-23 .. 2019-05-23"}},
            {"dated 05/23/2019", {"05/23/2019 = 2019-05-23 .. 2019-05-23"}},
            {"dated 05/06/2019", {"05/06/2019 =  .. "}},
            {"dated 3.5.2019", {"3.5.2019 = 2019-05-03 .. 2019-05-03"}},
            {"in February 2020", {"February 2020 = 2020-02-01 .. 2020-02-29"}},
            {"in 1998", {"1998 = 1998-01-01 .. 1998-12-31"}},
            {"in the 80's", {"the 80's = 1980-01-01 .. 1989-12-31"}},
            {"the 2018 elections/NNS", {"2018 = 2018-01-01 .. 2018-12-31"}},
            {"circa 1880", {"1880 = 1880-01-01 .. 1880-12-31"}},
            {"in the 1990s", {"the 1990s = 1990-01-01 .. 1999-12-31"}},
            {"in the early 1980s", {"the early 1980s = 1980-01-01 .. 1983-04-30"}},
            {"the 19th century", {"the 19th century = 1801-01-01 .. 1900-12-31"}},
            {"in early 2019", {"early 2019 = 2019-01-01 .. 2019-04-30"}},
            {"by late 2019", {"by late 2019 =  .. 2019-12-31"}},
            {"in mid-May 2019", {"mid-May 2019 = 2019-05-11 .. 2019-05-20"}},
            {"the second half of 2019", {"the second half of 2019 = 2019-07-01 .. 2019-12-31"}},
            {"in Q3 2019", {"Q3 2019 = 2019-07-01 .. 2019-09-30"}},
            {"in summer 2019", {"summer 2019 = 2019-06-01 .. 2019-08-31"}},
        });
}

TEST(Times, ReadsRanges) {
  Check(
      kPublished,
      {
          {"between May 3 and 9", {"between May 3 and 9 = 2021-05-03 .. 2021-05-09"}},
          {"between 3 and 9 May 2020", {"between 3 and 9 May 2020 = 2020-05-03 .. 2020-05-09"}},
          {"from 28 May to 2 June 2020", {"from 28 May to 2 June 2020 = 2020-05-28 .. 2020-06-02"}},
          {"on May 3-9", {"May 3-9 = 2021-05-03 .. 2021-05-09"}},
          {"on May 3 – 9, 2020", {"May 3 – 9, 2020 = 2020-05-03 .. 2020-05-09"}},
          {"from December to February 2020",
           {"from December to February 2020 = 2019-12-01 .. 2020-02-29"}},
          {"the 1914-18 war", {"1914-18 = 1914-01-01 .. 1918-12-31"}},
          {"between 2001 and 2014", {"between 2001 and 2014 = 2001-01-01 .. 2014-12-31"}},
          {"from 2001 to 2014", {"from 2001 to 2014 = 2001-01-01 .. 2014-12-31"}},
          {"from Monday to Friday", {"from Monday to Friday = 2021-04-12 .. 2021-04-16"}},
      });
}

TEST(Times, ResolvesAgainstThePublishedDay) {
  Check(kPublished,
        {
            {"met yesterday", {"yesterday = 2021-04-13 .. 2021-04-13"}},
            {"will meet tomorrow morning", {"tomorrow morning = 2021-04-15 .. 2021-04-15"}},
            {"said on Friday", {"Friday = 2021-04-09 .. 2021-04-09"}},
            {"said on Wednesday", {"Wednesday = 2021-04-14 .. 2021-04-14"}},
            {"will vote on Friday", {"Friday = 2021-04-16 .. 2021-04-16"}},
            {"said on Monday they will vote on Friday",
             {"Monday = 2021-04-12 .. 2021-04-12", "Friday = 2021-04-16 .. 2021-04-16"}},
            {"last week", {"last week = 2021-04-05 .. 2021-04-11"}},
            {"this week", {"this week = 2021-04-12 .. 2021-04-18"}},
            {"earlier this week", {"earlier this week = 2021-04-12 .. 2021-04-14"}},
            {"earlier this month", {"earlier this month = 2021-04-01 .. 2021-04-14"}},
            {"later this year", {"later this year = 2021-04-14 .. 2021-12-31"}},
            {"late last year", {"late last year = 2020-09-01 .. 2020-12-31"}},
            {"next month", {"next month = 2021-05-01 .. 2021-05-31"}},
            {"last June", {"last June = 2020-06-01 .. 2020-06-30"}},
            {"next Friday", {"next Friday = 2021-04-16 .. 2021-04-16"}},
            {"last Wednesday", {"last Wednesday = 2021-04-07 .. 2021-04-07"}},
            {"early Friday", {"early Friday = 2021-04-09 .. 2021-04-09"}},
            {"last night", {"last night = 2021-04-13 .. 2021-04-13"}},
            {"last weekend", {"last weekend = 2021-04-10 .. 2021-04-11"}},
            {"in June", {"June = 2021-06-01 .. 2021-06-30"}},
            {"signed/VBD in June", {"June = 2021-06-01 .. 2021-06-30"}},
            {"signed/VBD in October", {"October = 2020-10-01 .. 2020-10-31"}},
            {"will open in October", {"October = 2021-10-01 .. 2021-10-31"}},
            {"on 20 April", {"20 April = 2021-04-20 .. 2021-04-20"}},
            {"since August 2019", {"since August 2019 = 2019-08-01 .. 2021-04-14"}},
            {"since the 1914-18 war", {"since the 1914-18 = 1918-01-01 .. 2021-04-14"}},
            {"since the 2008 crisis", {"since the 2008 = 2008-01-01 .. 2021-04-14"}},
            {"Apr. 20: he left", {"Apr. 20 = 2021-04-20 .. 2021-04-20"}},
            {"on 20 April.", {"20 April = 2021-04-20 .. 2021-04-20"}},
            {"since August", {"since August = 2020-08-01 .. 2021-04-14"}},
            {"if not settled/VBD by Friday", {"by Friday =  .. 2021-04-09"}},
            {"is not done by Friday", {"by Friday = 2021-04-14 .. 2021-04-16"}},
            {"by December", {"by December = 2021-04-14 .. 2021-12-31"}},
            {"until Friday will stay", {"until Friday =  .. 2021-04-16"}},
            {"before 2014", {"before 2014 =  .. 2013-12-31"}},
            {"after 2014", {"after 2014 = 2015-01-01 .. "}},
            {"two weeks ago", {"two weeks ago = 2021-03-29 .. 2021-04-04"}},
            {"three days ago", {"three days ago = 2021-04-11 .. 2021-04-11"}},
            {"a year ago", {"a year ago = 2020-01-01 .. 2020-12-31"}},
            {"over the past 70 years", {"the past 70 years = 1951-04-14 .. 2021-04-14"}},
            {"in the last two months", {"the last two months = 2021-02-14 .. 2021-04-14"}},
            {"the next five years", {"the next five years = 2021-04-14 .. 2026-04-14"}},
            {"in the coming weeks", {"the coming weeks = 2021-04-14 .. "}},
            {"will arrive in two weeks", {"in two weeks = 2021-04-26 .. 2021-05-02"}},
            {"is currently closed", {"currently = 2021-04-14 .. 2021-04-14"}},
            {"at the moment", {"at the moment = 2021-04-14 .. 2021-04-14"}},
            {"the last two years of her life", {"the last two years =  .. "}},
            {"the next morning", {"the next morning =  .. "}},
            {"swore/VBD on 16 January", {"16 January = 2021-01-16 .. 2021-01-16"}},
            {"swore/VBD on 16 May", {"16 May = 2020-05-16 .. 2020-05-16"}},
            {"two days later", {"two days later =  .. "}},
            {"more than two years ago", {"more than two years ago =  .. 2019-12-31"}},
            {"about two years ago", {"about two years ago = 2019-01-01 .. 2019-12-31"}},
            {"gathered/VBD over the weekend", {"the weekend = 2021-04-10 .. 2021-04-11"}},
            {"will gather over the weekend", {"the weekend = 2021-04-17 .. 2021-04-18"}},
            {"in recent weeks", {"recent weeks =  .. 2021-04-14"}},
            {"a recent week of rain", {}},
            {"1,000 centuries ago", {"1,000 centuries ago =  .. "}},
        });
}

TEST(Times, ReadsTheTimeOfDay) {
  Check(kPublished,
        {
            {"at 10:30 a.m. on Tuesday",
             {"10:30 a.m. on Tuesday = 2021-04-13T10:30 .. 2021-04-13T10:30"}},
            {"said on Tuesday at 3pm", {"Tuesday at 3pm = 2021-04-13T15:00 .. 2021-04-13T15:00"}},
            {"before noon on Tuesday", {"before noon on Tuesday =  .. 2021-04-13T12:00"}},
            {"by noon", {"by noon = 2021-04-14T12:00 .. 2021-04-14T12:00"}},
            {"at 14:00 GMT", {"14:00 GMT = 2021-04-14T14:00Z .. 2021-04-14T14:00Z"}},
        });
}

TEST(Times, LeavesRelativeTimesOpenWithoutAPublishedDay) {
  Check("", {
                {"said on Friday", {"Friday =  .. "}},
                {"last week", {"last week =  .. "}},
                {"on 3 March", {"3 March =  .. "}},
                {"since August 2019", {"since August 2019 = 2019-08-01 .. "}},
                {"on 3 March 2019", {"3 March 2019 = 2019-03-03 .. 2019-03-03"}},
            });
}

TEST(Times, LeavesWordsThatOnlyLookLikeTimes) {
  Check(kPublished, {
                        {"may march on", {}},
                        {"June said so", {}},
                        {"May said so", {}},
                        {"the second man", {}},
                        {"every Friday", {}},
                        {"some other weekend", {}},
                        {"sat in the sun", {}},
                        {"the result was 3:2", {}},
                        {"30 February 2020", {"30 February 2020 =  .. "}},
                    });
}

TEST(Quantities, CountsWhatFollows) {
  Check(kPublished,
        {
            {"sent 1,500 elite/JJ soldiers/NNS", {"1,500 = number 1500 soldier"}},
            {"sent 1500 soldiers/NNS", {"1500 = number 1500 soldier"}},
            {"up to 10,000 troops/NNS", {"up to 10,000 = number 10000 troop, at_most"}},
            {"more than 8 million artillery/NN and/CC missile/NN rounds/NNS",
             {"more than 8 million = number 8e+06 round, at_least"}},
            {"approximately 13,000", {"approximately 13,000 = number 13000, about"}},
            {"at least three people/NNS", {"at least three = number 3 people, at_least"}},
            {"as many as 40 boats/NNS", {"as many as 40 = number 40 boat, at_most"}},
            {"some 3,000 workers/NNS", {"some 3,000 = number 3000 worker, about"}},
            {"no fewer than 12 ships/NNS", {"no fewer than 12 = number 12 ship, at_least"}},
            {"50 or more tanks/NNS", {"50 or more = number 50 tank, at_least"}},
            {"a dozen planes/NNS", {"a dozen = number 12 plane, about"}},
            {"hundreds of men/NNS", {"hundreds = number 200 men, at_least"}},
            {"tens of thousands of men/NNS", {"tens of thousands = number 20000 men, at_least"}},
            {"eight million voters/NNS", {"eight million = number 8e+06 voter"}},
            {"a quarter of a million homes/NNS",
             {"a quarter of a million = number 250000 home, about"}},
            {"half a million homes/NNS", {"half a million = number 500000 home, about"}},
            {"two and a half million homes/NNS", {"two and a half million = number 2.5e+06 home"}},
            {"two hundred and fifty thousand homes/NNS",
             {"two hundred and fifty thousand = number 250000 home"}},
            {"twenty-three boats/NNS", {"twenty-three = number 23 boat"}},
            {"one/CD boat/NN", {"one = number 1 boat"}},
            {"two of the boats/NNS", {"two = number 2"}},
            {"five North/NNP Koreans/NNPS", {"five = number 5 Koreans"}},
            {"20k users/NNS", {"20k = number 20000 user"}},
            {"for three days", {"three = number 3 day"}},
            {"a 30-year-old bridge", {"30-year-old = number 30 year"}},
            {"at 90 km/h", {"90 km/h = number 90 kilometre per hour"}},
            {"50km away", {"50km = number 50 kilometre"}},
            {"one/CD interpreter/NN per 30 soldiers/NNS",
             {"one interpreter per 30 soldiers = number 1 interpreter per 30 soldier"}},
            {"three times/NNS a day", {"three times a day = number 3 time per day"}},
        });
}

TEST(Quantities, ReadsRanges) {
  Check(kPublished,
        {
            {"1,500 to 3,000 men/NNS", {"1,500 to 3,000 = number 1500-3000 men"}},
            {"between 1,500 and 3,000 men/NNS", {"between 1,500 and 3,000 = number 1500-3000 men"}},
            {"1.5 to 2 million people/NNS", {"1.5 to 2 million = number 1.5e+06-2e+06 people"}},
            {"two or three days", {"two or three = number 2-3 day"}},
            {"5-10%", {"5-10% = percent 5-10 percent"}},
            {"rose/VBD $2 to $14", {"$2 = money 2 USD", "$14 = money 14 USD"}},
            {"cut by 2 to 14 days/NNS", {"2 = number 2", "14 = number 14 day"}},
            {"0.5 percentage points to 4%",
             {"0.5 percentage points = percent 0.5 percentage point", "4% = percent 4 percent"}},
            {"rose from 5 to 10 percent", {"5 = number 5", "10 percent = percent 10 percent"}},
        });
}

TEST(Quantities, ReadsMoneyAndShares) {
  Check(kPublished,
        {
            {"$60 million", {"$60 million = money 6e+07 USD"}},
            {"US$60m", {"US$60m = money 6e+07 USD"}},
            {"£3m", {"£3m = money 3e+06 GBP"}},
            {"€1.5bn", {"€1.5bn = money 1.5e+09 EUR"}},
            {"more than $5 a barrel/NN",
             {"more than $5 a barrel = money 5 USD per barrel, at_least"}},
            {"$5 to $10 million", {"$5 to $10 million = money 5e+06-1e+07 USD"}},
            {"500 million won", {"500 million won = money 5e+08 KRW"}},
            {"two won medals/NNS", {"two = number 2"}},
            {"60 million euros", {"60 million euros = money 6e+07 EUR"}},
            {"about 12 percent", {"about 12 percent = percent 12 percent, about"}},
            {"12 percentage points", {"12 percentage points = percent 12 percentage point"}},
            {"two-thirds of voters/NNS", {"two-thirds = percent 66.6667 percent, about"}},
            {"nearly half the voters/NNS", {"nearly half = percent 50 percent, about"}},
            {"9 out of 10 voters/NNS", {"9 out of 10 = percent 90 percent, about"}},
        });
}

TEST(Quantities, GivesVagueCountsTheLeastThatTheySurelyMean) {
  Check(kPublished,
        {
            {"dozens of planes/NNS", {"dozens = number 24 plane, at_least"}},
            {"thousands marched", {"thousands = number 2000, at_least"}},
            {"several boats/NNS", {"several = number 3 boat, at_least"}},
            {"several hundred boats/NNS", {"several hundred = number 200 boat, at_least"}},
            {"several of the/DT boats/NNS", {"several = number 3 boat, at_least"}},
            {"many other/JJ boats/NNS", {"many = number 3 boat, at_least"}},
            {"a few boats/NNS", {"a few = number 3 boat, at_least"}},
            {"a few thousand boats/NNS", {"a few thousand = number 2000 boat, at_least"}},
            {"a handful of boats/NNS", {"a handful = number 3 boat, at_least"}},
            {"a couple of boats/NNS", {"a couple = number 2 boat, at_least"}},
            {"a couple of hundred boats/NNS", {"a couple of hundred = number 200 boat, at_least"}},
            {"a couple thousand boats/NNS", {"a couple thousand = number 2000 boat, at_least"}},
            {"a number of boats/NNS", {"a number = number 2 boat, at_least"}},
            {"a small/JJ number of troops/NNS", {"a small number = number 2 troop, at_least"}},
            {"an increasing/VBG number of troops/NNS",
             {"an increasing number = number 2 troop, at_least"}},
            {"hundreds of millions of dollars",
             {"hundreds of millions of dollars = money 2e+08 USD, at_least"}},
            {"several million dollars", {"several million dollars = money 2e+06 USD, at_least"}},
            {"more than a few boats/NNS", {"more than a few = number 3 boat, at_least"}},
            {"nearly two dozen boats/NNS", {"nearly two dozen = number 24 boat, about"}},
            {"half a dozen boats/NNS", {"half a dozen = number 6 boat, about"}},
            {"a dozen or more boats/NNS", {"a dozen or more = number 12 boat, at_least"}},
        });
}

TEST(Quantities, LeavesWordsThatTellNoCount) {
  Check(kPublished, {
                        {"how many boats/NNS", {}},
                        {"as many boats/NNS as before", {}},
                        {"not many boats/NNS", {}},
                        {"few boats/NNS", {}},
                        {"no boats/NNS", {}},
                        {"none of the boats/NNS", {}},
                        {"several", {}},
                        {"several of them", {}},
                        {"many a/DT boat/NN", {}},
                        {"the number of boats/NNS", {}},
                        {"a number on the door/NN", {}},
                        {"a happy/JJ couple", {}},
                        {"up to several hundred boats/NNS", {}},
                        {"fewer than several boats/NNS", {}},
                        {"one/CD interpreter/NN per several soldiers/NNS",
                         {"one = number 1 interpreter", "several = number 3 soldier, at_least"}},
                    });
}

TEST(Quantities, ReadsShares) {
  Check(kPublished,
        {
            {"a third of the voters/NNS", {"a third = percent 33.3333 percent, about"}},
            {"one third of voters/NNS", {"one third = percent 33.3333 percent, about"}},
            {"two thirds majority", {"two thirds = percent 66.6667 percent, about"}},
            {"fell by a third", {"a third = percent 33.3333 percent, about"}},
            {"fell by a fifth here", {"a fifth = percent 20 percent, about"}},
            {"one in five voters/NNS", {"one in five = percent 20 percent, about"}},
            {"more than half of the voters/NNS", {"more than half = percent 50 percent, at_least"}},
            {"most of the voters/NNS", {"most = percent 50 percent, at_least"}},
            {"most/JJS voters/NNS", {"most = percent 50 percent, at_least"}},
            {"a majority of voters/NNS", {"a majority = percent 50 percent, at_least"}},
            {"the vast/JJ majority of them", {"the vast majority = percent 50 percent, at_least"}},
            {"a small/JJ minority of them", {"a small minority = percent 50 percent, at_most"}},
            {"a third man/NN", {}},
            {"stopped by a third boat/NN", {}},
            {"three quarters/NNS", {"three = number 3 quarter"}},
            {"won the most seats/NNS", {}},
            {"most/RB recent boats/NNS", {}},
            {"most of all", {}},
            {"the majority voted", {}},
            {"a second of silence", {}},
        });
}

TEST(Quantities, ReadsRates) {
  Check(kPublished, {
                        {"an interpreter/NN per 30 soldiers/NNS",
                         {"an interpreter per 30 soldiers = number 1 interpreter per 30 soldier"}},
                        {"two medics/NNS to every boat/NN",
                         {"two medics to every boat = number 2 medic per boat"}},
                        {"a boat/NN for each of them", {}},
                        {"met a man/NN a day/NN late", {}},
                    });
}

TEST(Quantities, LeavesWhatIsNone) {
  Check(kPublished, {
                        {"the first and the 21st", {}},
                        {"call 555-123-4567 now/RB that", {}},
                        {"call +44 20 7946 0958", {}},
                        {"an F-16 and a T72", {}},
                        {"under Article 5", {}},
                        {"Apollo/NNP 11 landed", {}},
                        {"no one knows", {}},
                        {"one of them", {}},
                        {"won 3-2", {}},
                        {"a Category 3 storm/NN", {}},
                        {"as shown [17], [21]", {}},
                        {"dial 705-7201", {}},
                        {"version 1.2.3", {}},
                        {"see http://example.org/2021/05/06", {}},
                        {"id 12345678901234", {}},
                        {"open 24/7", {}},
                    });
}

// Sorted, disjoint, on token boundaries, whatever the text.
void CheckLaws(const Document& document) {
  const Annotation& annotation = document.annotation();
  std::vector<bool> starts(annotation.text.size() + 1), stops(annotation.text.size() + 1);
  for (const Token& token : annotation.tokens) starts[token.begin] = stops[token.end] = true;
  uint32_t last = 0;
  for (const Value& value : document.Find(kPublished)) {
    ASSERT_LE(last, value.begin);
    ASSERT_LT(value.begin, value.end);
    ASSERT_LE(value.end, annotation.text.size());
    ASSERT_TRUE(starts[value.begin] && stops[value.end]) << document.Form(value);
    ASSERT_LE(value.value, value.high) << document.Form(value);
    last = value.end;
  }
}

TEST(Values, KeepTheLawsOnRandomText) {
  const std::vector<std::string> words = {
      "the",     "last",     "two",   "million", "3",       "1,500",    "-",     "to",
      "between", "and",      "$",     "%",       "May",     "Friday",   "2019",  "10:30",
      "a",       "half",     "of",    "years",   "ago",     "per",      "from",  "since",
      "by",      "early",    "1990s", "18th",    "century", "hundreds", "about", ".",
      "m",       "in",       "or",    "more",    "several", "many",     "few",   "number",
      "most",    "majority", "than",  "men/NNS", "90",      "999999",   "é",     "–",
      "“",       "next",     "31",    "first",   "quarter", "no",       "000",   "3.5.2019"};
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int n = 0; n < 30; ++n) {
      const size_t word = random() % words.size();
      text += words[word];
      if (words[word].ends_with("NNS") || random() % 4 != 0) text += ' ';
    }
    CheckLaws(Document(text));
  }
}

TEST(Values, AreLinearOnHostileText) {
  std::vector<std::string> texts = {std::string(1 << 20, '7')};
  for (const std::string unit :
       {"of ", "million ", "since ", "late of the ", "one hundred and ", "a ", "1-", "2019-",
        "between 1 and ", "Friday ", "7 ", "the past ", "more than ", "half a ", "$", "3 "}) {
    std::string text;
    for (int n = 0; n < 100'000; ++n) text += unit;
    texts.push_back(text);
  }
  for (const std::string& text : texts) {
    const Document document(text);
    const std::clock_t start = std::clock();
    CheckLaws(document);
    EXPECT_LT(std::clock() - start, 5 * CLOCKS_PER_SEC) << text.substr(0, 40);
  }
}

TEST(Values, NeedNoTags) {
  const std::string text = "sent 1,500 soldiers on Friday";
  Annotation annotation;
  annotation.text = text;
  for (const auto& [begin, end] :
       std::vector<std::pair<uint32_t, uint32_t>>{{0, 4}, {5, 10}, {11, 19}, {20, 22}, {23, 29}}) {
    annotation.tokens.push_back({begin, end, 0});
  }
  const std::vector<Value> values = FindValues(annotation, kPublished);
  ASSERT_EQ(values.size(), 2u);
  EXPECT_EQ(values[0].value, 1500);
  EXPECT_EQ(values[1].from, "2021-04-09");
}

}  // namespace
}  // namespace dossier::english
