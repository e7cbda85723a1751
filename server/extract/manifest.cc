#include "server/extract/manifest.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "plugins/abi/dossier_plugin.h"
#include "server/base/status_macros.h"
#include "server/extract/config_schema.h"
#include "server/extract/json_text.h"

namespace dossier {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxIdBytes = 128;
constexpr std::size_t kMaxTextBytes = 4096;
constexpr std::size_t kMaxListEntries = 64;

absl::Status Fault(std::string_view key, std::string_view fault) {
  return absl::InvalidArgumentError(fmt::format("manifest key \"{}\" {}", key, fault));
}

// A number without sign or leading zero, up to the end of `text`.
std::optional<uint32_t> ParseNumber(std::string_view text) {
  uint32_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  const bool leading_zero = text.size() > 1 && text[0] == '0';
  return error == std::errc() && stop == end && !leading_zero ? std::optional(value) : std::nullopt;
}

bool IsAllOf(std::string_view text, std::string_view marks) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || marks.find(c) != marks.npos;
  });
}

bool IsId(std::string_view id) {
  return !id.empty() && id.size() <= kMaxIdBytes && IsAllOf(id, ".-_") && id.find('.') != id.npos &&
         id.front() != '.' && id.back() != '.';
}

// Semantic version 2: three numbers, then perhaps "-pre.release" and "+build".
bool IsVersion(std::string_view version) {
  const std::size_t core_end = std::min(version.find_first_of("-+"), version.size());
  std::string_view core = version.substr(0, core_end);
  const std::string_view rest = version.substr(core_end);
  for (int part = 0; part < 3; ++part) {
    const std::size_t dot = part < 2 ? core.find('.') : core.size();
    if (dot == core.npos || !ParseNumber(core.substr(0, dot))) {
      return false;
    }
    core.remove_prefix(std::min(dot + 1, core.size()));
  }
  return core.empty() && version.size() <= kMaxIdBytes && rest.size() != 1 && IsAllOf(rest, ".-+");
}

// "token/1", "dep.ud/1": a name, a slash, a number.
bool IsLayerName(std::string_view layer) {
  const std::size_t slash = layer.find('/');
  return slash != layer.npos && slash > 0 && layer.size() <= kMaxIdBytes &&
         IsAllOf(layer.substr(0, slash), ".-_") && ParseNumber(layer.substr(slash + 1));
}

bool IsLanguage(std::string_view tag) {
  return !tag.empty() && tag.size() <= kMaxIdBytes && IsAllOf(tag, "-");
}

// The string under `key`; empty when it is not there.
absl::StatusOr<std::string> ReadText(const Json& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end()) {
    return "";
  }
  if (!found->is_string()) {
    return Fault(key, fmt::format("must be a string, not {}", found->type_name()));
  }
  auto text = found->get<std::string>();
  if (text.size() > kMaxTextBytes) {
    return Fault(key, fmt::format("is longer than {} bytes", kMaxTextBytes));
  }
  return text;
}

absl::StatusOr<std::string> ReadRequired(const Json& json, const char* key,
                                         bool (*is_valid)(std::string_view),
                                         std::string_view shape) {
  ASSIGN_OR_RETURN(std::string text, ReadText(json, key));
  if (text.empty()) {
    return Fault(key, "is missing or empty");
  }
  if (!is_valid(text)) {
    return Fault(key, fmt::format("is \"{}\", not {}", text, shape));
  }
  return text;
}

absl::StatusOr<std::vector<std::string>> ReadList(const Json& json, const char* key,
                                                  bool (*is_valid)(std::string_view),
                                                  std::string_view shape) {
  std::vector<std::string> list;
  const auto found = json.find(key);
  if (found == json.end()) {
    return list;
  }
  if (!found->is_array() || found->size() > kMaxListEntries) {
    return Fault(key, fmt::format("must be an array of at most {} strings", kMaxListEntries));
  }
  for (const Json& entry : *found) {
    if (!entry.is_string() || !is_valid(entry.get_ref<const std::string&>())) {
      return Fault(key,
                   fmt::format("holds {}, not {}",
                               entry.dump(-1, ' ', true, Json::error_handler_t::replace), shape));
    }
    if (std::find(list.begin(), list.end(), entry.get_ref<const std::string&>()) != list.end()) {
      return Fault(key, fmt::format("holds {} twice", entry.dump()));
    }
    list.push_back(entry.get<std::string>());
  }
  return list;
}

bool IsEmission(std::string_view emission) {
  return emission == "mentions" || emission == "triples" || emission == "propositions";
}

absl::Status ReadEmissions(const Json& json, Manifest* manifest) {
  ASSIGN_OR_RETURN(
      const std::vector<std::string> emits,
      ReadList(json, "emits", IsEmission, "one of \"mentions\", \"triples\", \"propositions\""));
  const auto says = [&](std::string_view what) {
    return std::find(emits.begin(), emits.end(), what) != emits.end();
  };
  manifest->emits_mentions = says("mentions");
  manifest->emits_triples = says("triples");
  manifest->emits_propositions = says("propositions");
  return absl::OkStatus();
}

// Major and minor of "1.0".
std::optional<std::pair<uint32_t, uint32_t>> SplitAbi(std::string_view abi) {
  const std::size_t dot = abi.find('.');
  if (dot == abi.npos) {
    return std::nullopt;
  }
  const auto major = ParseNumber(abi.substr(0, dot));
  const auto minor = ParseNumber(abi.substr(dot + 1));
  return major && minor ? std::optional(std::pair(*major, *minor)) : std::nullopt;
}

absl::Status ReadAbi(const Json& json, Manifest* manifest) {
  ASSIGN_OR_RETURN(
      const std::string abi,
      ReadRequired(
          json, "abi", [](std::string_view text) { return SplitAbi(text).has_value(); },
          "two numbers with a dot between"));
  std::tie(manifest->abi_major, manifest->abi_minor) = *SplitAbi(abi);
  if (manifest->abi_major != DOSSIER_ABI_MAJOR || manifest->abi_minor > DOSSIER_ABI_MINOR) {
    return absl::FailedPreconditionError(
        fmt::format("it was built for plugin ABI {}, this server speaks {}; rebuild it with this "
                    "server's plugins/abi, or take a server that speaks {}",
                    abi, DOSSIER_ABI_VERSION, abi));
  }
  return absl::OkStatus();
}

absl::Status ReadSchema(const Json& json, Manifest* manifest) {
  const auto found = json.find("config_schema");
  if (found == json.end()) {
    return absl::OkStatus();
  }
  if (!found->is_object()) {
    return Fault("config_schema", "must be an object");
  }
  manifest->config_schema = found->dump();
  const absl::Status status = CheckConfigSchema(manifest->config_schema);
  return status.ok() ? status : Fault("config_schema", std::string(status.message()));
}

bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) == std::tolower(y);
  });
}

}  // namespace

bool Manifest::Reads(std::string_view language) const {
  return languages.empty() || language.empty() ||
         std::any_of(languages.begin(), languages.end(), [&](std::string_view range) {
           return EqualsIgnoringCase(range, language.substr(0, range.size())) &&
                  (language.size() == range.size() || language[range.size()] == '-');
         });
}

absl::StatusOr<Manifest> ParseManifest(std::string_view text) {
  const absl::StatusOr<Json> parsed = ParseJsonObject(text);
  if (!parsed.ok()) {
    return absl::InvalidArgumentError(
        fmt::format("manifest {}", std::string(parsed.status().message())));
  }
  const Json& json = *parsed;
  Manifest manifest;
  // Before the rest: another ABI may read the other keys differently.
  RETURN_IF_ERROR(ReadAbi(json, &manifest));
  ASSIGN_OR_RETURN(manifest.id, ReadRequired(json, "id", IsId, "a reverse DNS name"));
  ASSIGN_OR_RETURN(manifest.version,
                   ReadRequired(json, "version", IsVersion, "a semantic version"));
  ASSIGN_OR_RETURN(manifest.description, ReadText(json, "description"));
  ASSIGN_OR_RETURN(manifest.license, ReadText(json, "license"));
  constexpr std::string_view kLayerShape = "a layer with its revision, like \"token/1\"";
  ASSIGN_OR_RETURN(manifest.requires_layers, ReadList(json, "requires", IsLayerName, kLayerShape));
  ASSIGN_OR_RETURN(manifest.accepts_layers, ReadList(json, "accepts", IsLayerName, kLayerShape));
  ASSIGN_OR_RETURN(manifest.provides, ReadList(json, "provides", IsLayerName, kLayerShape));
  RETURN_IF_ERROR(ReadEmissions(json, &manifest));
  ASSIGN_OR_RETURN(manifest.languages,
                   ReadList(json, "languages", IsLanguage, "a BCP 47 language tag"));
  RETURN_IF_ERROR(ReadSchema(json, &manifest));
  return manifest;
}

}  // namespace dossier
