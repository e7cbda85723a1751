#include "plugins/english/names/cues.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace dossier::english {
namespace {

char LowerAscii(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

struct CueList {
  Cue cue;
  std::string_view words;  // in lower case, parted by spaces
};

constexpr CueList kLists[] = {
    {Cue::kTitle,
     "mr mrs ms miss dr prof professor sir lord lady dame rev reverend father sister brother saint "
     "president vice-president premier chancellor minister secretary ambassador envoy governor "
     "mayor senator sen congressman congresswoman representative rep deputy speaker chairman "
     "chairwoman chairperson chair director chief commissioner spokesman spokeswoman spokesperson "
     "general gen lieutenant lt colonel col major maj captain capt admiral adm commander cmdr "
     "sergeant sgt corporal cpl private marshal brigadier commodore judge justice attorney "
     "prosecutor king queen prince princess emperor pope bishop archbishop cardinal rabbi imam "
     "sheikh sheik ayatollah mullah coach manager editor analyst author actor actress singer "
     "economist officer inspector detective agent ceo cfo founder"},
    {Cue::kOrganisation,
     "ministry agency committee commission council department bureau office authority board "
     "association organization organisation union federation confederation league alliance "
     "coalition party movement front congress parliament senate assembly government "
     "administration court tribunal police service services institute institution university "
     "college school academy foundation fund bank group society club team news times post journal "
     "herald tribune press radio television media network center centre hospital church united "
     "airlines airways motors systems technologies industries holdings partners associates "
     "enterprises solutions pharmaceuticals records studios pictures entertainment"},
    {Cue::kCompany,
     "inc corp corporation ltd limited llc llp plc gmbh ag sa co company bv nv oyj ab"},
    {Cue::kMilitary,
     "army navy marines brigade battalion division regiment corps squadron platoon fleet battery "
     "squad militia guard guards forces troops command unit wing legion"},
    {Cue::kFacility,
     "airport airfield airbase base bridge dam stadium arena tower palace castle museum theatre "
     "theater hotel station terminal port harbor harbour prison camp plant reactor refinery "
     "pipeline canal tunnel highway road street avenue boulevard square plaza park mall cemetery "
     "cathedral temple mosque embassy building hall house barracks spaceport cosmodrome shipyard"},
    {Cue::kLandform,
     "river lake sea ocean gulf bay strait channel mount mountain mountains peak hill hills valley "
     "desert island islands isle peninsula coast cape beach forest glacier volcano basin plateau "
     "delta reef"},
    {Cue::kRegion,
     "city town village province state republic kingdom district county region oblast territory "
     "prefecture governorate north south east west northern southern eastern western northeast "
     "northwest southeast southwest central"},
    {Cue::kEvent,
     "war battle summit conference olympics championship championships cup festival games "
     "revolution uprising election elections referendum crisis attack attacks earthquake hurricane "
     "typhoon massacre treaty accord agreement forum expo marathon tournament operation"},
    {Cue::kProduct,
     "missile missiles rocket rockets tank tanks jet aircraft helicopter drone drones rifle "
     "launcher howitzer frigate destroyer submarine carrier satellite torpedo phone console "
     "software app"},
    {Cue::kCalendar,
     "monday tuesday wednesday thursday friday saturday sunday january february march april may "
     "june july august september october november december jan feb mar apr jun jul aug sep sept "
     "oct nov dec mon tue tues wed thu thur thurs fri sat sun christmas easter ramadan"},
};

struct Entry {
  std::string_view word;
  Cue cue = Cue::kNone;
};

constexpr size_t CountWords() {
  size_t count = 0;
  for (const CueList& list : kLists) {
    count += 1 + static_cast<size_t>(std::count(list.words.begin(), list.words.end(), ' '));
  }
  return count;
}

constexpr bool WordLess(const Entry& a, const Entry& b) { return a.word < b.word; }

constexpr auto kEntries = [] {
  std::array<Entry, CountWords()> entries{};
  size_t n = 0;
  for (const CueList& list : kLists) {
    for (size_t begin = 0; begin < list.words.size();) {
      size_t end = begin;
      while (end < list.words.size() && list.words[end] != ' ') ++end;
      entries[n++] = {list.words.substr(begin, end - begin), list.cue};
      begin = end + 1;
    }
  }
  std::sort(entries.begin(), entries.end(), WordLess);
  return entries;
}();

}  // namespace

Cue FindCue(std::string_view word) {
  char lower[16];
  if (word.ends_with('.')) word.remove_suffix(1);
  if (word.empty() || word.size() > sizeof(lower)) return Cue::kNone;
  std::transform(word.begin(), word.end(), lower, LowerAscii);
  const Entry wanted{{lower, word.size()}};
  const auto found = std::lower_bound(kEntries.begin(), kEntries.end(), wanted, WordLess);
  return found != kEntries.end() && found->word == wanted.word ? found->cue : Cue::kNone;
}

}  // namespace dossier::english
