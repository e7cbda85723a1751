// The services, one file each. What they are given must outlive them.
#ifndef DOSSIER_SERVER_RPC_SERVICES_H_
#define DOSSIER_SERVER_RPC_SERVICES_H_

#include <memory>

#include "server/rpc/call.h"

namespace grpc {
class Service;
}

namespace dossier {

class Ingestor;
class PageTokens;
class PluginHost;
class PredicateRules;
class Store;

// What the services serve.
struct Backends {
  const Store& store;
  const PageTokens& tokens;
  Ingestor& ingestor;
  PluginHost& plugins;
  const PredicateRules& predicates;
};

std::unique_ptr<grpc::Service> NewAdminService(const CallResources& resources,
                                               const Backends& backends);
std::unique_ptr<grpc::Service> NewDocumentService(const CallResources& resources,
                                                  const Backends& backends);
std::unique_ptr<grpc::Service> NewExtractService(const CallResources& resources,
                                                 const Backends& backends);
std::unique_ptr<grpc::Service> NewGraphService(const CallResources& resources,
                                               const Backends& backends);
std::unique_ptr<grpc::Service> NewPluginService(const CallResources& resources,
                                                const Backends& backends);

}  // namespace dossier

#endif  // DOSSIER_SERVER_RPC_SERVICES_H_
