#include "server/rpc/listen_address.h"

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

namespace dossier {
namespace {

using AddressList = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

absl::Status Fault(const std::string& address, const std::string& reason) {
  return absl::UnavailableError(fmt::format("cannot listen on {}: {}", address, reason));
}

// Binds as gRPC would and lets go again; 0 or the errno of the failure.
int TryBind(const addrinfo& info) {
  const int fd = socket(info.ai_family, info.ai_socktype | SOCK_CLOEXEC, info.ai_protocol);
  if (fd < 0) {
    return errno;
  }
  const int on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  const int error = bind(fd, info.ai_addr, info.ai_addrlen) == 0 ? 0 : errno;
  close(fd);
  return error;
}

// The addresses of HOST:PORT; *error is getaddrinfo's.
AddressList LookUp(const std::string& address, int* error) {
  const std::size_t colon = address.rfind(':');
  std::string host = address.substr(0, colon);
  if (host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  addrinfo hints = {};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  *error = getaddrinfo(host.c_str(), address.c_str() + colon + 1, &hints, &found);
  return AddressList(*error == 0 ? found : nullptr, freeaddrinfo);
}

bool IsLoopback(const addrinfo& info) {
  if (info.ai_family == AF_INET) {
    sockaddr_in in = {};
    std::memcpy(&in, info.ai_addr, sizeof(in));
    return (ntohl(in.sin_addr.s_addr) >> 24) == 127;
  }
  if (info.ai_family == AF_INET6) {
    sockaddr_in6 in = {};
    std::memcpy(&in, info.ai_addr, sizeof(in));
    return IN6_IS_ADDR_LOOPBACK(&in.sin6_addr);
  }
  return false;
}

}  // namespace

absl::Status CheckListenAddress(const std::string& address) {
  const std::size_t colon = address.rfind(':');
  if (colon == std::string::npos || colon == 0 || colon + 1 == address.size() ||
      address.find_first_not_of("0123456789", colon + 1) != std::string::npos) {
    return Fault(address, "it is not HOST:PORT");
  }
  if (address.size() - colon > 6 || std::stoi(address.substr(colon + 1)) > 65535) {
    return Fault(address, "a port is at most 65535");
  }
  int lookup = 0;
  const AddressList list = LookUp(address, &lookup);
  if (lookup != 0) {
    return Fault(address, gai_strerror(lookup));
  }
  // One of a name's addresses is enough, as it is for gRPC, unless somebody else has the port.
  int error_number = 0;
  bool bound = false;
  for (const addrinfo* info = list.get(); info != nullptr; info = info->ai_next) {
    error_number = TryBind(*info);
    if (error_number == EADDRINUSE) {
      return Fault(address, "the port is in use");
    }
    bound = bound || error_number == 0;
  }
  return bound ? absl::OkStatus() : Fault(address, std::strerror(error_number));
}

bool IsLoopback(const std::string& address) {
  int error = 0;
  const AddressList list = LookUp(address, &error);
  for (const addrinfo* info = list.get(); info != nullptr; info = info->ai_next) {
    if (!IsLoopback(*info)) {
      return false;
    }
  }
  return list != nullptr;
}

std::string WithPort(const std::string& address, int port) {
  return fmt::format("{}:{}", address.substr(0, address.rfind(':')), port);
}

}  // namespace dossier
