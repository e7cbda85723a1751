#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <string>

#include "plugins/sdk/extractor.h"

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
