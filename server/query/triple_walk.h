// Walks over the triples that agree with lists of ids, in the order of the index that has the bound
// parts in front:
//
//   bound        index, in its order
//   nothing      spo
//   s, sp, spo   spo
//   p, po        pos
//   o            osp
//   so           osp
//   a partial index, p or nothing
//
// Each combination of ids is a range of that index. The ranges are walked in ascending order, so
// the walk as a whole is in the order of the index, and a key says where it stands.
#ifndef DOSSIER_SERVER_QUERY_TRIPLE_WALK_H_
#define DOSSIER_SERVER_QUERY_TRIPLE_WALK_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "server/query/page_walk.h"
#include "server/storage/graph_reader.h"

namespace dossier {

// Lists are ascending and without repetition.
struct TripleIds {
  std::optional<std::vector<EntityId>> subjects;  // nullopt: any
  std::optional<TermId> predicate;
  std::optional<std::vector<ObjectId>> objects;
  // Only what stands in this partial index; then neither subjects nor objects are given.
  std::optional<Family> partial = {};
};

class TripleWalk {
 public:
  struct Row {
    std::string key;  // in the index
    TripleId id;
  };

  // Begins with the first key that is not before `position`; empty: with the first. Borrows the
  // reader.
  TripleWalk(const GraphReader& graph, const TripleIds& ids, std::string_view position);

  // Reads up to `count` further rows; fewer when `page` is tired. Gets on by one row, or one range
  // without rows, at least.
  absl::Status Read(std::size_t count, PageWalk* page, std::vector<Row>* rows);

  // Whether all was read. If not, position() is where to go on.
  bool done() const { return range_ == range_count_; }
  const std::string& position() const { return position_; }

 private:
  // The ids at the front of the keys of range `n`, as a prefix of those keys.
  std::string PrefixOf(std::size_t n) const;
  void OpenRange();
  void CloseRange();

  const GraphReader& graph_;
  Family order_ = Family::kSpo;
  std::vector<std::vector<uint64_t>> levels_;  // from the front of the key; a range per combination
  std::size_t range_ = 0;
  std::size_t range_count_ = 1;
  std::string position_;
  std::unique_ptr<Cursor> cursor_;  // of range_; null: not opened yet
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_TRIPLE_WALK_H_
