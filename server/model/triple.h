#ifndef DOSSIER_SERVER_MODEL_TRIPLE_H_
#define DOSSIER_SERVER_MODEL_TRIPLE_H_

#include <compare>
#include <cstdint>
#include <string>

#include "server/model/ids.h"

namespace dossier {

// The numbers are stored: they never change.
enum class LiteralType : uint8_t {
  kNone = 0,  // the predicate takes no object: "The envoy resigned"; the value is empty
  kText = 1,
  kNumber = 2,
  kTime = 3,
};

struct Literal {
  LiteralType type = LiteralType::kNone;
  std::string value;  // at most kMaxTermBytes

  friend auto operator<=>(const Literal&, const Literal&) = default;
};

// Predicates, literals and names longer than this are refused.
inline constexpr uint32_t kMaxTermBytes = 4096;

// The object of a triple: an entity, or an interned literal. One number holds both, so that both
// stand in the same indexes: literals have the top bit set.
class ObjectId {
 public:
  ObjectId() = default;
  explicit ObjectId(EntityId entity) : bits_(entity.value()) {}
  explicit ObjectId(TermId literal) : bits_(literal.value() | kLiteralBit) {}
  static ObjectId FromBits(uint64_t bits) {
    ObjectId id;
    id.bits_ = bits;
    return id;
  }

  bool is_literal() const { return (bits_ & kLiteralBit) != 0; }
  // REQUIRES: !is_literal().
  EntityId entity() const { return EntityId(bits_); }
  // REQUIRES: is_literal().
  TermId literal() const { return TermId(bits_ & ~kLiteralBit); }
  uint64_t bits() const { return bits_; }
  bool valid() const { return bits_ != 0; }

  friend auto operator<=>(ObjectId, ObjectId) = default;

 private:
  static constexpr uint64_t kLiteralBit = uint64_t{1} << 63;

  uint64_t bits_ = 0;
};

// Subject, predicate, object. Stored once, however many documents state it.
struct Triple {
  EntityId subject;
  TermId predicate;
  ObjectId object;

  friend auto operator<=>(const Triple&, const Triple&) = default;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_MODEL_TRIPLE_H_
