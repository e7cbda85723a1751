// What a running server does in a second, as ratios to an empty call measured in the same run.
//
//   server_bench --articles deploy/samples [--server HOST:PORT] [--documents N] [--seconds S]
//
// Operations:
//   empty    grpc.health.v1.Health.Check, the floor of every call
//   ingest   documents streamed in, each a sample article with a name of its own, one stream
//   match    GraphService.MatchTriples by subject, over the names the articles hold
// Each call is made serially (p50, p99) and by 16 callers at once (calls a second). Prints JSON.
// Without --server it starts a server of its own on an empty database. Use the release preset.
#include <fmt/format.h>
#include <grpcpp/generic/generic_stub.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "client/cli/input.h"
#include "client/cpp/ingest_stream.h"
#include "tests/support/server_process.h"
#include "tests/support/temp_folder.h"

namespace dossier {
namespace {

using Clock = std::chrono::steady_clock;
using nlohmann::ordered_json;

constexpr int kCallers = 16;

double Seconds(Clock::duration duration) { return std::chrono::duration<double>(duration).count(); }

struct Load {
  double calls_per_second = 0;
  double p50_us = 0;
  double p99_us = 0;
};

// `call` by `callers` threads at once for `seconds`; its argument counts the calls of its thread.
Load Drive(int callers, double seconds, const std::function<void(int)>& call) {
  std::vector<std::vector<double>> latencies(static_cast<size_t>(callers));
  const auto start = Clock::now();
  {
    std::vector<std::jthread> threads;
    for (auto& mine : latencies) {
      threads.emplace_back([&, seconds] {
        for (int n = 0; Seconds(Clock::now() - start) < seconds; ++n) {
          const auto begin = Clock::now();
          call(n);
          mine.push_back(Seconds(Clock::now() - begin) * 1e6);
        }
      });
    }
  }
  const double elapsed = Seconds(Clock::now() - start);
  std::vector<double> all;
  for (const auto& mine : latencies) {
    all.insert(all.end(), mine.begin(), mine.end());
  }
  std::sort(all.begin(), all.end());
  const auto at = [&](double part) {
    return all[static_cast<size_t>(part * static_cast<double>(all.size() - 1))];
  };
  return {static_cast<double>(all.size()) / elapsed, at(0.5), at(0.99)};
}

ordered_json Measure(double seconds, const std::function<void(int)>& call) {
  Drive(kCallers, seconds / 4, call);  // warm up
  const Load serial = Drive(1, seconds, call);
  const Load loaded = Drive(kCallers, seconds, call);
  return {{"serial_p50_us", serial.p50_us},
          {"serial_p99_us", serial.p99_us},
          {"callers", kCallers},
          {"calls_per_second", loaded.calls_per_second},
          {"loaded_p50_us", loaded.p50_us},
          {"loaded_p99_us", loaded.p99_us}};
}

void Require(const grpc::Status& status) {
  if (!status.ok()) {
    throw std::runtime_error(status.error_message());
  }
}

// Ends of sentences as a reader counts them: a final stop before white space or the end.
size_t CountSentences(const std::string& text) {
  size_t count = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool last = i + 1 == text.size() || text[i + 1] == ' ' || text[i + 1] == '\n';
    count += (text[i] == '.' || text[i] == '!' || text[i] == '?') && last ? 1u : 0u;
  }
  return count;
}

ordered_json Ingest(const client::Connection& server, const std::vector<v1::Document>& articles,
                    int documents) {
  std::atomic<uint64_t> evidence = 0;
  std::atomic<int> stored = 0;
  size_t sentences = 0;
  const auto start = Clock::now();
  client::IngestStream stream(server, [&](const v1::IngestResponse& answer) {
    stored += answer.has_committed() ? 1 : 0;
    evidence += answer.committed().evidence_count();
  });
  for (int i = 0; i < documents; ++i) {
    v1::IngestRequest request;
    *request.mutable_document() = articles[static_cast<size_t>(i) % articles.size()];
    request.mutable_document()->mutable_id()->append(fmt::format("#{}", i));
    sentences += CountSentences(request.document().text());
    if (!stream.Send(request)) {
      break;
    }
  }
  Require(stream.Finish());
  const double seconds = Seconds(Clock::now() - start);
  return {{"documents", stored.load()},
          {"documents_per_second", stored / seconds},
          {"sentences_per_second", static_cast<double>(sentences) / seconds},
          {"evidence_per_second", static_cast<double>(evidence) / seconds}};
}

// A call that costs the server nothing but the call: a health check, whose request is empty and
// whose answer nobody reads.
class EmptyCall {
 public:
  explicit EmptyCall(const std::string& address)
      : stub_(grpc::CreateChannel(address, grpc::InsecureChannelCredentials())) {}

  void operator()() {
    grpc::ClientContext context;
    grpc::CompletionQueue done;
    grpc::ByteBuffer answer;
    grpc::Status status;
    const grpc::Slice nothing;
    const auto call = stub_.PrepareUnaryCall(&context, "/grpc.health.v1.Health/Check",
                                             grpc::ByteBuffer(&nothing, 1), &done);
    call->StartCall();
    call->Finish(&answer, &status, this);
    void* tag = nullptr;
    bool ok = false;
    done.Next(&tag, &ok);
    Require(status);
  }

 private:
  grpc::GenericStub stub_;
};

std::vector<std::string> EntityNames(const client::Connection& server) {
  v1::SearchEntitiesRequest request;
  request.set_page_size(1000);
  v1::SearchEntitiesResponse page;
  Require(server.graph().SearchEntities(server.NewContext().get(), request, &page));
  std::vector<std::string> names;
  for (const v1::Entity& entity : page.entities()) {
    names.push_back(entity.name());
  }
  return names;
}

ordered_json Run(const std::string& address, const std::vector<v1::Document>& articles,
                 int documents, double seconds) {
  const client::Connection server = client::Connection::To(address);
  EmptyCall empty(address);
  ordered_json result;
  result["empty"] = Measure(seconds, [&](int) { empty(); });
  result["ingest"] = Ingest(server, articles, documents);
  const std::vector<std::string> names = EntityNames(server);
  result["match"] = Measure(seconds, [&](int n) {
    v1::MatchTriplesRequest request;
    request.mutable_subject()->set_name(names[static_cast<size_t>(n) % names.size()]);
    request.set_limit(10);
    const auto context = server.NewContext();
    const auto stream = server.graph().MatchTriples(context.get(), request);
    for (v1::MatchTriplesResponse part; stream->Read(&part);) {
    }
    Require(stream->Finish());
  });
  const auto ratio = [&](const char* what) {
    return result["match"][what].get<double>() / result["empty"][what].get<double>();
  };
  result["ratios"] = {
      {"match_to_empty_calls", ratio("calls_per_second")},
      {"match_to_empty_p50", ratio("serial_p50_us")},
      {"match_to_empty_p99", ratio("serial_p99_us")},
      {"ingest_documents_to_empty_calls", result["ingest"]["documents_per_second"].get<double>() /
                                              result["empty"]["calls_per_second"].get<double>()}};
  return result;
}

int Main(int argc, char** argv) {
  CLI::App app("Measures a server; see the head of server_bench.cc.");
  std::string server;
  std::string articles;
  int documents = 2000;
  double seconds = 4;
  app.add_option("--server", server, "HOST:PORT of a running server");
  app.add_option("--articles", articles, "A folder of .txt files")->required();
  app.add_option("--documents", documents, "How many to ingest")->capture_default_str();
  app.add_option("--seconds", seconds, "How long to drive each kind of call")
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);

  std::vector<v1::Document> texts;
  cli::Input({articles}, {.published = "2025-03-15", .source = "", .language = "en"})
      .ForEach(
          [&](v1::Document document) {
            texts.push_back(std::move(document));
            return true;
          },
          [](std::string_view place, std::string_view why) {
            fmt::print(stderr, "server_bench: {}: {}\n", place, why);
          });
  if (texts.empty()) {
    return 1;
  }
  const TempFolder folder;
  std::optional<ServerProcess> process;
  if (server.empty()) {
    process.emplace(folder.path());
    server = process->address();
  }
  fmt::print("{}\n", Run(server, texts, documents, seconds).dump(2));
  return 0;
}

}  // namespace
}  // namespace dossier

int main(int argc, char** argv) {
  try {
    return dossier::Main(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "server_bench: {}\n", error.what());
    return 1;
  }
}
