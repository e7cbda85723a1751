/* Plugins that are wrong in one way each, chosen by the macros MANIFEST_ABI, CODE_ID and so on.
   CONSTRUCTOR: milliseconds of work while it is loaded; 0: it aborts. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "plugins/abi/dossier_plugin.h"

#ifndef MANIFEST_ABI
#define MANIFEST_ABI DOSSIER_ABI_VERSION
#endif
#ifndef CODE_ID
#define CODE_ID "org.dossier.test.liar"
#endif
#ifndef CODE_MAGIC
#define CODE_MAGIC DOSSIER_ABI_MAGIC
#endif
#ifndef CODE_ABI_MAJOR
#define CODE_ABI_MAJOR DOSSIER_ABI_MAJOR
#endif
#ifndef CODE_CREATE
#define CODE_CREATE Create
#endif
#ifndef CODE_PROCESS
#define CODE_PROCESS Process
#endif

#ifndef NO_MANIFEST
DOSSIER_MANIFEST(
    "{\"id\": \"org.dossier.test.liar\", \"version\": \"1.0.0\", \"abi\": \"" MANIFEST_ABI "\"}");
#endif

#ifdef MISSING_SYMBOL
int nobody_defines_this(void);
#endif

static char the_instance;

static dossier_status Create(const dossier_host* host, dossier_str config_json, char* error,
                             uint32_t error_capacity, dossier_instance** instance) {
  (void)host, (void)config_json, (void)error, (void)error_capacity;
  *instance = (dossier_instance*)&the_instance;
  return DOSSIER_OK;
}

/* Refuses whatever does not begin as an object, and keeps the reason to itself. */
dossier_status RefuseSilently(const dossier_host* host, dossier_str config_json, char* error,
                              uint32_t error_capacity, dossier_instance** instance) {
  if (config_json.size == 0 || config_json.data[0] != '{') return DOSSIER_INVALID_ARGUMENT;
  return Create(host, config_json, error, error_capacity, instance);
}

/* Takes it that there is always room for its reason. */
dossier_status RefuseAtLength(const dossier_host* host, dossier_str config_json, char* error,
                              uint32_t error_capacity, dossier_instance** instance) {
  if (config_json.size == 0 || config_json.data[0] != '{') {
    memcpy(error, "this is not an object", sizeof("this is not an object"));
    return DOSSIER_INVALID_ARGUMENT;
  }
  return Create(host, config_json, error, error_capacity, instance);
}

#ifdef CONSTRUCTOR
static volatile int constructed;
__attribute__((constructor)) static void Construct(void) {
  const clock_t start = clock();
  while (clock() - start < CONSTRUCTOR * (CLOCKS_PER_SEC / 1000)) ++constructed;
  if (CONSTRUCTOR == 0) abort();
}
#endif

static void Destroy(dossier_instance* instance) { (void)instance; }

static dossier_status Process(dossier_instance* instance, const dossier_document* document,
                              const dossier_sink* sink) {
  (void)instance, (void)document, (void)sink;
#ifdef MISSING_SYMBOL
  return nobody_defines_this();
#else
  return DOSSIER_OK;
#endif
}

static const dossier_extractor extractor = {.size = sizeof(dossier_extractor),
                                            .id = CODE_ID,
                                            .version = "1.0.0",
                                            .create = CODE_CREATE,
                                            .destroy = Destroy,
                                            .process = CODE_PROCESS};
static const dossier_extractor* const extractors[] = {&extractor};
static const dossier_plugin_entry entry = {.magic = CODE_MAGIC,
                                           .size = sizeof(dossier_plugin_entry),
                                           .abi_major = CODE_ABI_MAJOR,
                                           .abi_minor = DOSSIER_ABI_MINOR,
                                           .extractor_count = 1,
                                           .extractors = extractors};

/* Keeps the function named where another one stands in the table. */
dossier_status (*const unused_process)(dossier_instance*, const dossier_document*,
                                       const dossier_sink*) = Process;

DOSSIER_EXPORT const dossier_plugin_entry* dossier_plugin_entry_v1(void) { return &entry; }
