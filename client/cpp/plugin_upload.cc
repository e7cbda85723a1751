#include "client/cpp/plugin_upload.h"

#include <openssl/evp.h>

#include <cstdio>
#include <fstream>
#include <memory>
#include <string_view>

namespace dossier::client {
namespace {

constexpr std::size_t kPartBytes = 1 << 20;

// Calls `take` with one part of the file after the other, as long as it returns true. False when
// the file cannot be read.
template <class Fn>
bool ForEachPart(const std::string& path, Fn take) {
  std::ifstream file(path, std::ios::binary);
  std::string part(kPartBytes, '\0');
  bool more = file.is_open();
  while (more && file) {
    file.read(part.data(), static_cast<std::streamsize>(part.size()));
    const auto size = static_cast<std::size_t>(file.gcount());
    more = size > 0 && take(std::string_view(part).substr(0, size));
  }
  return file.is_open() && !file.bad();
}

// In hex; empty when the file cannot be read.
std::string FileSha256(const std::string& path) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free);
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  const bool is_read = ForEachPart(path, [&](std::string_view part) {
    return EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1;
  });
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_DigestFinal_ex(context.get(), digest, &size);
  std::string hex;
  for (unsigned int i = 0; is_read && i < size; ++i) {
    constexpr char kDigits[] = "0123456789abcdef";
    hex += kDigits[digest[i] >> 4];
    hex += kDigits[digest[i] & 15];
  }
  return hex;
}

}  // namespace

grpc::Status UploadPlugin(const Connection& connection, const std::string& path,
                          v1::PluginServiceInstallRequest first,
                          v1::PluginServiceInstallResponse* response) {
  first.set_sha256(FileSha256(path));
  if (first.sha256().empty()) {
    return grpc::Status(grpc::StatusCode::NOT_FOUND, "cannot read " + path);
  }
  const std::unique_ptr<grpc::ClientContext> context = connection.NewStreamContext();
  const auto stream = connection.plugins().Install(context.get(), response);
  bool open = stream->Write(first);
  ForEachPart(path, [&](std::string_view part) {
    v1::PluginServiceInstallRequest request;
    request.set_data(part.data(), part.size());
    open = open && stream->Write(request);
    return open;
  });
  stream->WritesDone();
  return stream->Finish();
}

}  // namespace dossier::client
