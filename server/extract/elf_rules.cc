#include "server/extract/elf_rules.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <span>

#include "plugins/abi/dossier_plugin.h"
#include "server/base/status_macros.h"
#include "server/extract/elf_reader.h"

namespace dossier {
namespace {

constexpr std::size_t kNamesShown = 3;

// The beginnings of names of libraries that a plugin may need: the C and C++ runtime; RE2, which
// gRPC has brought into the process already and which Debian has no static build of that a shared
// object could hold; and the runtimes of sanitizers, without which nothing built with them loads.
constexpr std::string_view kAllowedLibraries[] = {
    "libc.so.",   "libm.so.",       "libpthread.so.", "libdl.so.",   "librt.so.",   "ld-linux",
    "libre2.so.", "libstdc++.so.6", "libgcc_s.so.",   "libasan.so.", "libubsan.so", "libtsan.so"};

absl::Status Damaged(std::string_view what) {
  return absl::InvalidArgumentError(fmt::format("it is damaged: {}", what));
}

const Elf64_Shdr* FindSection(const std::vector<Elf64_Shdr>& sections, uint32_t type) {
  const auto found = std::find_if(sections.begin(), sections.end(), [&](const Elf64_Shdr& section) {
    return section.sh_type == type;
  });
  return found == sections.end() ? nullptr : &*found;
}

// The table of names that goes with `section`.
absl::StatusOr<std::string_view> NamesOf(const ElfReader& elf,
                                         const std::vector<Elf64_Shdr>& sections,
                                         const Elf64_Shdr& section) {
  if (section.sh_link >= sections.size()) {
    return Damaged("its dynamic names are missing");
  }
  return elf.Content(sections[section.sh_link], "the table of dynamic names");
}

absl::Status ReadDynamic(const ElfReader& elf, const std::vector<Elf64_Shdr>& sections,
                         ElfFacts* facts) {
  const Elf64_Shdr* section = FindSection(sections, SHT_DYNAMIC);
  if (section == nullptr) {
    return Damaged("it has no dynamic section");
  }
  ASSIGN_OR_RETURN(const std::string_view entries, elf.Content(*section, "the dynamic section"));
  ASSIGN_OR_RETURN(const std::string_view names, NamesOf(elf, sections, *section));
  for (uint64_t at = 0;; at += sizeof(Elf64_Dyn)) {
    const auto entry = ReadAt<Elf64_Dyn>(entries, at);
    if (!entry || entry->d_tag == DT_NULL) {
      return absl::OkStatus();
    }
    if (entry->d_tag == DT_NEEDED) {
      const auto name = StringAt(names, entry->d_un.d_val);
      if (!name) {
        return Damaged("a library that it needs has no name");
      }
      facts->needed.emplace_back(*name);
    }
    facts->writes_code |= entry->d_tag == DT_TEXTREL ||
                          (entry->d_tag == DT_FLAGS && (entry->d_un.d_val & DF_TEXTREL) != 0);
  }
}

absl::Status ReadSymbols(const ElfReader& elf, const std::vector<Elf64_Shdr>& sections,
                         ElfFacts* facts) {
  const Elf64_Shdr* section = FindSection(sections, SHT_DYNSYM);
  if (section == nullptr) {
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const std::string_view symbols, elf.Content(*section, "the dynamic symbols"));
  ASSIGN_OR_RETURN(const std::string_view names, NamesOf(elf, sections, *section));
  for (uint64_t at = 0;; at += sizeof(Elf64_Sym)) {
    const auto symbol = ReadAt<Elf64_Sym>(symbols, at);
    if (!symbol) {
      return absl::OkStatus();
    }
    const auto binding = ELF64_ST_BIND(symbol->st_info);
    const auto visibility = ELF64_ST_VISIBILITY(symbol->st_other);
    if (symbol->st_shndx == SHN_UNDEF || binding == STB_LOCAL || visibility == STV_HIDDEN ||
        visibility == STV_INTERNAL) {
      continue;
    }
    const auto name = StringAt(names, symbol->st_name);
    if (!name) {
      return Damaged("a symbol has no name");
    }
    facts->exports.emplace_back(*name);
    if (binding == STB_GNU_UNIQUE) {
      facts->unique.emplace_back(*name);
    }
  }
}

bool IsAllowed(std::string_view library) {
  return std::any_of(std::begin(kAllowedLibraries), std::end(kAllowedLibraries),
                     [&](std::string_view allowed) { return library.starts_with(allowed); });
}

// The first few of `names` and how many more there are.
std::string Some(const std::vector<std::string>& names) {
  const std::size_t shown = std::min(names.size(), kNamesShown);
  std::string text = fmt::format("{}", fmt::join(std::span(names).first(shown), ", "));
  return names.size() > shown ? fmt::format("{} and {} more", text, names.size() - shown) : text;
}

}  // namespace

absl::StatusOr<ElfFacts> ReadElfFacts(std::string_view file) {
  ASSIGN_OR_RETURN(const ElfReader elf, ElfReader::Open(file));
  ASSIGN_OR_RETURN(const std::vector<Elf64_Shdr> sections, elf.Sections());
  ElfFacts facts;
  RETURN_IF_ERROR(ReadDynamic(elf, sections, &facts));
  RETURN_IF_ERROR(ReadSymbols(elf, sections, &facts));
  facts.executable_stack = true;  // what the loader takes for granted of a file that does not say
  for (const Elf64_Phdr& segment : elf.segments()) {
    if (segment.p_type == PT_GNU_STACK) {
      facts.executable_stack = (segment.p_flags & PF_X) != 0;
    }
  }
  return facts;
}

std::vector<std::string> FindElfFaults(const ElfFacts& facts) {
  std::vector<std::string> faults;
  std::vector<std::string> others = facts.exports;
  if (std::erase(others, DOSSIER_PLUGIN_ENTRY_NAME) == 0) {
    faults.push_back("it does not export " DOSSIER_PLUGIN_ENTRY_NAME);
  }
  if (!others.empty()) {
    faults.push_back(fmt::format(
        "it exports {} beside " DOSSIER_PLUGIN_ENTRY_NAME
        "{}: link it with -Wl,--version-script=plugins/abi/dossier_plugin.map",
        Some(others), facts.unique.empty() ? "" : ", some of them shared with every other plugin"));
  }
  std::vector<std::string> foreign;
  std::remove_copy_if(facts.needed.begin(), facts.needed.end(), std::back_inserter(foreign),
                      IsAllowed);
  if (!foreign.empty()) {
    faults.push_back(
        fmt::format("it needs {}, and may need nothing but the C and C++ runtime: link that "
                    "statically, with -Wl,--exclude-libs,ALL",
                    Some(foreign)));
  }
  if (facts.writes_code) {
    faults.push_back("its code is not position-independent: compile all of it with -fPIC");
  }
  if (facts.executable_stack) {
    faults.push_back("it asks for an executable stack: link it with -Wl,-z,noexecstack");
  }
  return faults;
}

absl::Status CheckElfRules(std::string_view file) {
  ASSIGN_OR_RETURN(const ElfFacts facts, ReadElfFacts(file));
  const std::vector<std::string> faults = FindElfFaults(facts);
  return faults.empty() ? absl::OkStatus()
                        : absl::FailedPreconditionError(fmt::format("{}", fmt::join(faults, "; ")));
}

}  // namespace dossier
