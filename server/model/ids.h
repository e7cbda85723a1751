// The ids of the graph. Unique within a namespace (revisions: within the database), given out once
// and never again.
#ifndef DOSSIER_SERVER_MODEL_IDS_H_
#define DOSSIER_SERVER_MODEL_IDS_H_

#include <cstdint>

#include "server/base/id.h"

namespace dossier {

using NamespaceId = Id<struct NamespaceTag, uint32_t>;
using EntityId = Id<struct EntityTag>;
using TermId = Id<struct TermTag>;  // an interned predicate or literal
using TripleId = Id<struct TripleTag>;
using DocumentNumber = Id<struct DocumentTag>;  // stands for the client's document id
using RunId = Id<struct RunTag>;          // stands for an extractor, version and configuration
using MergeId = Id<struct MergeTag>;      // a merge or a split in the log
using Revision = Id<struct RevisionTag>;  // the number of a commit

}  // namespace dossier

#endif  // DOSSIER_SERVER_MODEL_IDS_H_
