#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/sdk/extractor.h"
#include "plugins/sdk/names.h"
#include "plugins/sdk/text_file.h"
#include "plugins/sdk/times.h"

namespace dossier::sdk {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

TEST(LayerBuilder, WritesWhatAViewReads) {
  LayerBuilder layer("sky/1");
  auto& begin = layer.AddU32("begin");
  auto& share = layer.AddF64("share");
  auto& kind = layer.AddStr("kind");
  for (uint32_t row = 0; row < 4; ++row) {
    begin.push_back(row * 10);
    share.push_back(row / 4.0);
    kind.push_back(row % 2 == 0 ? "cloud" : "");
  }
  layer.WithC([](const dossier_layer& c_layer) {
    const LayerView view(&c_layer);
    EXPECT_EQ(view.name(), "sky/1");
    EXPECT_EQ(view.rows(), 4u);
    EXPECT_THAT(view.U32("begin"), ElementsAre(0, 10, 20, 30));
    EXPECT_THAT(view.F64("share"), ElementsAre(0, 0.25, 0.5, 0.75));
    const StringColumn kinds = view.Str("kind");
    EXPECT_EQ(kinds[2], "cloud");
    EXPECT_EQ(kinds[3], "");
    EXPECT_EQ(kinds.code(0), kinds.FindCode("cloud"));
    EXPECT_EQ(kinds.FindCode("sun"), kNoId);
    EXPECT_THAT([&] { view.F64("begin"); }, ThrowsMessage<Error>(HasSubstr("sky/1 has no column")));
  });
}

TEST(LayerBuilder, RefusesColumnsOfUnequalLength) {
  LayerBuilder layer("sky/1");
  layer.AddU32("begin").push_back(1);
  layer.AddU32("end");
  EXPECT_THAT([&] { layer.WithC([](const dossier_layer&) {}); },
              ThrowsMessage<Error>("layer sky/1: column \"end\" has 0 rows, the first has 1"));
}

// name/1 and listed/1 from rows {begin, end, type, name}; reads them together.
struct NameRow {
  uint32_t begin;
  uint32_t end;
  std::string_view type;
  std::string_view name = "";
};

std::vector<std::string> ReadTogether(const std::vector<NameRow>& found,
                                      const std::vector<NameRow>& listed) {
  const auto fill = [](LayerBuilder& layer, const std::vector<NameRow>& rows, bool named) {
    auto& begin = layer.AddU32("begin");
    auto& end = layer.AddU32("end");
    auto& type = layer.AddStr("type");
    StringColumnBuilder* name = named ? &layer.AddStr("name") : nullptr;
    for (const NameRow& row : rows) {
      begin.push_back(row.begin);
      end.push_back(row.end);
      type.push_back(row.type);
      if (named) name->push_back(row.name);
    }
  };
  LayerBuilder name_layer("name/1"), listed_layer("listed/1");
  fill(name_layer, found, false);
  fill(listed_layer, listed, true);
  return name_layer.WithC([&](const dossier_layer& c_found) {
    return listed_layer.WithC([&](const dossier_layer& c_listed) {
      const std::array<const dossier_layer*, 2> layers = {&c_found, &c_listed};
      dossier_document document = {};
      document.size = sizeof(document);
      document.text = ToC("0123456789");
      document.layers = layers.data();
      document.layer_count = listed.empty() ? 1 : 2;
      const Names names = ReadNames(Document(&document));
      std::vector<std::string> rows;
      for (uint32_t i = 0; i < names.size(); ++i) {
        rows.push_back(std::to_string(names.begin[i]) + "-" + std::to_string(names.end[i]) + " " +
                       std::string(names.type[i]) + " " + std::string(names.name[i]));
      }
      return rows;
    });
  });
}

TEST(Names, OfTwoThatOverlapTheLongerOrTheListedOneStays) {
  EXPECT_THAT(ReadTogether({{0, 2, "ORG"}, {4, 6, "GPE"}}, {}),
              ElementsAre("0-2 ORG 01", "4-6 GPE 45"));
  EXPECT_THAT(ReadTogether({{0, 2, "ORG"}, {4, 6, "GPE"}}, {{0, 2, "SHIP", "S"}, {7, 8, "", "T"}}),
              ElementsAre("0-2 SHIP S", "4-6 GPE 45", "7-8  T"));
  EXPECT_THAT(ReadTogether({{0, 2, "ORG"}}, {{0, 2, "", "S"}}), ElementsAre("0-2 ORG S"));
  EXPECT_THAT(ReadTogether({{0, 5, "ORG"}, {6, 8, "GPE"}}, {{1, 3, "A", "S"}, {4, 8, "B", "T"}}),
              ElementsAre("0-5 ORG 01234", "6-8 GPE 67"));
  EXPECT_THAT(ReadTogether({{0, 2, "ORG"}, {3, 4, "GPE"}}, {{1, 9, "B", "T"}}),
              ElementsAre("1-9 B T"));
}

// A sink that copies the last triple it is given.
struct Recorder {
  Recorder() {
    c_sink.size = sizeof(c_sink);
    c_sink.context = this;
    c_sink.triple = [](void* self, const dossier_triple* triple) -> dossier_status {
      static_cast<Recorder*>(self)->Record(*triple);
      return DOSSIER_OK;
    };
    c_sink.error = [](void* self, dossier_str text) {
      static_cast<Recorder*>(self)->error = View(text);
    };
  }

  void Record(const dossier_triple& triple) {
    predicate = View(triple.predicate);
    has_time = triple.time != nullptr;
    for (uint32_t i = 0; i < triple.qualifier_count; ++i) {
      units.emplace_back(View(triple.qualifiers[i]->quantity->unit));
    }
    for (uint32_t i = 0; i < triple.attribution_count; ++i) {
      speakers.push_back(triple.attributions[i]->mention);
    }
  }

  dossier_sink c_sink = {};
  std::string predicate;
  bool has_time = true;
  std::vector<std::string> units;
  std::vector<uint32_t> speakers;
  std::string error;
};

TEST(Sink, PassesATripleWithAllItsParts) {
  Triple triple;
  triple.predicate = "deploy to";
  triple.qualifiers = {{.role = Role::kQuantity, .quantity = Quantity{.unit = "troops"}},
                       {.role = Role::kQuantity, .quantity = Quantity{.unit = "ships"}}};
  triple.attributions = {{.mention = 3}, {.mention = 5}};
  Recorder recorder;
  EXPECT_TRUE(Sink(&recorder.c_sink).Add(triple));
  EXPECT_EQ(recorder.predicate, "deploy to");
  EXPECT_FALSE(recorder.has_time);
  EXPECT_THAT(recorder.units, ElementsAre("troops", "ships"));
  EXPECT_THAT(recorder.speakers, ElementsAre(3, 5));
}

TEST(Times, AreWhatATripleMayHave) {
  EXPECT_EQ(TripleTime(""), "");
  EXPECT_EQ(TripleTime("2024-10-08"), "2024-10-08");
  EXPECT_EQ(TripleTime("2024-10-08T06:30"), "2024-10-08");
  EXPECT_EQ(TripleTime("2024-10-08T06:30Z"), "2024-10-08T06:30:00Z");
  EXPECT_EQ(TripleTime("2024-10-08T06:30:15Z"), "2024-10-08T06:30:15Z");
  EXPECT_FALSE(TripleTimes("", ""));
  EXPECT_EQ(TripleTimes("", "2024-10-08T06:30")->to, "2024-10-08");
}

TEST(TextFile, SaysWhereAByteIs) {
  const TextFile file("/a/names.tsv",
                      "\xef\xbb\xbf"
                      "one\nzwölf x\n");
  EXPECT_EQ(file.text(), "one\nzwölf x\n");
  EXPECT_EQ(file.Place(0), "names.tsv:1:1");
  EXPECT_EQ(file.Place(3), "names.tsv:1:4");
  EXPECT_EQ(file.Place(4), "names.tsv:2:1");
  EXPECT_EQ(file.Place(file.text().find('x')), "names.tsv:2:7");
}

TEST(TextFile, FindsWhatIsNotUtf8) {
  EXPECT_EQ(FindInvalidUtf8("aä€😀\x7f"), std::string_view::npos);
  for (const char* bad : {"\x80", "\xc1\x81", "\xc3", "\xe0\x80\x80", "\xed\xa0\x80", "\xe2\x82",
                          "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xc3(", "\xff"}) {
    EXPECT_EQ(FindInvalidUtf8(std::string("a") + bad), 1u) << testing::PrintToString(bad);
  }
}

TEST(TextFile, RefusesWhatItCannotRead) {
  const auto read = [](const std::string& path) { return [=] { TextFile::Read(path, 1 << 20); }; };
  EXPECT_THAT(read("/none/names.tsv"),
              ThrowsMessage<Error>("cannot read /none/names.tsv: No such file or directory"));
  EXPECT_THAT(read("/"), ThrowsMessage<Error>("cannot read /: it is not a regular file"));
  EXPECT_THAT(read("/dev/zero"),
              ThrowsMessage<Error>("cannot read /dev/zero: it is not a regular file"));
  EXPECT_THAT([] { TextFile::Read("/proc/self/exe", 0); },
              ThrowsMessage<Error>(HasSubstr("larger than 0 MiB")));
}

TEST(FileFaults, TellsTheFirstAndCountsTheRest) {
  const TextFile file("f", "abc");
  FileFaults faults(file);
  EXPECT_TRUE(faults.empty());
  faults.ThrowIfAny();
  for (int i = 0; i < 7; ++i) faults.Add(1, "bad");
  EXPECT_THAT(
      [&] { faults.ThrowIfAny(); },
      ThrowsMessage<Error>("f:1:2: bad; f:1:2: bad; f:1:2: bad; f:1:2: bad; f:1:2: bad; and "
                           "2 more"));
}

class Failing : public Extractor {
 public:
  explicit Failing(const Setup& setup) {
    if (setup.config() != "{}") {
      throw Error(StatusCode::kInvalidArgument, "a text longer than the host has room for");
    }
  }
  Status Process(const Document& document, Sink&) override {
    if (document.text() == "throw") {
      throw std::bad_alloc();
    }
    document.Layer("token/1");
    return Status::Ok();
  }
};

dossier_status ProcessText(dossier_instance* instance, std::string_view text, Recorder* recorder) {
  dossier_document document = {};
  document.size = sizeof(document);
  document.text = ToC(text);
  return internal::Process(instance, &document, &recorder->c_sink);
}

TEST(Extractor, TurnsExceptionsIntoStatusAndText) {
  std::array<char, 16> error = {};
  dossier_instance* instance = nullptr;
  const dossier_host host = {};
  ASSERT_EQ(internal::Create<Failing>(&host, ToC("{}"), error.data(), error.size(), &instance),
            DOSSIER_OK);
  Recorder recorder;
  EXPECT_EQ(ProcessText(instance, "throw", &recorder), DOSSIER_RESOURCE_EXHAUSTED);
  EXPECT_EQ(recorder.error, "out of memory");
  EXPECT_EQ(ProcessText(instance, "", &recorder), DOSSIER_FAILED_PRECONDITION);
  EXPECT_THAT(recorder.error, HasSubstr("layer token/1 was not passed"));
  internal::Destroy(instance);
}

TEST(Extractor, CutsTheTextOfARefusalToItsRoom) {
  std::array<char, 16> error = {};
  dossier_instance* instance = nullptr;
  const dossier_host host = {};
  EXPECT_EQ(internal::Create<Failing>(&host, ToC("[]"), error.data(), error.size(), &instance),
            DOSSIER_INVALID_ARGUMENT);
  EXPECT_STREQ(error.data(), "a text longer t");
  EXPECT_EQ(instance, nullptr);
}

}  // namespace
}  // namespace dossier::sdk
