// A store in memory that keeps nothing beyond its life: for tests, and the model that other stores
// are compared with.
#ifndef DOSSIER_SERVER_STORAGE_MEMORY_STORE_H_
#define DOSSIER_SERVER_STORAGE_MEMORY_STORE_H_

#include <memory>

#include "server/storage/store.h"

namespace dossier {

// Writing costs O(log n) a key; a snapshot costs only the old values that it still sees.
std::unique_ptr<Store> NewMemoryStore();

}  // namespace dossier

#endif  // DOSSIER_SERVER_STORAGE_MEMORY_STORE_H_
