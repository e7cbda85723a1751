// What the rules know of English words: small closed classes, by lemma.
//
// The lists are general knowledge of the language: they name how a verb treats its complement, not
// what any text is about.
#ifndef DOSSIER_PLUGINS_OPENIE_LEXICON_H_
#define DOSSIER_PLUGINS_OPENIE_LEXICON_H_

#include <cstdint>
#include <string_view>

namespace dossier::openie {

// How a verb (or noun) treats the clause it governs.
enum class Stance : uint8_t {
  kNeutral,
  kSay,     // hands it on: say, report, indicate
  kClaim,   // hands it on as the speaker's opinion: believe, suggest, warn
  kDeny,    // says that it is not so: deny, refute
  kAccuse,  // "accuse X of doing": the content hangs on the person
  kPlan,    // not yet so: plan, expect, promise, order
  kDoubt,   // leaves it open: doubt, speculate, consider
  kAvoid,   // implies that it did not come about: fail, refuse, refrain
};

Stance StanceOfVerb(std::string_view lemma);

// What it governs is somebody's word: "say", "believe", "deny".
inline bool HandsOn(Stance stance) {
  return stance == Stance::kSay || stance == Stance::kClaim || stance == Stance::kDeny;
}

// May stand as a remark beside what it hands on: "..., they SAY". Nobody says "..., they deny".
inline bool IsRemarkable(Stance stance) {
  return stance == Stance::kSay || stance == Stance::kClaim;
}

// "reports that ...", "plans to ...", "speculation that ...".
Stance StanceOfNoun(std::string_view lemma);

// What shows that something is so: evidence, proof, sign.
bool IsEvidenceNoun(std::string_view lemma);

// Verbs of saying whose saying is itself news: confirm, warn, deny, admit.
bool IsSpeechAct(std::string_view lemma);

// Adverbs and adjectives: "likely", "perhaps", "suspected".
bool IsHedge(std::string_view lemma);
// "allegedly", "reportedly".
bool IsHearsay(std::string_view lemma);
// "not", "never", "no longer".
bool IsNegator(std::string_view lemma);
// "no", "none", "neither".
bool IsNegativeDeterminer(std::string_view lemma);

// Adverbs that link sentences and say nothing of the clause: "however", "moreover".
bool IsConnective(std::string_view lemma);

// Prepositions that place what they govern, unless it is a time.
bool IsPlacePreposition(std::string_view lemma);
bool IsTimeNoun(std::string_view lemma);  // year, week, Monday, June

// Nouns of office that may stand before a name, also in capitals: "president", "President".
bool IsRoleNoun(std::string_view lemma);

// What stands before a name and is no office worth stating: "Mr.", "Maj.".
bool IsHonorific(std::string_view text);

// Nouns that name what kind of place it is: "the city of Rome".
bool IsKindOfPlace(std::string_view lemma);

// Nouns for bodies that act as one: "agency", "government".
bool IsBodyNoun(std::string_view lemma);
// Nouns for people, of whom "they" tells when there are several: "soldier", "expert", roles.
bool IsPeopleNoun(std::string_view lemma);

// Nouns of meeting somebody: talk, meeting, call.
bool IsEncounter(std::string_view lemma);

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_LEXICON_H_
