#include <cstdint>

#include "server/storage/record_parts.h"
#include "server/storage/records.h"

namespace dossier {
namespace {

void PutSketch(std::string* out, const Sketch& sketch) {
  PutVarint(out, sketch.size());
  uint32_t previous = 0;
  for (const uint32_t hash : sketch) {
    PutVarint(out, hash - previous);
    previous = hash;
  }
}

bool GetSketch(Decoder* in, std::size_t max_hashes, Sketch* sketch) {
  const uint64_t count = in->Varint();
  if (count > max_hashes) {
    return false;
  }
  uint32_t previous = 0;
  for (uint64_t i = 0; i < count; ++i) {
    const uint32_t step = in->Varint32();
    if (!in->ok() || step > UINT32_MAX - previous || (step == 0 && i > 0)) {
      return false;
    }
    previous += step;
    sketch->push_back(previous);
  }
  return true;
}

bool GetPassages(Decoder* in, std::vector<Passage>* passages) {
  Span previous;
  for (uint64_t left = in->Varint(); left > 0; --left) {
    Passage passage;
    const uint32_t step = in->Varint32();
    const uint32_t size = in->Varint32();
    if (!in->ok() || step > UINT32_MAX - previous.begin ||
        size > UINT32_MAX - previous.begin - step || size > kMaxPassageBytes) {
      return false;
    }
    passage.sentence.begin = previous.begin + step;
    passage.sentence.end = passage.sentence.begin + size;
    if (!GetSketch(in, kPassageSketchHashes, &passage.sketch) ||
        (!passages->empty() && passage.sentence <= previous)) {
      return false;
    }
    previous = passage.sentence;
    passages->push_back(std::move(passage));
  }
  return true;
}

}  // namespace

std::string EncodeSketch(const DocumentSketch& sketch) {
  std::string out;
  PutSketch(&out, sketch.text);
  PutVarint(&out, sketch.passages.size());
  uint32_t previous = 0;
  for (const Passage& passage : sketch.passages) {
    PutVarint(&out, passage.sentence.begin - previous);
    PutVarint(&out, passage.sentence.size());
    PutSketch(&out, passage.sketch);
    previous = passage.sentence.begin;
  }
  return out;
}

absl::StatusOr<DocumentSketch> DecodeSketch(std::string_view key, std::string_view value) {
  return DecodeRecord<DocumentSketch>(Family::kSketch, key, value,
                                      [](Decoder* in, DocumentSketch* sketch) {
                                        return GetSketch(in, kTextSketchHashes, &sketch->text) &&
                                               GetPassages(in, &sketch->passages);
                                      });
}

}  // namespace dossier
