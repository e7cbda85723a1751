#include "server/query/triple_page.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>

#include "server/base/coding.h"
#include "server/base/status_macros.h"
#include "server/query/name_table.h"
#include "server/query/view_size.h"
#include "server/storage/keys.h"
#include "server/storage/records.h"

namespace dossier {
namespace {

// Rows read at a time: enough for look-ups of many keys to pay, few enough to throw away when the
// page fills up.
constexpr std::size_t kChunk = 256;

// Where a walk stands: before the index key `row`. With `evidence`, all of that row's evidence up
// to this key is known not to match.
struct Position {
  std::string row;
  std::string evidence;

  std::string Encode() const {
    std::string bytes;
    PutString(&bytes, row);
    return bytes.append(evidence);
  }
  static Position Decode(std::string_view bytes) {
    Decoder in(bytes);
    Position position;
    position.row = in.String();
    position.evidence = in.Rest();
    return position;
  }
};

class Collector {
 public:
  Collector(const ReadContext& context, const std::function<bool(const Triple&)>& accept,
            const EvidenceFilter& filter, PageWalk* page, std::vector<TripleView>* views)
      : graph_(context.graph),
        accept_(accept),
        filter_(filter),
        page_(page),
        views_(views),
        names_(graph_) {}

  absl::StatusOr<std::string> Run(const TripleIds& ids, Position position) {
    TripleWalk walk(graph_, ids, position.row);
    std::vector<TripleWalk::Row> rows;
    while (!walk.done()) {
      rows.clear();
      RETURN_IF_ERROR(walk.Read(std::min(kChunk, page_->items_left()), page_, &rows));
      ASSIGN_OR_RETURN(const std::optional<Position> stop, TakeRows(rows, position));
      if (stop) {
        return stop->Encode();
      }
      if (!walk.done() && (page_->full() || page_->tired())) {
        return Position{walk.position(), {}}.Encode();
      }
    }
    return std::string();
  }

 private:
  struct Match {
    const TripleWalk::Row* row;
    TripleRecord record;
  };

  // Takes `rows` into the page. Where it has to stop before the last of them: there.
  absl::StatusOr<std::optional<Position>> TakeRows(std::span<const TripleWalk::Row> rows,
                                                   const Position& resumed) {
    std::vector<Match> matches;
    std::optional<Position> stop;
    ASSIGN_OR_RETURN(const auto records, ReadRecords(rows));
    for (std::size_t i = 0; i < rows.size() && !stop; ++i) {
      if (!filter_.MayMatch(records[i].stances) || !accept_(records[i].triple)) {
        continue;
      }
      if (filter_.needs_evidence()) {
        Position here{rows[i].key, rows[i].key == resumed.row ? resumed.evidence : std::string()};
        ASSIGN_OR_RETURN(const Found found, FindEvidence(rows[i].id, &here.evidence));
        if (found == Found::kNotYet) {
          stop = std::move(here);
        }
        if (found != Found::kYes) {
          continue;
        }
      }
      names_.Want(records[i].triple);
      matches.push_back({&rows[i], records[i]});
    }
    RETURN_IF_ERROR(names_.Load());
    for (const Match& match : matches) {
      TripleView view = names_.View(match.row->id, match.record);
      if (!page_->Take(WireBytes(view))) {
        return Position{match.row->key, {}};
      }
      views_->push_back(std::move(view));
    }
    return stop;
  }

  absl::StatusOr<std::vector<TripleRecord>> ReadRecords(std::span<const TripleWalk::Row> rows) {
    RETURN_IF_ERROR(page_->Work(rows.size()));
    std::vector<std::string> keys;
    keys.reserve(rows.size());
    for (const TripleWalk::Row& row : rows) {
      keys.push_back(TripleKey{graph_.ns(), row.id}.Encode());
    }
    ASSIGN_OR_RETURN(const auto values, graph_.snapshot()->MultiGet(Family::kTriple, keys));
    std::vector<TripleRecord> records;
    records.reserve(rows.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (!values[i]) {
        return DamagedRecord(Family::kTriple, keys[i], "an index has it and it is missing");
      }
      ASSIGN_OR_RETURN(TripleRecord record, DecodeTriple(keys[i], *values[i]));
      records.push_back(record);
    }
    return records;
  }

  enum class Found { kYes, kNo, kNotYet };

  // Looks for evidence after the key *after that matches. kNotYet: the page is tired, *after is
  // where to go on.
  absl::StatusOr<Found> FindEvidence(TripleId triple, std::string* after) {
    auto rows = graph_.EvidenceOf(triple, *after);
    for (; rows.Valid(); rows.Next()) {
      RETURN_IF_ERROR(page_->Work(1));
      if (filter_.Matches(rows->evidence)) {
        return Found::kYes;
      }
      if (page_->tired()) {
        *after = rows.key();
        return Found::kNotYet;
      }
    }
    RETURN_IF_ERROR(rows.status());
    return Found::kNo;
  }

  const GraphReader& graph_;
  const std::function<bool(const Triple&)>& accept_;
  const EvidenceFilter& filter_;
  PageWalk* page_;
  std::vector<TripleView>* views_;
  NameTable names_;
};

}  // namespace

absl::StatusOr<std::string> CollectTriples(const ReadContext& context, const TripleIds& ids,
                                           const std::function<bool(const Triple&)>& accept,
                                           const EvidenceFilter& filter, std::string_view position,
                                           PageWalk* page, std::vector<TripleView>* views) {
  return Collector(context, accept, filter, page, views).Run(ids, Position::Decode(position));
}

}  // namespace dossier
