#include "server/ingest/resolve.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "server/ingest/document_names.h"

namespace dossier {
namespace {

// Mentions that hang together by antecedents.
class Antecedents {
 public:
  explicit Antecedents(const std::vector<ExtractedMention>& mentions) : mentions_(mentions) {}

  // Mentions that hang together by antecedents name one entity: that of the first among them whose
  // words say most.
  std::vector<ResolvedMention> Follow(std::vector<ResolvedMention> own) const {
    const std::vector<Link> links = FindRoots();
    std::vector<std::size_t> head(own.size());  // by root
    for (std::size_t i = 0; i < own.size(); ++i) {
      head[i] = i;
    }
    for (std::size_t i = 0; i < own.size(); ++i) {
      std::size_t& best = head[links[i].root];
      const int rank = Rank(i, own[i]);
      const int best_rank = Rank(best, own[best]);
      if (rank > best_rank || (rank == best_rank && i < best)) {
        best = i;
      }
    }
    std::vector<ResolvedMention> resolved = own;
    for (std::size_t i = 0; i < own.size(); ++i) {
      const std::size_t chosen = head[links[i].root];
      if (own[i].key == own[chosen].key) {
        continue;  // its own words lead there
      }
      const std::size_t linked = links[i].root == i ? chosen : i;
      resolved[i] = {own[chosen].key,
                     mentions_[i].kind == MentionKind::kName ? own[i].name : std::string(),
                     mentions_[linked].rule.empty() ? "antecedent" : mentions_[linked].rule,
                     std::min(links[i].confidence, links[chosen].confidence)};
    }
    return resolved;
  }

 private:
  struct Link {
    std::size_t root = 0;
    double confidence = 1;  // of the weakest link on the way to the root
  };

  // Where each mention's antecedents lead. An antecedent stands earlier, so no link closes a
  // circle; one that does not is left out.
  std::vector<Link> FindRoots() const {
    std::vector<Link> links;
    for (std::size_t i = 0; i < mentions_.size(); ++i) {
      const auto to = mentions_[i].antecedent;
      links.push_back(to && *to < i ? Link{links[*to].root,
                                           std::min(mentions_[i].confidence, links[*to].confidence)}
                                    : Link{i, 1});
    }
    return links;
  }

  // What the words of a mention are worth as the name of all that are linked to it. A key of the
  // document alone begins with a space.
  int Rank(std::size_t i, const ResolvedMention& own) const {
    const int shared = own.key.starts_with(' ') ? 0 : 1;
    return mentions_[i].kind == MentionKind::kName ? 2 + shared : shared;
  }

  const std::vector<ExtractedMention>& mentions_;
};

}  // namespace

std::vector<ResolvedMention> ResolveMentions(const Document& document,
                                             const std::vector<ExtractedMention>& mentions) {
  const DocumentNames names(document, mentions);
  std::vector<ResolvedMention> own;
  own.reserve(mentions.size());
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    own.push_back(names.Link(i));
  }
  return Antecedents(mentions).Follow(std::move(own));
}

}  // namespace dossier
