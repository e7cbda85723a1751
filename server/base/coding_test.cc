#include "server/base/coding.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <vector>

namespace dossier {
namespace {

using std::string_literals::operator""s;

TEST(Coding, WritesExactBytes) {
  std::string out;
  PutFixed32(&out, 0x01020304);
  EXPECT_EQ(out, "\x01\x02\x03\x04");
  out.clear();
  PutFixed64(&out, 0x0102030405060708);
  EXPECT_EQ(out, "\x01\x02\x03\x04\x05\x06\x07\x08");
  out.clear();
  PutVarint(&out, 300);
  EXPECT_EQ(out, "\xac\x02");
  out.clear();
  PutString(&out, "ab");
  EXPECT_EQ(out, "\x02"s + "ab");
}

TEST(Coding, FixedNumbersSortAsNumbers) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 1000; ++i) {
    const uint64_t a = random() >> (random() % 64);
    const uint64_t b = random() >> (random() % 64);
    std::string key_a;
    std::string key_b;
    PutFixed64(&key_a, a);
    PutFixed64(&key_b, b);
    EXPECT_EQ(a < b, key_a < key_b) << a << " " << b;
  }
}

TEST(Coding, DecodesWhatItEncodes) {
  std::mt19937_64 random(2);
  for (int i = 0; i < 1000; ++i) {
    const uint64_t number = random() >> (random() % 64);
    const double real = static_cast<double>(number) / 7.0;
    const std::string text(random() % 300, 'x');
    std::string bytes;
    PutVarint(&bytes, number);
    PutString(&bytes, text);
    PutDouble(&bytes, real);
    PutFixed32(&bytes, static_cast<uint32_t>(number));
    Decoder decoder(bytes);
    EXPECT_EQ(decoder.Varint(), number);
    EXPECT_EQ(decoder.String(), text);
    EXPECT_EQ(decoder.Double(), real);
    EXPECT_EQ(decoder.Fixed32(), static_cast<uint32_t>(number));
    EXPECT_TRUE(decoder.done());
  }
}

TEST(Coding, RefusesEveryTruncation) {
  std::string bytes;
  PutVarint(&bytes, std::numeric_limits<uint64_t>::max());
  PutString(&bytes, "hello");
  PutFixed64(&bytes, 7);
  for (size_t size = 0; size < bytes.size(); ++size) {
    Decoder decoder(std::string_view(bytes).substr(0, size));
    decoder.Varint();
    decoder.String();
    decoder.Fixed64();
    EXPECT_FALSE(decoder.ok()) << size;
  }
}

TEST(Coding, RefusesNumbersThatAreTooLong) {
  Decoder endless(std::string_view("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"));
  EXPECT_EQ(endless.Varint(), 0u);
  EXPECT_FALSE(endless.ok());
  Decoder wide(std::string_view("\xff\xff\xff\xff\x7f"));
  EXPECT_EQ(wide.Varint32(), 0u);
  EXPECT_FALSE(wide.ok());
}

}  // namespace
}  // namespace dossier
