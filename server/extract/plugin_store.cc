#include "server/extract/plugin_store.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <system_error>
#include <utility>

#include "server/base/status_macros.h"
#include "server/extract/json_text.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr int kFormat = 1;
constexpr std::string_view kChoices = "choices.json";

Json ToJson(const std::optional<PluginChoice>& choice) {
  if (!choice) {
    return nullptr;
  }
  return {{"sha256", choice->sha256},
          {"version", choice->version},
          {"folder", choice->from_folder},
          {"config", choice->config ? Json::parse(*choice->config) : Json()}};
}

std::optional<PluginChoice> ToChoice(const Json& json) {
  if (json.is_null()) {
    return std::nullopt;
  }
  PluginChoice choice;
  choice.sha256 = json.at("sha256");
  choice.version = json.at("version");
  choice.from_folder = json.at("folder");
  if (const Json& config = json.at("config"); !config.is_null()) {
    choice.config = config.dump();
  }
  return choice;
}

struct Choices {
  PluginRecords records;
  PluginCandidates candidates;
};

std::string Write(const Choices& choices) {
  Json plugins = Json::object();
  for (const auto& [id, record] : choices.records) {
    plugins[id] = {{"current", ToJson(record.current)}, {"former", ToJson(record.former)}};
  }
  Json file{{"format", kFormat}, {"plugins", std::move(plugins)}};
  for (const auto& [id, candidate] : choices.candidates) {
    file["candidates"][id] = ToJson(candidate);
  }
  return file.dump(2) + "\n";
}

absl::StatusOr<Choices> Read(std::string_view text) {
  ASSIGN_OR_RETURN(const Json json, ParseJsonObject(text));
  try {
    if (json.at("format") != kFormat) {
      return absl::FailedPreconditionError("is of a newer server");
    }
    Choices choices;
    for (const auto& [id, record] : json.at("plugins").items()) {
      choices.records[id] = {ToChoice(record.at("current")), ToChoice(record.at("former"))};
    }
    if (const auto candidates = json.find("candidates"); candidates != json.end()) {
      for (const auto& [id, candidate] : candidates->items()) {
        if (const std::optional<PluginChoice> choice = ToChoice(candidate)) {
          choices.candidates[id] = *choice;
        }
      }
    }
    return choices;
  } catch (const Json::exception& error) {
    return absl::DataLossError(fmt::format("does not keep its format: {}", error.what()));
  }
}

absl::StatusOr<Choices> ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  absl::StatusOr<Choices> choices = Read(text);
  if (!file || !choices.ok()) {
    return absl::DataLossError(fmt::format(
        "{} {}; restore it, or remove it to run the plugins of the plugin folder", path.string(),
        file ? std::string(choices.status().message()) : "cannot be read"));
  }
  return choices;
}

}  // namespace

absl::StatusOr<std::unique_ptr<PluginStore>> PluginStore::Open(fs::path folder) {
  std::unique_ptr<PluginStore> store(new PluginStore(std::move(folder)));
  if (store->folder_.empty()) {
    return store;
  }
  std::error_code error;
  fs::create_directory(store->folder_, error);
  if (!error) {
    fs::permissions(store->folder_, fs::perms::owner_all, error);
  }
  if (error) {
    return absl::ErrnoToStatus(
        error.value(),
        fmt::format("cannot make the folder {} for installed plugins", store->folder_.string()));
  }
  for (const fs::directory_entry& entry : fs::directory_iterator(store->folder_, error)) {
    if (entry.path().filename().string().starts_with(UnfinishedFile::kPrefix)) {
      fs::remove(entry.path(), error);
    }
  }
  if (const fs::path choices = store->folder_ / kChoices; fs::exists(choices, error)) {
    ASSIGN_OR_RETURN(Choices kept, ReadFile(choices));
    store->records_ = std::move(kept.records);
    store->candidates_ = std::move(kept.candidates);
  }
  return store;
}

fs::path PluginStore::FileName(const std::string& sha256, std::string_view ending) const {
  return folder_ / fmt::format("{}{}", sha256, ending);
}

absl::Status PluginStore::CheckFolder() const {
  return folder_.empty() ? absl::FailedPreconditionError("there is no folder to keep plugins in")
                         : absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<UnfinishedFile>> PluginStore::NewFile() const {
  RETURN_IF_ERROR(CheckFolder());
  return UnfinishedFile::Create(folder_);
}

absl::Status PluginStore::Keep(UnfinishedFile* bytes, const PluginFile& file) const {
  if (!file.signature.empty()) {
    RETURN_IF_ERROR(WriteDurably(FileName(file.sha256, ".sig"), file.signature));
  }
  return bytes->Publish(FileName(file.sha256, ".so"));
}

absl::Status PluginStore::Keep(const PluginFile& file) const {
  ASSIGN_OR_RETURN(const std::unique_ptr<UnfinishedFile> bytes, NewFile());
  RETURN_IF_ERROR(bytes->Append(file.copy.bytes()));
  return Keep(bytes.get(), file);
}

absl::StatusOr<PluginFile> PluginStore::OpenFile(const std::string& sha256) const {
  ASSIGN_OR_RETURN(PluginFile file, OpenPluginFile(FileName(sha256, ".so")));
  if (file.sha256 != sha256) {
    return absl::DataLossError(fmt::format("{}: its bytes have changed", file.name));
  }
  std::ifstream signature(FileName(sha256, ".sig"), std::ios::binary);
  file.signature.assign(std::istreambuf_iterator<char>(signature), {});
  return file;
}

absl::Status PluginStore::Write(PluginRecords records) {
  return Write(std::move(records), candidates_);
}

absl::Status PluginStore::WriteCandidates(PluginCandidates candidates) {
  return Write(records_, std::move(candidates));
}

absl::Status PluginStore::Write(PluginRecords records, PluginCandidates candidates) {
  RETURN_IF_ERROR(CheckFolder());
  Choices choices{std::move(records), std::move(candidates)};
  RETURN_IF_ERROR(WriteDurably(folder_ / kChoices, dossier::Write(choices)));
  records_ = std::move(choices.records);
  candidates_ = std::move(choices.candidates);
  Prune();
  return absl::OkStatus();
}

void PluginStore::Prune() const {
  std::set<std::string> named;
  for (const auto& [id, record] : records_) {
    for (const std::optional<PluginChoice>& choice : {record.current, record.former}) {
      if (choice) {
        named.insert(choice->sha256);
      }
    }
  }
  for (const auto& [id, candidate] : candidates_) {
    named.insert(candidate.sha256);
  }
  std::error_code ignored;  // a file too many does no harm
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_, ignored)) {
    const fs::path ending = entry.path().extension();
    if ((ending == ".so" || ending == ".sig") && !named.contains(entry.path().stem().string())) {
      fs::remove(entry.path(), ignored);
    }
  }
}

}  // namespace dossier
