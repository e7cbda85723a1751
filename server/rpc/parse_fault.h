#ifndef DOSSIER_SERVER_RPC_PARSE_FAULT_H_
#define DOSSIER_SERVER_RPC_PARSE_FAULT_H_

#include <string_view>

#include "absl/status/status.h"

namespace google::protobuf {
class Descriptor;
}

namespace dossier {

// Why `bytes` did not parse as a `type`. A string that is not UTF-8, the fault that honest clients
// make, is named with its path and offset: "document.text is not UTF-8: byte 0xe9 at offset 3".
// Other bytes are "not a valid dossier.v1.IngestRequest". Linear; always INVALID_ARGUMENT.
absl::Status DescribeParseFault(std::string_view bytes, const google::protobuf::Descriptor& type);

}  // namespace dossier

#endif  // DOSSIER_SERVER_RPC_PARSE_FAULT_H_
