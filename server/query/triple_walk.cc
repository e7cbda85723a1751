#include "server/query/triple_walk.h"

#include <algorithm>

#include "server/base/coding.h"
#include "server/base/status_macros.h"
#include "server/storage/keys.h"
#include "server/storage/records.h"

namespace dossier {

TripleWalk::TripleWalk(const GraphReader& graph, const TripleIds& ids, std::string_view position)
    : graph_(graph) {
  std::vector<uint64_t> subjects;
  std::vector<uint64_t> objects;
  std::ranges::transform(ids.subjects.value_or(std::vector<EntityId>()),
                         std::back_inserter(subjects), &EntityId::value);
  std::ranges::transform(ids.objects.value_or(std::vector<ObjectId>()), std::back_inserter(objects),
                         &ObjectId::bits);
  if (ids.partial) {
    order_ = *ids.partial;
    if (ids.predicate) {
      levels_ = {{ids.predicate->value()}};
    }
  } else if (ids.predicate) {
    const std::vector<uint64_t> predicate = {ids.predicate->value()};
    if (ids.subjects) {
      levels_ = {subjects, predicate};
    } else {
      order_ = Family::kPos;
      levels_ = {predicate};
    }
    if (ids.objects) {
      levels_.push_back(objects);
    }
  } else if (ids.objects) {
    order_ = Family::kOsp;
    levels_ = {objects};
    if (ids.subjects) {
      levels_.push_back(subjects);
    }
  } else if (ids.subjects) {
    levels_ = {subjects};
  }
  for (const auto& level : levels_) {
    range_count_ *= level.size();
  }
  // Ranges that end before the position are done with.
  for (std::size_t end = range_count_; range_ < end;) {
    const std::size_t middle = range_ + (end - range_) / 2;
    if (PrefixEnd(PrefixOf(middle)) <= position) {
      range_ = middle + 1;
    } else {
      end = middle;
    }
  }
  position_ = position;
}

std::string TripleWalk::PrefixOf(std::size_t n) const {
  std::array<uint64_t, 3> ids{};
  for (std::size_t i = levels_.size(); i-- > 0; n /= levels_[i].size()) {
    ids[i] = levels_[i][n % levels_[i].size()];
  }
  std::string prefix = KeyPrefix(graph_.ns());
  for (std::size_t i = 0; i < levels_.size(); ++i) {
    PutFixed64(&prefix, ids[i]);
  }
  return prefix;
}

void TripleWalk::OpenRange() {
  const std::string prefix = PrefixOf(range_);
  position_ = std::max(position_, prefix);
  cursor_ = graph_.snapshot()->Scan(order_, position_, PrefixEnd(prefix));
}

void TripleWalk::CloseRange() {
  cursor_.reset();
  ++range_;
  if (!done()) {
    position_ = PrefixOf(range_);
  }
}

absl::Status TripleWalk::Read(std::size_t count, PageWalk* page, std::vector<Row>* rows) {
  for (std::size_t read = 0; read < count && !done();) {
    RETURN_IF_ERROR(page->Work(1));
    if (cursor_ == nullptr) {
      OpenRange();
    }
    if (cursor_->Valid()) {
      ASSIGN_OR_RETURN(const uint64_t id, DecodeNumber(order_, cursor_->key(), cursor_->value()));
      rows->push_back({std::string(cursor_->key()), TripleId(id)});
      position_.assign(cursor_->key()).push_back('\0');
      cursor_->Next();
      ++read;
    }
    if (!cursor_->Valid()) {
      RETURN_IF_ERROR(cursor_->status());
      CloseRange();
    }
    if (page->tired()) {
      break;
    }
  }
  return absl::OkStatus();
}

}  // namespace dossier
