/* A plugin that finds '@' and breaks one promise, which its configuration names: {"fault": "leak"}.
   With READS_SENTENCES it requires a layer. What happens in process() happens for the document
   whose title is "letter", or for one that the fault names, so that other documents fare well. */
#define _POSIX_C_SOURCE 200809L
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "plugins/abi/dossier_plugin.h"

#ifdef READS_SENTENCES
#define REQUIRES "\"requires\": [\"sentence/1\"], "
#else
#define REQUIRES ""
#endif

DOSSIER_MANIFEST(
    "{\"id\": \"org.dossier.test.faulty\", \"version\": \"1.0.0\", \"abi\": \"" DOSSIER_ABI_VERSION
    "\", " REQUIRES "\"emits\": [\"mentions\"]}");

typedef struct state {
  char fault[32];
  int after_list; /* the last document was the list */
} state;

static int calls; /* of process(), at this moment */
static volatile unsigned long work;

static int Has(const state* self, const char* fault) { return strcmp(self->fault, fault) == 0; }

static int IsCalled(const dossier_document* document, const char* title) {
  return document->title.size == strlen(title) &&
         memcmp(document->title.data, title, document->title.size) == 0;
}

/* The word after "fault": in the configuration. */
static void ReadFault(dossier_str config, state* self) {
  char text[128] = {0};
  memcpy(text, config.data, config.size < sizeof(text) ? config.size : sizeof(text) - 1);
  const char* at = strstr(text, "\"fault\":");
  if (at != NULL) sscanf(at, "\"fault\": \"%31[^\"]", self->fault);
}

static dossier_status Create(const dossier_host* host, dossier_str config_json, char* error,
                             uint32_t error_capacity, dossier_instance** instance) {
  state* self = calloc(1, sizeof(state));
  ReadFault(config_json, self);
  if (Has(self, "refuse") || (Has(self, "exact host") && host->size != sizeof(*host))) {
    snprintf(error, error_capacity, "not with this host");
    free(self);
    return DOSSIER_INVALID_ARGUMENT;
  }
  if (Has(self, "leak a file")) work += (unsigned long)open("/dev/null", O_RDONLY);
  if (Has(self, "signal")) signal(SIGUSR1, SIG_IGN);
  *instance = (dossier_instance*)self;
  return DOSSIER_OK;
}

static void Destroy(dossier_instance* instance) {
  if (!Has((state*)instance, "leak")) free(instance);
}

static uint32_t Add(const dossier_sink* sink, uint32_t begin, uint32_t end) {
  const dossier_mention mention = {.size = sizeof(mention),
                                   .begin = begin,
                                   .end = end,
                                   .kind = DOSSIER_MENTION_NAME,
                                   .antecedent = DOSSIER_NONE};
  return sink->mention(sink->context, &mention);
}

static void Work(unsigned long steps) {
  for (unsigned long i = 0; i < steps; ++i) ++work;
}

/* What goes wrong while the letter is read. */
static void MisreadLetter(const state* self, const dossier_document* document,
                          const dossier_sink* sink) {
  const uint32_t size = (uint32_t)document->text.size;
  if (Has(self, "print")) puts("a letter!");
  if (Has(self, "out of range")) Add(sink, size, size + 1);
  if (Has(self, "undeclared")) {
    const dossier_proposition proposition = {.size = sizeof(proposition), .end = size};
    sink->proposition(sink->context, &proposition);
  }
  if (Has(self, "leak a document") && malloc(1000) == NULL) abort();
  if (Has(self, "insist")) {
    while (Add(sink, 0, 1) == DOSSIER_NONE) Work(1);
  }
  if (Has(self, "read on")) work += (unsigned long)document->text.data[size];
  if (Has(self, "exit")) exit(0);
  if (Has(self, "segfault")) raise(SIGSEGV);
  if (Has(self, "wait")) pause();
  if (Has(self, "after the list") && self->after_list) Add(sink, 0, 2);
  if (Has(self, "share")) {
    const struct timespec moment = {.tv_nsec = 1000000};
    const int others = __atomic_fetch_add(&calls, 1, __ATOMIC_SEQ_CST);
    nanosleep(&moment, NULL);
    if (others != 0) Add(sink, 0, 2);
    __atomic_fetch_sub(&calls, 1, __ATOMIC_SEQ_CST);
  }
}

static void Misread(const state* self, const dossier_document* document, const dossier_sink* sink) {
  const size_t size = document->text.size;
  const char* changed = ", changed";
  const size_t tail = strlen(changed);
  if (IsCalled(document, "letter")) MisreadLetter(self, document, sink);
  if (Has(self, "nothing") && IsCalled(document, "empty")) abort();
  if (Has(self, "never stop") && size < 2000000) Work(size * 1500);
  if (Has(self, "square") && size > 500000) Work(size / 1000 * (size / 1000) * 10);
  if (Has(self, "change") && document->title.size > tail && size % 5 == 0 &&
      memcmp(document->title.data + document->title.size - tail, changed, tail) == 0) {
    abort();
  }
#ifdef READS_SENTENCES
  if (Has(self, "no rows") && IsCalled(document, "report") && document->layers[0]->rows == 0) {
    abort();
  }
#endif
}

static dossier_status Process(dossier_instance* instance, const dossier_document* document,
                              const dossier_sink* sink) {
  state* self = (state*)instance;
#ifdef READS_SENTENCES
  if (document->layer_count == 0) {
    if (Has(self, "no layer")) abort();
    sink->error(sink->context, (dossier_str){"no sentences", 12});
    return DOSSIER_FAILED_PRECONDITION;
  }
#endif
  if (sink->stop(sink->context) && !Has(self, "never stop")) return DOSSIER_CANCELLED;
  Misread(self, document, sink);
  for (uint32_t i = 0; i < document->text.size; ++i) {
    if (document->text.data[i] == '@') Add(sink, i, i + 1);
  }
  if (Has(self, "after the list")) self->after_list = IsCalled(document, "list");
  return DOSSIER_OK;
}

static const dossier_extractor extractor = {.size = sizeof(dossier_extractor),
                                            .flags = REENTRANT,
                                            .id = "org.dossier.test.faulty",
                                            .version = "1.0.0",
                                            .create = Create,
                                            .destroy = Destroy,
                                            .process = Process};
static const dossier_extractor* const extractors[] = {&extractor};
static const dossier_plugin_entry entry = {.magic = DOSSIER_ABI_MAGIC,
                                           .size = sizeof(dossier_plugin_entry),
                                           .abi_major = DOSSIER_ABI_MAJOR,
                                           .abi_minor = DOSSIER_ABI_MINOR,
                                           .extractor_count = 1,
                                           .extractors = extractors};

DOSSIER_EXPORT const dossier_plugin_entry* dossier_plugin_entry_v1(void) { return &entry; }
