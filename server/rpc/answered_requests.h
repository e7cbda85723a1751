#ifndef DOSSIER_SERVER_RPC_ANSWERED_REQUESTS_H_
#define DOSSIER_SERVER_RPC_ANSWERED_REQUESTS_H_

#include <google/protobuf/message.h>

#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>

#include "absl/status/status.h"

namespace dossier {

// The answers to the last requests that came with an id of the client's and succeeded, so that one
// that comes again has the same answer and is not carried out again. Thread-safe; requests of one
// id must not be carried out at the same time.
class AnsweredRequests {
 public:
  static constexpr std::size_t kMaxAnswers = 1000;

  // Runs `work`, which fills `response`, unless this id was answered before. `request` is what the
  // id was given to: its kind and everything that it says. With an empty id `work` always runs.
  // A FieldError of request_id when the id was given to another request.
  absl::Status Once(const std::string& id, const google::protobuf::Message& request,
                    const std::function<absl::Status()>& work, google::protobuf::Message* response);

 private:
  struct Answer {
    std::string id;
    std::string request;  // hash of it
    std::string response;
  };

  std::mutex mutex_;
  std::deque<Answer> answers_;  // oldest first
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_RPC_ANSWERED_REQUESTS_H_
