#include "server/query/origins.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>
#include <unordered_map>
#include <utility>

namespace dossier {
namespace {

// Two texts that have half of their shingles in common share one of the smallest so many of each
// but for one pair in 250: the smallest of the union is in both half of the time.
constexpr std::size_t kLookupHashes = 8;

enum Link : std::size_t { kSource, kCopy, kDocument, kLinkKinds };

// Sets that grow together, after R. E. Tarjan: each element points towards its set's first.
class Sets {
 public:
  explicit Sets(std::size_t size) : parent_(size), links_(size) {
    std::iota(parent_.begin(), parent_.end(), 0);
  }

  std::size_t Find(std::size_t i) {
    while (parent_[i] != i) {
      i = parent_[i] = parent_[parent_[i]];
    }
    return i;
  }

  void Join(std::size_t a, std::size_t b, Link why) {
    a = Find(a);
    b = Find(b);
    const auto [first, second] = std::minmax(a, b);
    parent_[second] = first;
    if (a != b) {
      for (std::size_t kind = 0; kind < kLinkKinds; ++kind) {
        links_[first][kind] = links_[first][kind] || links_[second][kind];
      }
      links_[first][why] = true;
    }
  }

  bool Has(std::size_t first, Link link) const { return links_[first][link]; }

 private:
  std::vector<std::size_t> parent_;
  std::vector<std::array<bool, kLinkKinds>> links_;  // of a set, at its first
};

// Texts under their smallest hashes, so that only those that share one are compared.
class CopyFinder {
 public:
  CopyFinder(std::size_t max_hashes, std::span<const StatementPlace> statements, Sets* sets)
      : max_hashes_(max_hashes), statements_(statements), sets_(*sets) {}

  // `statement` stands for the text. Joins it to each earlier one that is a copy.
  void Add(const Sketch& sketch, std::size_t statement) {
    for (std::size_t i = 0; i < std::min(kLookupHashes, sketch.size()); ++i) {
      std::vector<Entry>& entries = by_hash_[sketch[i]];
      bool known = false;
      for (const Entry& entry : entries) {
        const bool same = *entry.sketch == sketch;
        known = known || (same && SourceOf(entry.statement) == SourceOf(statement));
        if (MayJoin(entry.statement, statement) &&
            (same || Resemblance(*entry.sketch, sketch, max_hashes_) >= kCopiedText)) {
          sets_.Join(entry.statement, statement, kCopy);
        }
      }
      if (!known) {
        entries.push_back({&sketch, statement});
      }
    }
  }

 private:
  struct Entry {
    const Sketch* sketch;
    std::size_t statement;
  };

  EntityId SourceOf(std::size_t statement) const { return statements_[statement].source; }

  // Two who are named and differ said it in the same words, and are two.
  bool MayJoin(std::size_t a, std::size_t b) {
    return (!SourceOf(a).valid() || !SourceOf(b).valid()) && sets_.Find(a) != sets_.Find(b);
  }

  const std::size_t max_hashes_;
  const std::span<const StatementPlace> statements_;
  Sets& sets_;
  std::unordered_map<uint32_t, std::vector<Entry>> by_hash_;
};

// The statements of each document, those that name a source first.
std::map<DocumentNumber, std::vector<std::size_t>> ByDocument(
    std::span<const StatementPlace> statements) {
  std::map<DocumentNumber, std::vector<std::size_t>> documents;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    documents[statements[i].document].push_back(i);
  }
  for (auto& [number, indices] : documents) {
    std::stable_sort(indices.begin(), indices.end(), [&](std::size_t a, std::size_t b) {
      const auto rank = [&](std::size_t i) {
        return std::pair(!statements[i].source.valid(), statements[i].sentence);
      };
      return rank(a) < rank(b);
    });
  }
  return documents;
}

// The statement that stands for a document's whole text: one without a source, or else any, if all
// have one source; none otherwise, because a copied text says nothing of which source is meant.
std::optional<std::size_t> VoiceOf(std::span<const StatementPlace> statements,
                                   const std::vector<std::size_t>& indices) {
  const EntityId first = statements[indices.front()].source;
  const EntityId last = statements[indices.back()].source;
  const bool one_source = std::all_of(indices.begin(), indices.end(),
                                      [&](std::size_t i) { return statements[i].source == first; });
  return !last.valid() || one_source ? std::optional(indices.back()) : std::nullopt;
}

void JoinCopies(std::span<const StatementPlace> statements,
                const std::map<DocumentNumber, std::vector<std::size_t>>& documents,
                const std::map<DocumentNumber, DocumentSketch>& sketches, Sets* sets) {
  CopyFinder texts(kTextSketchHashes, statements, sets);
  CopyFinder passages(kPassageSketchHashes, statements, sets);
  for (const auto& [number, indices] : documents) {
    const auto sketch = sketches.find(number);
    if (sketch == sketches.end()) {
      continue;
    }
    for (const std::size_t i : indices) {
      if (const Sketch* passage = sketch->second.FindPassage(statements[i].sentence)) {
        passages.Add(*passage, i);
      }
    }
    if (const auto voice = VoiceOf(statements, indices)) {
      texts.Add(sketch->second.text, *voice);
    }
  }
}

}  // namespace

std::vector<Origin> FindOrigins(std::span<const StatementPlace> statements,
                                const std::map<DocumentNumber, DocumentSketch>& sketches) {
  Sets sets(statements.size());
  std::map<EntityId, std::size_t> first_of_source;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    if (statements[i].source.valid()) {
      sets.Join(first_of_source.try_emplace(statements[i].source, i).first->second, i, kSource);
    }
  }
  const auto documents = ByDocument(statements);
  for (const auto& [number, indices] : documents) {
    for (const std::size_t i : indices) {
      if (!statements[i].source.valid()) {
        sets.Join(indices.front(), i, kDocument);
      }
    }
  }
  JoinCopies(statements, documents, sketches, &sets);
  std::vector<Origin> origins;
  std::map<std::size_t, std::size_t> places;  // of a set's first among `origins`
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const std::size_t first = sets.Find(i);
    const auto [place, is_new] = places.try_emplace(first, origins.size());
    if (is_new) {
      origins.push_back({{}, sets.Has(first, kSource), sets.Has(first, kCopy)});
    }
    origins[place->second].statements.push_back(i);
  }
  return origins;
}

}  // namespace dossier
