#include "plugins/openie/lexicon.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

namespace dossier::openie {
namespace {

using Words = std::span<const std::string_view>;

bool In(Words sorted, std::string_view word) { return std::ranges::binary_search(sorted, word); }

template <size_t N>
consteval std::array<std::string_view, N> Sorted(const std::string_view (&words)[N]) {
  std::array<std::string_view, N> out;
  std::ranges::copy(words, out.begin());
  std::ranges::sort(out);
  return out;
}

// Hand a content on without judging it.
constexpr auto kSay = Sorted(
    {"acknowledge", "add",       "admit",    "advise",    "announce",  "answer",    "assert",
     "brief",       "cite",      "claim",    "comment",   "concede",   "conclude",  "confirm",
     "declare",     "describe",  "detail",   "disclose",  "emphasize", "estimate",  "explain",
     "find",        "hear",      "indicate", "inform",    "insist",    "learn",     "maintain",
     "mention",     "note",      "notify",   "observe",   "point",     "proclaim",  "quote",
     "reaffirm",    "recall",    "recount",  "reiterate", "relate",    "remark",    "repeat",
     "reply",       "report",    "respond",  "reveal",    "say",       "show",      "state",
     "stress",      "stipulate", "tell",     "testify",   "tweet",     "underline", "underscore",
     "voice",       "write"});

// Hand a content on as an opinion, a warning or a guess.
constexpr auto kClaim =
    Sorted({"agree",    "allege",   "argue",   "assess",     "assume", "believe", "caution",
            "complain", "consider", "contend", "determine",  "fear",   "feel",    "forecast",
            "guess",    "hold",     "imagine", "imply",      "judge",  "know",    "mean",
            "opine",    "perceive", "predict", "realize",    "reckon", "suggest", "suppose",
            "surmise",  "suspect",  "think",   "understand", "view",   "warn"});

constexpr auto kDeny =
    Sorted({"contradict", "deny", "disavow", "dismiss", "dispute", "rebut", "refute"});

constexpr auto kAccuse = Sorted({"accuse", "acquit", "blame", "charge", "condemn", "convict",
                                 "criticize", "denounce", "indict", "suspect"});

constexpr auto kPlan =
    Sorted({"agree",    "aim",      "anticipate", "arrange", "ask",       "attempt",   "authorize",
            "call",     "decide",   "demand",     "design",  "encourage", "expect",    "hope",
            "instruct", "intend",   "invite",     "mean",    "offer",     "order",     "persuade",
            "plan",     "pledge",   "prepare",    "promise", "propose",   "recommend", "request",
            "require",  "schedule", "seek",       "set",     "slate",     "threaten",  "tip",
            "try",      "urge",     "vow",        "want",    "warn",      "will",      "wish"});

constexpr auto kDoubt =
    Sorted({"ask", "consider", "contemplate", "debate", "discuss", "doubt", "mull", "ponder",
            "question", "speculate", "study", "weigh", "wonder"});

constexpr auto kAvoid = Sorted({"abstain", "avoid", "cease", "decline", "fail", "forbid", "forget",
                                "neglect", "prevent", "prohibit", "refrain", "refuse"});

constexpr auto kSayNouns =
    Sorted({"announcement", "assertion", "claim", "conclusion", "confirmation", "evidence",
            "information", "intelligence", "news", "proof", "report", "revelation", "sign",
            "statement", "story", "suggestion", "testimony"});

constexpr auto kEvidenceNouns =
    Sorted({"confirmation", "evidence", "indication", "proof", "sign", "trace"});

constexpr auto kDoubtNouns =
    Sorted({"allegation", "assumption", "belief", "chance", "doubt", "fear", "hypothesis", "idea",
            "likelihood", "possibility", "prospect", "rumor", "speculation", "suspicion"});

constexpr auto kPlanNouns =
    Sorted({"agreement", "aim",    "ambition", "attempt", "bid",      "commitment", "decision",
            "desire",    "effort", "goal",     "hope",    "intent",   "intention",  "offer",
            "order",     "plan",   "pledge",   "promise", "proposal", "readiness",  "vow"});

constexpr auto kSpeechActs =
    Sorted({"accuse",   "acknowledge", "admit",    "agree",   "allege",  "apologize", "blame",
            "caution",  "concede",     "condemn",  "confess", "confirm", "criticize", "declare",
            "demand",   "denounce",    "deny",     "dismiss", "dispute", "pledge",    "promise",
            "question", "refute",      "threaten", "urge",    "warn"});

constexpr auto kHedges = Sorted(
    {"apparently", "apparent", "arguably",  "conceivably", "likely",      "maybe",      "perhaps",
     "plausibly",  "possible", "possibly",  "potential",   "potentially", "presumably", "presumed",
     "probable",   "probably", "seemingly", "supposedly",  "suspected",   "unlikely"});

constexpr auto kHearsay = Sorted({"allegedly", "purportedly", "reportedly", "rumoredly"});

constexpr auto kNegators =
    Sorted({"barely", "hardly", "n't", "neither", "never", "nor", "not", "n\u2019t", "scarcely"});

constexpr auto kNegativeDeterminers =
    Sorted({"neither", "no", "nobody", "none", "nothing", "nowhere"});

constexpr auto kConnectives = Sorted(
    {"accordingly", "additionally", "also",        "anyway",   "besides",      "consequently",
     "conversely",  "finally",      "furthermore", "hence",    "however",      "indeed",
     "instead",     "likewise",     "meanwhile",   "moreover", "nevertheless", "nonetheless",
     "otherwise",   "similarly",    "therefore",   "thus"});

constexpr auto kPlacePrepositions =
    Sorted({"above", "across", "along", "around", "at", "behind", "below", "beneath", "beside",
            "in", "near", "outside", "within"});

constexpr auto kTimeNouns = Sorted(
    {"afternoon", "anniversary", "april",    "august",    "autumn",   "century",    "date",
     "dawn",      "day",         "decade",   "december",  "dusk",     "era",        "evening",
     "fall",      "february",    "friday",   "fortnight", "hour",     "instant",    "january",
     "july",      "june",        "march",    "may",       "midnight", "millennium", "minute",
     "moment",    "monday",      "month",    "morning",   "night",    "noon",       "november",
     "october",   "period",      "present",  "quarter",   "saturday", "season",     "second",
     "semester",  "september",   "spring",   "stage",     "summer",   "sunday",     "thursday",
     "time",      "today",       "tomorrow", "tonight",   "tuesday",  "wednesday",  "week",
     "weekend",   "winter",      "year",     "yesterday"});

constexpr auto kRoleNouns = Sorted(
    {"actor",      "actress",    "adviser",      "advisor",        "agent",        "ambassador",
     "analyst",    "archbishop", "artist",       "attorney",       "author",       "bishop",
     "brother",    "captain",    "chair",        "chairman",       "chairwoman",   "chancellor",
     "chief",      "coach",      "colonel",      "commander",      "commissioner", "correspondent",
     "dean",       "deputy",     "director",     "doctor",         "editor",       "envoy",
     "executive",  "expert",     "founder",      "general",        "governor",     "head",
     "journalist", "judge",      "king",         "lawyer",         "leader",       "lieutenant",
     "major",      "manager",    "mayor",        "minister",       "officer",      "official",
     "officer",    "player",     "premier",      "president",      "prince",       "princess",
     "professor",  "queen",      "reporter",     "representative", "researcher",   "secretary",
     "senator",    "spokesman",  "spokesperson", "spokeswoman"});

constexpr auto kHonorifics = Sorted(
    {"Adm.", "Brig.", "Capt.", "Cmdr.", "Col.", "Dr",  "Dr.",   "Gen.", "Lt.",  "Maj.", "Miss",
     "Mr",   "Mr.",   "Mrs",   "Mrs.",  "Ms",   "Ms.", "Prof.", "Rev.", "Sgt.", "Sir",  "St."});

constexpr auto kKindsOfPlace = Sorted(
    {"area",       "borough",   "capital", "city",     "county",       "department", "district",
     "enclave",    "hamlet",    "island",  "kingdom",  "municipality", "peninsula",  "port",
     "prefecture", "province",  "region",  "republic", "resort",       "settlement", "state",
     "suburb",     "territory", "town",    "village"});

constexpr auto kBodyNouns = Sorted(
    {"administration", "agency",      "alliance",    "army",         "association",  "authority",
     "bank",           "board",       "brigade",     "bureau",       "cabinet",      "church",
     "city",           "club",        "coalition",   "commission",   "committee",    "company",
     "congress",       "corporation", "council",     "country",      "court",        "delegation",
     "department",     "embassy",     "firm",        "foundation",   "government",   "group",
     "hospital",       "institute",   "institution", "intelligence", "kingdom",      "maker",
     "manufacturer",   "military",    "ministry",    "nation",       "navy",         "network",
     "newspaper",      "office",      "operator",    "organisation", "organization", "outlet",
     "panel",          "paper",       "parliament",  "party",        "regime",       "regulator",
     "republic",       "school",      "senate",      "service",      "state",        "supplier",
     "team",           "tribunal",    "union",       "university",   "unit",         "watchdog"});

constexpr auto kPeopleNouns =
    Sorted({"activist",    "ally",       "athlete",      "attendee",   "author",    "billionaire",
            "boy",         "candidate",  "casualty",     "child",      "citizen",   "civilian",
            "client",      "colleague",  "contingent",   "critic",     "customer",  "delegate",
            "detainee",    "developer",  "diplomat",     "doctor",     "driver",    "employee",
            "engineer",    "expert",     "family",       "farmer",     "father",    "fighter",
            "force",       "friend",     "girl",         "guard",      "guest",     "hostage",
            "inspector",   "instructor", "investigator", "investor",   "lawmaker",  "lawyer",
            "legislator",  "man",        "member",       "mercenary",  "migrant",   "minister",
            "mother",      "neighbor",   "neighbour",    "nurse",      "observer",  "parent",
            "participant", "partner",    "passenger",    "patient",    "people",    "person",
            "personnel",   "pilot",      "police",       "politician", "prisoner",  "prosecutor",
            "protester",   "rebel",      "refugee",      "reporter",   "resident",  "rival",
            "sailor",      "scientist",  "soldier",      "sister",     "son",       "specialist",
            "staff",       "student",    "supporter",    "survivor",   "suspect",   "tourist",
            "teacher",     "team",       "technician",   "terrorist",  "trader",    "troop",
            "troops",      "victim",     "villager",     "visitor",    "volunteer", "voter",
            "witness",     "woman",      "worker"});

constexpr auto kEncounters =
    Sorted({"call", "consultation", "conversation", "discussion", "interview", "meeting",
            "negotiation", "summit", "talk", "talks"});

// ASCII letters in lower case; no listed word is longer than what it keeps.
std::string Small(std::string_view word) {
  std::string small(word.substr(0, 32));
  for (char& c : small) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return small;
}

}  // namespace

Stance StanceOfVerb(std::string_view lemma) {
  if (In(kSay, lemma)) return Stance::kSay;
  if (In(kDeny, lemma)) return Stance::kDeny;
  if (In(kAccuse, lemma)) return Stance::kAccuse;
  if (In(kClaim, lemma)) return Stance::kClaim;
  if (In(kDoubt, lemma)) return Stance::kDoubt;
  if (In(kAvoid, lemma)) return Stance::kAvoid;
  if (In(kPlan, lemma)) return Stance::kPlan;
  return Stance::kNeutral;
}

Stance StanceOfNoun(std::string_view lemma) {
  if (In(kSayNouns, lemma)) return Stance::kSay;
  if (In(kDoubtNouns, lemma)) return Stance::kDoubt;
  if (In(kPlanNouns, lemma)) return Stance::kPlan;
  return Stance::kNeutral;
}

bool IsEvidenceNoun(std::string_view lemma) { return In(kEvidenceNouns, lemma); }
bool IsSpeechAct(std::string_view lemma) { return In(kSpeechActs, lemma); }
bool IsHedge(std::string_view lemma) { return In(kHedges, lemma); }
bool IsHearsay(std::string_view lemma) { return In(kHearsay, lemma); }
bool IsNegator(std::string_view lemma) { return In(kNegators, lemma); }
bool IsNegativeDeterminer(std::string_view lemma) { return In(kNegativeDeterminers, Small(lemma)); }
bool IsConnective(std::string_view lemma) { return lemma != "also" && In(kConnectives, lemma); }
bool IsPlacePreposition(std::string_view lemma) { return In(kPlacePrepositions, lemma); }
bool IsTimeNoun(std::string_view lemma) { return In(kTimeNouns, Small(lemma)); }
bool IsRoleNoun(std::string_view lemma) { return In(kRoleNouns, Small(lemma)); }
bool IsHonorific(std::string_view text) { return In(kHonorifics, text); }
bool IsKindOfPlace(std::string_view lemma) { return In(kKindsOfPlace, lemma); }
bool IsBodyNoun(std::string_view lemma) { return In(kBodyNouns, lemma); }
bool IsPeopleNoun(std::string_view lemma) { return In(kPeopleNouns, lemma) || IsRoleNoun(lemma); }
bool IsEncounter(std::string_view lemma) { return In(kEncounters, lemma); }

}  // namespace dossier::openie
