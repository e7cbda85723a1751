#include "server/query/predicate_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "server/base/status_macros.h"
#include "server/base/utf8.h"
#include "server/query/built_in_predicate_rules.h"

namespace dossier {
namespace {

constexpr std::string_view kSpace = " \t\r";
constexpr int kMaxAnnouncements = 2;  // "be expected to agree to send"

// A part of a line and where it begins, counted from 1.
struct Field {
  std::string_view text;
  std::size_t column = 0;
};

Field Trim(Field field) {
  const std::size_t begin = field.text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) {
    return {{}, field.column};
  }
  const std::size_t end = field.text.find_last_not_of(kSpace) + 1;
  return {field.text.substr(begin, end - begin), field.column + begin};
}

// `line` up to the first `separator`, which goes, and what is left.
Field Cut(Field* line, char separator) {
  const std::size_t size = std::min(line->text.find(separator), line->text.size());
  const Field field = Trim({line->text.substr(0, size), line->column});
  const std::size_t skip = std::min(size + 1, line->text.size());
  *line = {line->text.substr(skip), line->column + skip};
  return field;
}

std::vector<std::string> SplitAtSpaces(std::string_view folded) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    words.emplace_back(folded.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

bool IsArticle(std::string_view word) { return word == "the" || word == "a" || word == "an"; }

bool IsNumber(std::string_view word) {
  return word.find_first_not_of("0123456789.,") == std::string_view::npos;
}

// "secretary general" as "Secretary General".
std::string InTitleCase(std::string text) {
  bool begins = true;
  for (char& c : text) {
    if (begins && c >= 'a' && c <= 'z') {
      c = static_cast<char>(c - 'a' + 'A');
    }
    begins = c == ' ' || c == '-';
  }
  return text;
}

// What stands before `title` at the end of `name`, and after "`title` of" at its beginning.
std::string_view Before(std::string_view name, std::string_view title) {
  const bool ends = name.size() > title.size() + 1 && name.ends_with(title) &&
                    name[name.size() - title.size() - 1] == ' ';
  return ends ? name.substr(0, name.size() - title.size() - 1) : std::string_view();
}

std::string_view After(std::string_view name, std::string_view title) {
  const std::string start = std::string(title) + " of ";
  if (!name.starts_with(start)) {
    return {};
  }
  name.remove_prefix(start.size());
  if (name.starts_with("the ")) {
    name.remove_prefix(4);
  }
  return name;
}

}  // namespace

PredicateRules PredicateRules::BuiltIn() {
  PredicateRules rules;
  if (const absl::Status status = rules.Add(kBuiltInPredicateRules, "predicates.txt");
      !status.ok()) {
    std::fputs(std::string(status.message()).c_str(), stderr);
    std::abort();
  }
  return rules;
}

absl::Status PredicateRules::Add(std::string_view text, std::string_view file) {
  std::size_t number = 0;
  for (Field rest{text, 1}; !rest.text.empty();) {
    ++number;
    const std::size_t size = std::min(rest.text.find('\n'), rest.text.size());
    Field line{rest.text.substr(0, size), 1};
    rest.text.remove_prefix(std::min(size + 1, rest.text.size()));
    line.text = line.text.substr(0, line.text.find('#'));
    if (Trim(line).text.empty()) {
      continue;
    }
    const auto error = [&](const Field& at, std::string_view what) {
      return absl::InvalidArgumentError(fmt::format("{}:{}:{}: {}", file, number, at.column, what));
    };
    const bool has_colon = line.text.find(':') != std::string_view::npos;
    const Field rule = Cut(&line, ':');
    if (!has_colon) {
      return error(rule, "a rule is written \"rule: value, value\"");
    }
    std::vector<std::string> values;
    do {
      const Field value = Cut(&line, ',');
      values.push_back(FoldName(value.text));
      if (values.back().empty()) {
        return error(value, "a value is missing");
      }
    } while (!line.text.empty());
    if (const std::string fault = AddRule(rule.text, values); !fault.empty()) {
      return error(rule, fault);
    }
  }
  std::stable_sort(announces_.begin(), announces_.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  return absl::OkStatus();
}

std::string PredicateRules::AddRule(std::string_view rule, const std::vector<std::string>& values) {
  const bool of_object = rule == "event-of-object";
  if (of_object || rule == "event-of-subject" || rule == "of-kind") {
    if (values.size() < 2) {
      return "a name comes first, then what goes by it: \"event-of-object: presence, send\"";
    }
    if (rule == "of-kind") {
      events_.AddKind(values);
    } else {
      events_.AddPredicates(of_object ? EventPart::kObject : EventPart::kSubject, values);
    }
  } else if (rule == "same") {
    AddSame(values);
  } else if (rule == "announces") {
    announces_.insert(announces_.end(), values.begin(), values.end());
  } else if (rule == "one-object") {
    one_object_.insert(values.begin(), values.end());
  } else if (rule == "one-subject") {
    one_subject_.insert(values.begin(), values.end());
  } else if (rule == "office") {
    AddOffice(values);
  } else if (rule == "no-office") {
    no_office_.insert(values.begin(), values.end());
  } else {
    return fmt::format(
        "\"{}\" is no rule; the rules are same, announces, one-object, one-subject, office, "
        "no-office, event-of-object, event-of-subject and of-kind",
        rule);
  }
  return {};
}

// Classes that share a value become one, under the first value of the one that was there first.
void PredicateRules::AddSame(const std::vector<std::string>& values) {
  std::string first = values.front();
  for (const std::string& value : values) {
    if (const auto known = first_.find(value); known != first_.end()) {
      first = known->second;
      break;
    }
  }
  for (const std::string& value : values) {
    const auto known = first_.find(value);
    std::vector<std::string> joining = {value};
    if (known != first_.end()) {
      if (known->second == first) {
        continue;
      }
      joining = std::move(classes_.extract(known->second).mapped());
    }
    for (std::string& member : joining) {
      first_[member] = first;
      classes_[first].push_back(std::move(member));
    }
  }
}

void PredicateRules::AddOffice(const std::vector<std::string>& values) {
  for (std::vector<std::string>& office : offices_) {
    if (std::find(office.begin(), office.end(), values.front()) != office.end()) {
      office.insert(office.end(), values.begin() + 1, values.end());
      return;
    }
  }
  offices_.push_back(values);
}

std::string PredicateRules::Normal(std::string_view predicate) const {
  for (int i = 0; i < kMaxAnnouncements; ++i) {
    for (const std::string& announcement : announces_) {
      if (predicate.size() > announcement.size() + 1 && predicate.starts_with(announcement) &&
          predicate[announcement.size()] == ' ') {
        predicate.remove_prefix(announcement.size() + 1);
        break;
      }
    }
  }
  const auto known = first_.find(predicate);
  return known == first_.end() ? std::string(predicate) : known->second;
}

std::vector<std::string> PredicateRules::Spellings(std::string_view predicate) const {
  const std::string normal = Normal(predicate);
  std::vector<std::string> plain = {normal};
  if (const auto known = classes_.find(normal); known != classes_.end()) {
    plain = known->second;
  }
  std::vector<std::string> spellings = plain;
  for (const std::string& announcement : announces_) {
    for (const std::string& word : plain) {
      spellings.push_back(announcement + " " + word);
    }
  }
  if (std::find(spellings.begin(), spellings.end(), predicate) == spellings.end()) {
    spellings.insert(spellings.begin(), std::string(predicate));
  }
  spellings.resize(std::min(spellings.size(), kMaxSpellings));
  return spellings;
}

std::vector<std::string> PredicateRules::Exclusive() const {
  std::vector<std::string> predicates(one_object_.begin(), one_object_.end());
  predicates.insert(predicates.end(), one_subject_.begin(), one_subject_.end());
  return predicates;
}

std::string PredicateRules::Root(std::string_view word) const {
  const std::string_view singular = Singular(word);
  for (const std::string_view form : {word, singular}) {
    if (const auto known = first_.find(form); known != first_.end()) {
      return known->second;
    }
  }
  return std::string(singular);
}

std::set<std::string> PredicateRules::Words(std::string_view name) const {
  std::set<std::string> words;
  for (const std::string& word : SplitAtSpaces(FoldName(name))) {
    if (!IsArticle(word) && !IsNumber(word)) {
      words.insert(Root(word));
    }
  }
  return words;
}

std::optional<Office> PredicateRules::FindOffice(std::string_view name) const {
  const std::string folded = FoldName(name);
  for (std::size_t i = 0; i < offices_.size(); ++i) {
    for (const std::string& title : offices_[i]) {
      for (std::string_view of : {Before(folded, title), After(folded, title)}) {
        if (of.ends_with("'s")) {
          of.remove_suffix(2);
        }
        const std::vector<std::string> words = SplitAtSpaces(of);
        const bool other_post = std::any_of(words.begin(), words.end(), [&](const auto& word) {
          return no_office_.contains(word);
        });
        if (!of.empty() && !other_post) {
          return Office{i, std::string(of)};
        }
      }
    }
  }
  return std::nullopt;
}

std::vector<std::string> PredicateRules::OfficeNames(const Office& office) const {
  std::vector<std::string> names;
  for (const std::string& title : offices_[office.title]) {
    for (const std::string& spelling : {title, InTitleCase(title)}) {
      for (const char* form : {"{0} {1}", "{0}'s {1}", "{1} of {0}", "{1} of the {0}"}) {
        names.push_back(fmt::format(fmt::runtime(form), office.of, spelling));
      }
    }
  }
  return names;
}

}  // namespace dossier
