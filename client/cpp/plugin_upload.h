#ifndef DOSSIER_CLIENT_CPP_PLUGIN_UPLOAD_H_
#define DOSSIER_CLIENT_CPP_PLUGIN_UPLOAD_H_

#include <string>

#include "client/cpp/connection.h"

namespace dossier::client {

// Installs the plugin file at `path`. `first` says what is beside the bytes: signature,
// configuration. NOT_FOUND when the file cannot be read. Blocks until the server has tried the
// plugin.
grpc::Status UploadPlugin(const Connection& connection, const std::string& path,
                          v1::PluginServiceInstallRequest first,
                          v1::PluginServiceInstallResponse* response);

}  // namespace dossier::client

#endif  // DOSSIER_CLIENT_CPP_PLUGIN_UPLOAD_H_
