// Times of facts: dates and ranges of dates, and what is told from the day of writing ("last week",
// "two years ago"), resolved against the day the document was published.
#ifndef DOSSIER_PLUGINS_ENGLISH_VALUES_TIMES_H_
#define DOSSIER_PLUGINS_ENGLISH_VALUES_TIMES_H_

#include <optional>
#include <string>

#include "plugins/english/values/atoms.h"
#include "plugins/english/values/civil.h"

namespace dossier::english {

struct Time {
  size_t next = 0;  // the atom after it
  Interval when;
  std::string clock;  // "T14:30" or "T14:30Z" where the text names an hour
};

// Borrows the atoms. Each call looks at most a fixed number of atoms ahead.
class TimeReader {
 public:
  TimeReader(const Atoms& atoms, std::optional<Day> published)
      : atoms_(atoms), published_(published) {}

  // The longest time that begins at atom i.
  std::optional<Time> Read(size_t i) const;

 private:
  std::optional<Time> ReadOperator(size_t i) const;
  std::optional<Time> ReadSinceEvent(size_t i) const;
  std::optional<Time> ReadRange(size_t i) const;
  std::optional<Time> ReadPoint(size_t i) const;
  std::optional<Time> ReadDayOrMore(size_t i) const;
  std::optional<Time> ReadShift(size_t i) const;
  std::optional<Time> ReadShiftedCount(size_t i, double shift) const;
  std::optional<Time> ReadShiftedUnit(size_t i, std::string_view word, double shift) const;
  std::optional<Time> ReadShiftedName(size_t i, double shift) const;
  std::optional<Time> ReadAgo(size_t i) const;
  std::optional<Time> ReadBoundedAgo(size_t i) const;
  std::optional<Time> ReadAhead(size_t i) const;
  std::optional<Time> ReadStage(size_t i) const;
  std::optional<Time> ReadPartOfYear(size_t i) const;
  std::optional<Time> ReadNow(size_t i) const;
  std::optional<Time> ReadClockAndDay(size_t i) const;
  void ReadDaypart(Time* time) const;
  // The calendar unit some units away from the published day, and the days from there to here.
  Interval UnitAround(Unit unit, double shift) const;
  Interval Stretch(Unit unit, double count) const;
  // That of the week the document was published in; in the past tense, the last one that had begun.
  Interval Weekend(Tense tense) const;
  Interval Apply(TimeOperator op, const Interval& when) const;

  const Atoms& atoms_;
  std::optional<Day> published_;
};

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_VALUES_TIMES_H_
