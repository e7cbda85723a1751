// Random records for tests: every field takes part, every flag is on and off, numbers come in all
// sizes. Deterministic for a seed.
#ifndef DOSSIER_SERVER_STORAGE_RANDOM_RECORDS_H_
#define DOSSIER_SERVER_STORAGE_RANDOM_RECORDS_H_

#include <algorithm>
#include <cstdint>
#include <limits>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "server/base/sha256.h"
#include "server/storage/merge_log.h"
#include "server/storage/records.h"
#include "server/storage/reextraction.h"

namespace dossier {

class RandomRecords {
 public:
  explicit RandomRecords(uint64_t seed) : random_(seed) {}

  uint64_t Below(uint64_t end) { return random_() % end; }
  bool Coin() { return Below(2) == 0; }
  // All sizes alike.
  uint64_t Number() { return random_() >> Below(64); }

  std::string Bytes(std::size_t max_size) {
    std::string bytes(Below(max_size + 1), '\0');
    for (char& byte : bytes) {
      byte = static_cast<char>(Below(256));
    }
    return bytes;
  }

  uint32_t Ordinal() { return static_cast<uint32_t>(Below(1u << 20)); }

  dossier::Span Span() {
    const uint32_t a = static_cast<uint32_t>(Number());
    const uint32_t b = Coin() ? a : static_cast<uint32_t>(Number());
    return {std::min(a, b), std::max(a, b)};
  }

  double Confidence() {
    switch (Below(3)) {
      case 0:
        return static_cast<double>(Below(101)) / 100;
      case 1:
        return static_cast<double>(Below(10001)) / 10000;
      default:
        return std::uniform_real_distribution<double>(0, 1)(random_);
    }
  }

  double Finite() {
    switch (Below(4)) {
      case 0:
        return static_cast<double>(Below(100000));
      case 1:
        return -static_cast<double>(Below(1000)) / 8;
      case 2:
        return static_cast<double>(Number()) * 1e30;
      default:
        return std::numeric_limits<double>::denorm_min();
    }
  }

  dossier::Quantity Quantity() {
    dossier::Quantity quantity{Finite(), 0, Bytes(10), static_cast<Bound>(1 + Below(4))};
    quantity.high = Coin() ? quantity.value : Finite();
    return quantity;
  }

  TimeInterval Time() {
    const std::string from = Bytes(10);
    return {from, Coin() ? from : Bytes(10)};
  }

  dossier::Qualifier Qualifier() {
    dossier::Qualifier qualifier{
        static_cast<Role>(1 + Below(9)), Span(), EntityId(Number()), Ordinal(), {}, {}};
    if (!qualifier.entity.valid()) {
      qualifier.mention = 0;
    }
    if (Coin()) {
      qualifier.time = Time();
    }
    if (Coin()) {
      qualifier.quantity = Quantity();
    }
    return qualifier;
  }

  dossier::Evidence Evidence() {
    dossier::Evidence evidence;
    evidence.sentence = Span();
    evidence.subject = Span();
    evidence.predicate = Span();
    evidence.object = Span();
    evidence.polarity = static_cast<Polarity>(1 + Below(2));
    evidence.modality = static_cast<Modality>(1 + Below(6));
    evidence.confidence = Confidence();
    if (Coin()) {
      evidence.time = Time();
    }
    if (Coin()) {
      evidence.quantity = Quantity();
    }
    for (uint64_t n = Below(4); n > 0; --n) {
      evidence.qualifiers.push_back(Qualifier());
    }
    for (uint64_t n = Below(3); n > 0; --n) {
      const EntityId entity(Coin() ? 0 : Number());
      evidence.attributions.push_back({Span(), entity, entity.valid() ? Ordinal() : 0});
    }
    evidence.subject_mention = Ordinal();
    if (Coin()) {
      evidence.object_mention = Ordinal();
    }
    evidence.rule = Bytes(12);
    evidence.revision = Revision(Number());
    return evidence;
  }

  dossier::Mention Mention(EntityId entity) {
    return {Span(),       static_cast<MentionKind>(1 + Below(3)),
            entity,       Bytes(8),
            Bytes(20),    Bytes(8),
            Confidence(), Coin() ? Bytes(9) : ""};
  }

  std::vector<Vote> Votes() {
    std::vector<Vote> votes;
    for (uint64_t n = Below(5); n > 0; --n) {
      AddVotes(&votes, Bytes(6), static_cast<int64_t>(1 + Below(1000)));
    }
    return votes;
  }

  dossier::Entity Entity() { return {Bytes(20), Votes(), Votes(), Number()}; }

  TripleRecord Triple() {
    TripleRecord record;
    record.triple.subject = EntityId(1 + Below(1u << 30));
    record.triple.predicate = TermId(1 + Below(1u << 20));
    record.triple.object =
        Coin() ? ObjectId(EntityId(1 + Below(99))) : ObjectId(TermId(1 + Below(1u << 30)));
    record.documents = Number();
    record.figures = Number();
    for (uint64_t& count : record.stances.values()) {
      count = Coin() ? 0 : Number();
    }
    return record;
  }

  DocumentRecord Document() {
    DocumentRecord record;
    record.document = {Bytes(9), Bytes(9), Bytes(9), Bytes(9), Bytes(9), Bytes(9), ""};
    record.text_sha256 = Sha256(record.document.text);
    record.fingerprint = DocumentFingerprint(record.document, record.text_sha256);
    record.text_bytes = Number();
    record.revision = Revision(Number());
    uint64_t run = 0;
    for (uint64_t n = Below(4); n > 0; --n) {
      run += 1 + Below(200);
      record.runs.push_back(RunId(run));
    }
    record.triples = Number();
    record.evidence = Number();
    record.mentions = Number();
    return record;
  }

  dossier::Sketch Sketch(std::size_t max_hashes) {
    std::set<uint32_t> hashes;
    for (uint64_t n = Below(max_hashes + 1); n > 0; --n) {
      hashes.insert(static_cast<uint32_t>(random_()));
    }
    return {hashes.begin(), hashes.end()};
  }

  dossier::DocumentSketch TextAndPassages() {
    dossier::DocumentSketch sketch{Sketch(kTextSketchHashes), {}};
    uint32_t begin = static_cast<uint32_t>(Below(100));
    for (uint64_t n = Below(4); n > 0; --n) {
      const auto size = static_cast<uint32_t>(1 + Below(kMaxPassageBytes));
      sketch.passages.push_back({{begin, begin + size}, Sketch(kPassageSketchHashes)});
      begin += static_cast<uint32_t>(1 + Below(1000));
    }
    return sketch;
  }

  LinkSource Source() { return {"k" + Bytes(9), Coin() ? Bytes(9) : "", Coin() ? Bytes(9) : ""}; }

  MergeRecord Merge() {
    MergeRecord merge;
    merge.kind = static_cast<MergeKind>(1 + Below(2));
    merge.made = Revision(Number());
    merge.undone = Revision(Coin() ? 0 : Number());
    merge.request = Bytes(9);
    merge.note = Bytes(9);
    merge.target = "t" + Bytes(9);
    for (uint64_t n = 1 + Below(3); n > 0; --n) {
      merge.sources.push_back({Source(), EntityId(Coin() ? 0 : Number())});
    }
    return merge;
  }

  DifferenceCounts Found() { return {Number(), Number(), Number()}; }

  dossier::Extractor Extractor() { return {Bytes(9), Bytes(3), Bytes(9), Bytes(9)}; }

  ReextractionRecord Reextraction() {
    ReextractionRecord record{Bytes(9), {}, {}, Revision(Number()), Number(), Number(), Found()};
    uint64_t document = 0;
    for (uint64_t n = Below(3); n > 0; --n) {
      record.extractors.push_back(Extractor());
      document += 1 + Below(300);
      record.documents.push_back(DocumentNumber(document));
    }
    std::sort(record.extractors.begin(), record.extractors.end());
    return record;
  }

  ShadowRun Run() {
    ShadowRun run{Extractor(), {}, {}};
    for (uint64_t n = 1 + Below(3); n > 0; --n) {
      run.mentions.push_back(Mention(EntityId()));
      run.mentions.back().key = "k" + Bytes(9);
    }
    const auto mention = [&] { return static_cast<uint32_t>(Below(run.mentions.size())); };
    for (uint64_t n = Below(3); n > 0; --n) {
      ShadowTriple triple{Bytes(9), {}, Evidence()};
      triple.evidence.subject_mention = mention();
      triple.evidence.object_mention = mention();
      if (Coin()) {
        triple.evidence.object_mention = std::nullopt;
        triple.literal = Literal{static_cast<LiteralType>(Below(4)), Bytes(9)};
      }
      for (dossier::Qualifier& qualifier : triple.evidence.qualifiers) {
        qualifier.mention = qualifier.entity.valid() ? mention() : 0;
      }
      for (Attribution& attribution : triple.evidence.attributions) {
        attribution.mention = attribution.entity.valid() ? mention() : 0;
      }
      run.triples.push_back(triple);
    }
    return run;
  }

  ShadowDocument Shadow() {
    ShadowDocument shadow{Revision(1 + Below(99)), Bytes(9), Found(), {}, {}};
    for (uint64_t n = Below(3); n > 0; --n) {
      shadow.warnings.push_back(Bytes(9));
      shadow.runs.push_back(Run());
    }
    return shadow;
  }

  ChangeEvent Change() {
    return {static_cast<ChangeKind>(1 + Below(7)),
            DocumentNumber(Number()),
            Bytes(20),
            MergeId(Number()),
            Number(),
            Number(),
            Number(),
            Number()};
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_STORAGE_RANDOM_RECORDS_H_
