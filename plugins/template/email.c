/* The same plugin as email.cc in plain C99: what the SDK does for a C++ author, by hand. */
#include <string.h>

#include "plugins/abi/dossier_plugin.h"

#define ID "org.dossier.template.email-c"
#define VERSION "1.0.0"

DOSSIER_MANIFEST("{\"id\": \"" ID "\", \"version\": \"" VERSION
                 "\", \"abi\": \"" DOSSIER_ABI_VERSION
                 "\", \"description\": \"Finds e-mail addresses.\", \"license\": \"Apache-2.0\","
                 " \"emits\": [\"mentions\"]}");

/* The plugin has no state; any address but NULL stands for the instance. */
static char the_instance;

static dossier_status Create(const dossier_host* host, dossier_str config_json, char* error,
                             uint32_t error_capacity, dossier_instance** instance) {
  (void)host, (void)config_json, (void)error, (void)error_capacity;
  *instance = (dossier_instance*)&the_instance;
  return DOSSIER_OK;
}

static void Destroy(dossier_instance* instance) { (void)instance; }

static int IsAddressCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         (c != '\0' && strchr(".-_+@", c) != NULL);
}

/* True for one '@' with something before it and a dot inside what follows. */
static int IsAddress(const char* word, uint32_t size) {
  const char* at = memchr(word, '@', size);
  if (at == NULL || at == word) return 0;
  const size_t rest = size - (size_t)(at + 1 - word);
  const char* dot = memchr(at + 1, '.', rest);
  return memchr(at + 1, '@', rest) == NULL && dot != NULL && dot > at + 1;
}

static dossier_status Process(dossier_instance* instance, const dossier_document* document,
                              const dossier_sink* sink) {
  (void)instance;
  const char* text = document->text.data;
  const uint32_t size = (uint32_t)document->text.size;
  uint32_t begin = 0;
  while (begin < size) {
    uint32_t end = begin;
    while (end < size && IsAddressCharacter(text[end])) ++end;
    const uint32_t next = end + 1;
    if (end > begin && sink->stop(sink->context)) return DOSSIER_CANCELLED;
    while (end > begin && text[end - 1] == '.') --end; /* the sentence's, not the address's */
    if (IsAddress(text + begin, end - begin)) {
      const dossier_mention mention = {.size = sizeof(mention),
                                       .begin = begin,
                                       .end = end,
                                       .kind = DOSSIER_MENTION_NAME,
                                       .type = {"EMAIL", 5},
                                       .antecedent = DOSSIER_NONE};
      sink->mention(sink->context, &mention);
    }
    begin = next;
  }
  return DOSSIER_OK;
}

static const dossier_extractor extractor = {.size = sizeof(dossier_extractor),
                                            .flags = DOSSIER_REENTRANT,
                                            .id = ID,
                                            .version = VERSION,
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
