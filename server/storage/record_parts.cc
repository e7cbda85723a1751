#include "server/storage/record_parts.h"

#include <cassert>
#include <cmath>
#include <cstdint>
#include <limits>

namespace dossier {
namespace {

// Signed numbers with the sign in the lowest bit, so that small ones of either sign are short.
uint64_t ZigZag(int64_t value) {
  return (static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63);
}

int64_t UnZigZag(uint64_t bits) {
  return static_cast<int64_t>(bits >> 1) ^ -static_cast<int64_t>(bits & 1);
}

// A confidence of n ten-thousandths below one is written as n; any other as kExact and its bits.
constexpr uint64_t kSteps = 10000;
constexpr uint64_t kExact = kSteps + 1;

double FromSteps(uint64_t below_one) {
  return static_cast<double>(kSteps - below_one) / static_cast<double>(kSteps);
}

}  // namespace

void SpanWriter::Put(Span span) {
  assert(span.begin <= span.end);
  PutVarint(out_, ZigZag(static_cast<int64_t>(span.begin) - static_cast<int64_t>(previous_end_)));
  PutVarint(out_, span.size());
  previous_end_ = span.end;
}

bool SpanReader::Get(Span* span) {
  const int64_t offset = UnZigZag(in_->Varint());
  const uint32_t size = in_->Varint32();
  constexpr int64_t kMax = std::numeric_limits<uint32_t>::max();
  if (!in_->ok() || offset < -kMax || offset > kMax) {
    return false;
  }
  const int64_t begin = static_cast<int64_t>(previous_end_) + offset;
  if (begin < 0 || begin + size > kMax) {
    return false;
  }
  span->begin = static_cast<uint32_t>(begin);
  span->end = span->begin + size;
  previous_end_ = span->end;
  return true;
}

void PutConfidence(std::string* out, double confidence) {
  assert(confidence >= 0 && confidence <= 1);
  const uint64_t below_one =
      kSteps - static_cast<uint64_t>(std::lround(confidence * static_cast<double>(kSteps)));
  if (FromSteps(below_one) == confidence) {
    PutVarint(out, below_one);
  } else {
    PutVarint(out, kExact);
    PutDouble(out, confidence);
  }
}

bool GetConfidence(Decoder* in, double* confidence) {
  const uint64_t below_one = in->Varint();
  *confidence = below_one <= kSteps ? FromSteps(below_one) : in->Double();
  return in->ok() && below_one <= kExact && *confidence >= 0 && *confidence <= 1;
}

}  // namespace dossier
