#include "client/cli/command.h"

#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>

#include <cstdio>
#include <utility>

namespace dossier::cli {

int Report(const Global& global, const grpc::Status& status) {
  if (status.ok()) {
    return 0;
  }
  if (status.error_code() == grpc::StatusCode::UNAVAILABLE) {
    fmt::print(stderr,
               "dossier: no answer from {}: {}\nIs a server listening there? Start one with "
               "dossierd, or name another with --server HOST:PORT.\n",
               global.server, status.error_message());
  } else {
    fmt::print(stderr, "dossier: {}\n", status.error_message());
  }
  return 1;
}

void PrintJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  std::string json;
  // Fails only for a malformed Any, and no message of ours but google.rpc.Status holds one.
  if (google::protobuf::util::MessageToJsonString(message, &json, options).ok()) {
    fmt::print("{}\n", json);
  }
}

void AddFormat(CLI::App& command, std::string* format, std::vector<std::string> choices) {
  *format = choices.front();
  command.add_option("--format", *format, "How to print results")
      ->check(CLI::IsMember(std::move(choices)))
      ->capture_default_str();
}

}  // namespace dossier::cli
