// What several records are made of. Only for the record codecs.
#ifndef DOSSIER_SERVER_STORAGE_RECORD_PARTS_H_
#define DOSSIER_SERVER_STORAGE_RECORD_PARTS_H_

#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "server/base/coding.h"
#include "server/model/evidence.h"
#include "server/model/mention.h"
#include "server/model/span.h"
#include "server/storage/family.h"
#include "server/storage/keys.h"

namespace dossier {

// Runs `read(Decoder*, T*)`, which returns whether what it read makes sense, over all of `value`.
template <class T, class Read>
absl::StatusOr<T> DecodeRecord(Family family, std::string_view key, std::string_view value,
                               Read read) {
  Decoder in(value);
  T record;
  if (!read(&in, &record) || !in.done()) {
    return DamagedRecord(family, key, "the value is malformed");
  }
  return record;
}

// Spans that follow each other in a record: each stands relative to the end of the one before,
// which mostly takes two bytes.
class SpanWriter {
 public:
  explicit SpanWriter(std::string* out) : out_(out) {}
  // REQUIRES: span.begin <= span.end.
  void Put(Span span);
  // The next span is relative to `offset`.
  void MoveTo(uint32_t offset) { previous_end_ = offset; }

 private:
  std::string* out_;
  uint32_t previous_end_ = 0;
};

class SpanReader {
 public:
  explicit SpanReader(Decoder* in) : in_(in) {}
  bool Get(Span* span);  // false: not a span
  void MoveTo(uint32_t offset) { previous_end_ = offset; }

 private:
  Decoder* in_;
  uint32_t previous_end_ = 0;
};

// Confidences come as decimals of few places more often than not: those take one or two bytes, any
// other nine or ten. REQUIRES: 0 <= confidence <= 1.
void PutConfidence(std::string* out, double confidence);
bool GetConfidence(Decoder* in, double* confidence);

// What EncodeEvidence() and EncodeMention() write, as part of another record. False: malformed. A
// mention reads all that is left and gets no entity.
bool GetEvidence(Decoder* in, Evidence* evidence);
bool GetMention(Decoder* in, Mention* mention);

}  // namespace dossier

#endif  // DOSSIER_SERVER_STORAGE_RECORD_PARTS_H_
