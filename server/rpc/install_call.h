// Serves PluginService.Install: a file that comes in parts, each written to disk before the next is
// read, so that a call holds one message at most. Work happens on the pool for changes.
#ifndef DOSSIER_SERVER_RPC_INSTALL_CALL_H_
#define DOSSIER_SERVER_RPC_INSTALL_CALL_H_

#include <cstddef>
#include <semaphore>

#include "server/rpc/call.h"

namespace grpc {
class ByteBuffer;
class CallbackServerContext;
template <class Request>
class ServerReadReactor;
}  // namespace grpc

namespace dossier {

class AnsweredRequests;
class PluginHost;

inline constexpr std::size_t kMaxInstallBytes = std::size_t{256} << 20;
inline constexpr std::ptrdiff_t kMaxInstalls = 4;

// At most kMaxInstalls files come in at once; more calls are refused.
using InstallSlots = std::counting_semaphore<kMaxInstalls>;

// What it is given must outlive the call.
grpc::ServerReadReactor<grpc::ByteBuffer>* StartInstall(
    const CallResources& resources, PluginHost& plugins, AnsweredRequests& answered,
    InstallSlots& slots, grpc::CallbackServerContext* context, grpc::ByteBuffer* response);

}  // namespace dossier

#endif  // DOSSIER_SERVER_RPC_INSTALL_CALL_H_
