#include "server/rpc/answered_requests.h"

#include <algorithm>

#include "server/base/field_error.h"
#include "server/base/sha256.h"
#include "server/base/status_macros.h"

namespace dossier {

absl::Status AnsweredRequests::Once(const std::string& id, const google::protobuf::Message& request,
                                    const std::function<absl::Status()>& work,
                                    google::protobuf::Message* response) {
  if (id.empty()) {
    return work();
  }
  // Without maps, a message has one encoding in one process.
  const std::string hash = Sha256(request.GetTypeName() + '\0' + request.SerializeAsString());
  {
    const std::lock_guard lock(mutex_);
    const auto answer = std::find_if(answers_.begin(), answers_.end(),
                                     [&](const Answer& known) { return known.id == id; });
    if (answer != answers_.end() && answer->request != hash) {
      return FieldError("request_id", "was given to another request");
    }
    if (answer != answers_.end()) {
      response->ParseFromString(answer->response);
      return absl::OkStatus();
    }
  }
  RETURN_IF_ERROR(work());
  const std::lock_guard lock(mutex_);
  answers_.push_back({id, hash, response->SerializeAsString()});
  if (answers_.size() > kMaxAnswers) {
    answers_.pop_front();
  }
  return absl::OkStatus();
}

}  // namespace dossier
