#ifndef DOSSIER_TESTS_SUPPORT_GRAPH_DUMP_H_
#define DOSSIER_TESTS_SUPPORT_GRAPH_DUMP_H_

#include <string>
#include <vector>

#include "server/storage/store.h"

namespace dossier {

// Every record of every family, a line each, with ids replaced by what they stand for: two graphs
// that say the same have the same lines, however they came about. Ids, revisions, the change log
// and namespaces that are empty are left out. An id that stands for nothing shows as ?number, a
// record that cannot be read as "damaged". Sorted.
std::vector<std::string> DumpGraph(const Snapshot& snapshot);

// The lines that only one of two dumps has, marked + (only `actual`) and - (only `expected`); empty
// when they are the same.
std::string Difference(const std::vector<std::string>& actual,
                       const std::vector<std::string>& expected);

}  // namespace dossier

#endif  // DOSSIER_TESTS_SUPPORT_GRAPH_DUMP_H_
