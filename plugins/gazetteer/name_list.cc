#include "plugins/gazetteer/name_list.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace dossier::gazetteer {
namespace {

enum Column : size_t { kName, kType, kAliases, kCase, kColumns };
constexpr std::array<std::string_view, kColumns> kColumnNames = {"name", "type", "aliases", "case"};
constexpr size_t kMaxTypeBytes = 64;

// A part of the file: its text without white space around it, and where that begins.
struct Cell {
  std::string_view text;
  size_t offset = 0;
};

Cell Trim(Cell cell) {
  const size_t first = std::min(cell.text.find_first_not_of(' '), cell.text.size());
  const size_t last = cell.text.find_last_not_of(' ');
  return {cell.text.substr(first, last == cell.text.npos ? 0 : last + 1 - first),
          cell.offset + first};
}

std::vector<Cell> Split(Cell cell, char separator) {
  std::vector<Cell> parts;
  for (size_t at = 0; at <= cell.text.size();) {
    const size_t end = std::min(cell.text.find(separator, at), cell.text.size());
    parts.push_back(Trim({cell.text.substr(at, end - at), cell.offset + at}));
    at = end + 1;
  }
  return parts;
}

bool IsControl(char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 0x7f; }

bool IsType(std::string_view text) {
  return text.size() <= kMaxTypeBytes && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '_' || c == '-' || c == '.';
         });
}

std::optional<Case> ParseCase(std::string_view text) {
  if (text.empty() || text == "capitals") return Case::kCapitals;
  if (text == "exact") return Case::kExact;
  return text == "any" ? std::optional(Case::kAny) : std::nullopt;
}

class Parser {
 public:
  explicit Parser(sdk::FileFaults* faults) : faults_(faults) {}

  void ReadLine(Cell line) {
    if (line.text.ends_with('\r')) line.text.remove_suffix(1);
    if (Trim(line).text.empty() || line.text.front() == '#') return;
    const auto control = std::find_if(line.text.begin(), line.text.end(), IsControl);
    if (control != line.text.end()) {
      faults_->Add(line.offset + static_cast<size_t>(control - line.text.begin()),
                   "a control character");
      return;
    }
    const std::vector<Cell> cells = Split(line, '\t');
    if (columns_.empty()) {
      ReadHeader(cells);
    } else {
      ReadName(cells);
    }
  }

  bool has_header() const { return !columns_.empty(); }
  NameList TakeList() { return std::move(list_); }

 private:
  void ReadHeader(const std::vector<Cell>& cells) {
    for (const Cell& cell : cells) {
      const auto* found = std::find(kColumnNames.begin(), kColumnNames.end(), cell.text);
      const auto column = static_cast<Column>(found - kColumnNames.begin());
      if (found == kColumnNames.end()) {
        faults_->Add(cell.offset,
                     "the first line names the columns, with a tab between: name, "
                     "type, aliases, case; there is no column \"" +
                         std::string(cell.text) + "\"");
      } else if (std::find(columns_.begin(), columns_.end(), column) != columns_.end()) {
        faults_->Add(cell.offset, "the column \"" + std::string(cell.text) + "\" comes twice");
      }
      columns_.push_back(column);
    }
    if (std::find(columns_.begin(), columns_.end(), kName) == columns_.end()) {
      faults_->Add(cells.front().offset, "there is no column \"name\"");
    }
  }

  void ReadName(const std::vector<Cell>& cells) {
    std::array<Cell, kColumns> row;
    row.fill({{}, cells.front().offset});
    for (size_t i = 0; i < cells.size(); ++i) {
      if (i < columns_.size() && columns_[i] < kColumns) {
        row[columns_[i]] = cells[i];
      } else if (i >= columns_.size() && !cells[i].text.empty()) {
        faults_->Add(cells[i].offset, "one cell more than there are columns");
        return;
      }
    }
    if (row[kName].text.empty()) {
      faults_->Add(row[kName].offset, "the name is empty");
      return;
    }
    if (!IsType(row[kType].text)) {
      faults_->Add(row[kType].offset,
                   "a type is at most 64 letters, digits, \"_\", \"-\" and \".\"");
    }
    const std::optional<Case> match = ParseCase(row[kCase].text);
    if (!match) {
      faults_->Add(row[kCase].offset, "case is \"capitals\", \"exact\", \"any\" or empty");
    }
    list_.names.push_back({std::string(row[kName].text), std::string(row[kType].text)});
    AddForm(row[kName], match.value_or(Case::kCapitals));
    for (const Cell& alias : Split(row[kAliases], '|')) {
      if (!alias.text.empty()) AddForm(alias, match.value_or(Case::kCapitals));
    }
  }

  void AddForm(const Cell& cell, Case match) {
    if (cell.text.size() > kMaxFormBytes) {
      faults_->Add(cell.offset, "longer than " + std::to_string(kMaxFormBytes) + " bytes");
    } else if (list_.forms.size() == kMaxForms) {
      faults_->Add(cell.offset,
                   "more than " + std::to_string(kMaxForms) + " names and aliases in one file");
    } else {
      list_.forms.push_back({std::string(cell.text), static_cast<uint32_t>(list_.names.size() - 1),
                             match, cell.offset});
    }
  }

  sdk::FileFaults* faults_;
  std::vector<Column> columns_;  // of the header; kColumns for one that is unknown
  NameList list_;
};

}  // namespace

NameList ParseNameList(const sdk::TextFile& file, sdk::FileFaults* faults) {
  Parser parser(faults);
  const std::string_view text = file.text();
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    parser.ReadLine({text.substr(at, end - at), at});
    at = end + 1;
  }
  if (!parser.has_header()) {
    faults->Add(0,
                "nothing in it: the first line names the columns, with a tab between: name, "
                "type, aliases, case");
  }
  return parser.TakeList();
}

}  // namespace dossier::gazetteer
