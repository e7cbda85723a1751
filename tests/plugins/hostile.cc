// Plugins that do one bad thing each, chosen by the macro DEED, to every document but those whose
// title is "behave". What they need from a test, a path or a port, is the document's uri.
#include <arpa/inet.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>
#include <string>
#include <thread>

#include "plugins/abi/dossier_plugin.h"

#define TEXT_OF(macro) #macro
#define STRING_OF(macro) TEXT_OF(macro)
#define HOSTILE_ID "org.dossier.test.hostile_" STRING_OF(DEED)

DOSSIER_MANIFEST("{\"id\": \"" HOSTILE_ID
                 "\", \"version\": \"1.0.0\", \"abi\": \"" DOSSIER_ABI_VERSION
                 "\", \"emits\": [\"mentions\"]}");

namespace {

// What a deed may use.
struct Call {
  const dossier_document& document;
  const dossier_sink& sink;

  std::string uri() const { return std::string(document.uri.data, document.uri.size); }
  void Say(const char* text) const { sink.error(sink.context, {text, strlen(text)}); }
  uint32_t Mention(uint32_t begin, uint32_t end) const {
    dossier_mention mention = {};
    mention.size = sizeof(mention);
    mention.begin = begin;
    mention.end = end;
    mention.kind = DOSSIER_MENTION_NAME;
    mention.antecedent = DOSSIER_NONE;
    return sink.mention(sink.context, &mention);
  }
};

using Deed = dossier_status(const Call& call);

dossier_status MentionAll(const Call& call) {
  call.Mention(0, static_cast<uint32_t>(call.document.text.size));
  return DOSSIER_OK;
}

[[maybe_unused]] dossier_status segfault(const Call&) {
  volatile int* nowhere = nullptr;
  *nowhere = 1;
  return DOSSIER_OK;
}

// What it wrote last is told with the reason.
[[maybe_unused]] dossier_status aborts(const Call&) {
  fputs("a goodbye\n", stderr);
  abort();
}

[[maybe_unused]] dossier_status exits(const Call& call) {
  MentionAll(call);
  exit(0);
}

[[maybe_unused]] dossier_status loop(const Call&) {
  for (volatile bool forever = true; forever;) {
  }
  return DOSSIER_OK;
}

[[maybe_unused]] dossier_status deadlock(const Call&) {
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  pthread_mutex_lock(&mutex);
  pthread_mutex_lock(&mutex);
  return DOSSIER_OK;
}

[[maybe_unused]] int Recurse(int depth) {
  volatile char room[4096];
  room[0] = static_cast<char>(depth);
  return depth == -1 ? 0 : Recurse(depth + 1) + room[0];
}

[[maybe_unused]] dossier_status overflow(const Call&) { return Recurse(0) == 1; }

// Ten gigabytes, each page touched.
[[maybe_unused]] dossier_status allocate(const Call& call) {
  constexpr size_t kBytes = 10'000'000'000;
  char* block = static_cast<char*>(malloc(kBytes));
  if (block == nullptr) abort();
  for (size_t at = 0; at < kBytes; at += 4096) block[at] = 1;
  call.Say("it got the memory");
  return DOSSIER_INTERNAL;
}

// Bounded, in case it works.
[[maybe_unused]] dossier_status forks(const Call& call) {
  for (int i = 0; i < 50; ++i) {
    const pid_t child = fork();
    if (child == 0) _exit(0);
    if (child > 0) {
      waitpid(child, nullptr, 0);
      call.Say("it forked");
      return DOSSIER_INTERNAL;
    }
  }
  return MentionAll(call);
}

[[maybe_unused]] dossier_status deletes(const Call& call) {
  FILE* file = fopen(call.uri().c_str(), "r");
  const bool read = file != nullptr;
  if (read) fclose(file);
  const bool written = (file = fopen(call.uri().c_str(), "w")) != nullptr;
  if (written) fclose(file);
  if (unlink(call.uri().c_str()) == 0 || written || read) {
    call.Say("it got at the file");
    return DOSSIER_INTERNAL;
  }
  return MentionAll(call);
}

[[maybe_unused]] dossier_status connects(const Call& call) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(atoi(call.uri().c_str())));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0) {
    call.Say("it connected");
    return DOSSIER_INTERNAL;
  }
  return MentionAll(call);
}

// The server itself, by its process id.
[[maybe_unused]] dossier_status kills(const Call& call) {
  if (kill(getppid(), SIGKILL) == 0) {
    call.Say("it killed its parent");
    return DOSSIER_INTERNAL;
  }
  return MentionAll(call);
}

[[maybe_unused]] dossier_status floods(const Call& call) {
  for (int i = 0; i < 1'000'000; ++i) call.Mention(0, 2);  // whatever the sink says
  return DOSSIER_OK;
}

[[maybe_unused]] dossier_status spans(const Call& call) {
  const auto size = static_cast<uint32_t>(call.document.text.size);
  call.Mention(0, size + 1);
  call.Mention(UINT32_MAX - 1, UINT32_MAX);
  call.Mention(1, size);  // the text begins with a character of two bytes
  call.Mention(size, 0);
  return MentionAll(call);
}

[[maybe_unused]] dossier_status layers(const Call& call) {
  dossier_layer layer = {};
  layer.size = sizeof(layer);
  layer.name = {"token/1", 7};
  call.sink.layer(call.sink.context, &layer);
  return MentionAll(call);
}

[[maybe_unused]] dossier_status throws(const Call&) { throw std::runtime_error("a bad day"); }

[[maybe_unused]] dossier_status thread(const Call& call) {
  std::thread([] {
    while (true) sleep(1);
  }).detach();
  return MentionAll(call);
}

// A plugin that knows when it is on trial.
[[maybe_unused]] dossier_status lurks(const Call& call) {
  const std::string id(call.document.id.data, call.document.id.size);
  return id == "dossier-probe" ? MentionAll(call)
                               : (fputs("at last\n", stderr), abort(), DOSSIER_OK);
}

[[maybe_unused]] dossier_status constructor(const Call& call) { return MentionAll(call); }

[[maybe_unused]] dossier_status prints(const Call& call) {
  puts("HTTP/2 to you, too");
  fflush(stdout);
  return MentionAll(call);
}

char the_instance;

dossier_status Create(const dossier_host*, dossier_str, char*, uint32_t,
                      dossier_instance** instance) {
  *instance = reinterpret_cast<dossier_instance*>(&the_instance);
  return DOSSIER_OK;
}

void Destroy(dossier_instance*) {}

dossier_status Process(dossier_instance*, const dossier_document* document,
                       const dossier_sink* sink) {
  const Call call{*document, *sink};
  const std::string title(document->title.data, document->title.size);
  return title == "behave" ? MentionAll(call) : DEED(call);
}

constexpr dossier_extractor kExtractor = {
    sizeof(dossier_extractor), 0, HOSTILE_ID, "1.0.0", Create, Destroy, Process, nullptr};
constexpr const dossier_extractor* kExtractors[] = {&kExtractor};
constexpr dossier_plugin_entry kEntry = {
    DOSSIER_ABI_MAGIC, sizeof(dossier_plugin_entry), DOSSIER_ABI_MAJOR, DOSSIER_ABI_MINOR, 1,
    kExtractors};

#ifdef IN_CONSTRUCTOR
struct Trap {
  Trap() { abort(); }
} trap;
#endif

}  // namespace

extern "C" DOSSIER_EXPORT const dossier_plugin_entry* dossier_plugin_entry_v1(void) {
  return &kEntry;
}
