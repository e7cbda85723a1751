// HOST:PORT: "127.0.0.1:50051", "[::1]:50051", "localhost:0".
#ifndef DOSSIER_SERVER_RPC_LISTEN_ADDRESS_H_
#define DOSSIER_SERVER_RPC_LISTEN_ADDRESS_H_

#include <string>

#include "absl/status/status.h"

namespace dossier {

// Whether a server may listen at `address` now: gRPC itself does not say why it cannot. The error
// tells the reason: not HOST:PORT, a name that is unknown, an address of another machine, a port
// that is in use.
absl::Status CheckListenAddress(const std::string& address);

// Whether only this machine can reach `address`: every address that its host stands for is a
// loopback one. REQUIRES: CheckListenAddress() was OK.
bool IsLoopback(const std::string& address);

// `address` with its port replaced. REQUIRES: it has one.
std::string WithPort(const std::string& address, int port);

}  // namespace dossier

#endif  // DOSSIER_SERVER_RPC_LISTEN_ADDRESS_H_
