/* File: plugins/abi/dossier_plugin.h
 *
 * The contract between Dossier and an extractor plugin, in plain C (C99 and C++20 both compile it).
 *
 * A plugin is a shared object that exports exactly one symbol, dossier_plugin_entry_v1, and carries
 * a JSON manifest in the ELF section .dossier_manifest, which the host reads before it loads any
 * code. See plugins/abi/MANIFEST.md for the manifest and plugins/abi/LAYERS.md for the layers.
 *
 * Rules that hold for every struct and call:
 *  - Growable structs start with `size` = sizeof the struct as the writer knew it, travel by
 *    pointer, and are only ever appended to; they never stand in arrays by value. A reader uses a
 *    field only when `size` covers it.
 *  - Strings are (data, size), UTF-8, not NUL-terminated; an empty string may have data NULL.
 *  - Positions are UTF-8 byte offsets [begin, end) into dossier_document.text. The host refuses a
 *    span that is out of range, reversed or begins or ends inside a character.
 *  - The host refuses a statement with a string of more than 4,096 bytes, given or taken from its
 *    span. A plugin may leave that to the host.
 *  - Nobody frees the other's memory: what the host passes dies when the call returns, what the
 *    plugin passes is copied before the callback returns.
 *  - No C++ exception may leave a plugin function or enter it from a host callback.
 *  - A plugin starts no thread that outlives destroy(), installs no signal handler, does not fork,
 *    does not write to standard output, and does no work in constructors of static objects.
 */
#ifndef DOSSIER_PLUGINS_ABI_DOSSIER_PLUGIN_H_
#define DOSSIER_PLUGINS_ABI_DOSSIER_PLUGIN_H_

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The host loads a plugin when its major number equals the host's and its minor number is not
 * greater than the host's. */
#define DOSSIER_ABI_MAGIC UINT64_C(0x3152454953534f44) /* "DOSSIER1", little-endian */
#define DOSSIER_ABI_MAJOR 1u
#define DOSSIER_ABI_MINOR 0u
#define DOSSIER_ABI_VERSION "1.0" /* the manifest's "abi" */

/* "No such id": for mention ids and for the head of a root token. */
#define DOSSIER_NONE UINT32_MAX

typedef struct dossier_str {
  const char* data;
  uint64_t size; /* bytes */
} dossier_str;

/* Result of a plugin call or a host callback: the numbers of google.rpc.Code. */
typedef int32_t dossier_status;
#define DOSSIER_OK 0
#define DOSSIER_CANCELLED 1
#define DOSSIER_INVALID_ARGUMENT 3
#define DOSSIER_RESOURCE_EXHAUSTED 8
#define DOSSIER_FAILED_PRECONDITION 9
#define DOSSIER_INTERNAL 13

/* ---- Layers: parallel columns of equal length ------------------------------------------------ */

typedef enum dossier_column_type {
  DOSSIER_COLUMN_U32 = 1, /* values: const uint32_t[rows] */
  DOSSIER_COLUMN_F64 = 2, /* values: const double[rows] */
  /* values: const uint32_t[rows], each an index into the dictionary. */
  DOSSIER_COLUMN_STR = 3
} dossier_column_type;

/* Zero or more strings, laid end to end. String i is bytes[offsets[i], offsets[i + 1]). */
typedef struct dossier_dictionary {
  uint32_t count;
  const uint32_t* offsets; /* count + 1 values, never falling; NULL when count is 0 */
  const char* bytes;
} dossier_dictionary;

typedef struct dossier_column {
  uint32_t size;
  uint32_t type; /* dossier_column_type */
  dossier_str name;
  const void* values;
  dossier_dictionary dictionary; /* DOSSIER_COLUMN_STR only */
} dossier_column;

typedef struct dossier_layer {
  uint32_t size;
  uint32_t rows;
  dossier_str name; /* "token/1": the name, a slash, the revision of its columns */
  uint32_t column_count;
  const dossier_column* const* columns;
} dossier_layer;

/* ---- The document ---------------------------------------------------------------------------- */

typedef struct dossier_document {
  uint32_t size;
  uint32_t layer_count;
  dossier_str text; /* valid UTF-8; may hold any character, NUL among them */
  dossier_str id;
  dossier_str uri;
  dossier_str title;
  dossier_str source;    /* publisher */
  dossier_str published; /* ISO 8601 date or UTC time; empty when unknown */
  dossier_str language;  /* BCP 47; empty when unknown */
  /* The layers that the manifest requires, in its order, then those that it accepts and that are
   * there, and no others. */
  const dossier_layer* const* layers;
} dossier_document;

/* ---- What an extractor says ------------------------------------------------------------------ */

typedef enum dossier_mention_kind {
  DOSSIER_MENTION_NAME = 1,    /* "Mark Rutte" */
  DOSSIER_MENTION_NOMINAL = 2, /* "the delegation" */
  DOSSIER_MENTION_PRONOUN = 3  /* "they" */
} dossier_mention_kind;

/* A place in the text that names a thing. */
typedef struct dossier_mention {
  uint32_t size;
  uint32_t begin;
  uint32_t end;
  uint32_t kind;       /* dossier_mention_kind */
  dossier_str type;    /* PERSON, ORG, GPE, LOC, NORP, ...; empty when unknown */
  dossier_str name;    /* what to file it under ("troops" for "3,000 troops"); empty: its words */
  uint32_t antecedent; /* an earlier mention's id that this one refers to, or DOSSIER_NONE */
  double confidence;   /* of the antecedent link, 0 to 1; ignored without one */
  dossier_str rule;    /* which rule linked it; empty without an antecedent */
} dossier_mention;

typedef enum dossier_polarity { DOSSIER_POSITIVE = 1, DOSSIER_NEGATIVE = 2 } dossier_polarity;

typedef enum dossier_modality {
  DOSSIER_ASSERTED = 1,    /* the document says so itself */
  DOSSIER_REPORTED = 2,    /* somebody is said to say so */
  DOSSIER_PLANNED = 3,     /* announced, intended, scheduled */
  DOSSIER_POSSIBLE = 4,    /* may, could, likely */
  DOSSIER_CONDITIONAL = 5, /* if, would */
  DOSSIER_DENIED = 6       /* somebody denies it; the triple states what is denied */
} dossier_modality;

typedef enum dossier_bound {
  DOSSIER_EXACT = 1,
  DOSSIER_AT_LEAST = 2, /* "more than 8 million" */
  DOSSIER_AT_MOST = 3,  /* "up to 10,000" */
  DOSSIER_ABOUT = 4     /* "approximately 13,000" */
} dossier_bound;

typedef struct dossier_quantity {
  uint32_t size;
  uint32_t bound;   /* dossier_bound */
  double value;     /* the lower end of a range; finite */
  double high;      /* the upper end of a range; equal to value otherwise; finite */
  dossier_str unit; /* "troops", "percent", "USD"; empty when there is none */
} dossier_quantity;

/* A closed interval of ISO 8601 dates ("2024-10-08") or UTC times ("2024-10-08T06:00:00Z").
 * An empty end is open. */
typedef struct dossier_time {
  uint32_t size;
  dossier_str from;
  dossier_str to;
} dossier_time;

typedef enum dossier_role {
  DOSSIER_ROLE_TIME = 1,
  DOSSIER_ROLE_PLACE = 2,
  DOSSIER_ROLE_PURPOSE = 3,
  DOSSIER_ROLE_QUANTITY = 4,
  DOSSIER_ROLE_WITH = 5,
  DOSSIER_ROLE_TO = 6,
  DOSSIER_ROLE_FROM = 7,
  DOSSIER_ROLE_OF = 8,
  DOSSIER_ROLE_OTHER = 9
} dossier_role;

/* A part of the statement beside subject, predicate and object. */
typedef struct dossier_qualifier {
  uint32_t size;
  uint32_t role; /* dossier_role */
  uint32_t begin;
  uint32_t end;
  uint32_t mention;                 /* the mention it names, or DOSSIER_NONE */
  const dossier_time* time;         /* NULL when it is no time, or one without a date */
  const dossier_quantity* quantity; /* NULL when it is no quantity */
} dossier_qualifier;

/* Who says so. The source may stand outside the evidence's sentence. */
typedef struct dossier_attribution {
  uint32_t size;
  uint32_t begin; /* the words that name the source */
  uint32_t end;
  uint32_t mention; /* the mention they make, or DOSSIER_NONE */
} dossier_attribution;

typedef enum dossier_literal_type {
  DOSSIER_LITERAL_NONE = 0, /* the predicate takes no object: "The envoy resigned" */
  DOSSIER_LITERAL_TEXT = 1,
  DOSSIER_LITERAL_NUMBER = 2,
  DOSSIER_LITERAL_TIME = 3
} dossier_literal_type;

/* One statement and the place that makes it. */
typedef struct dossier_triple {
  uint32_t size;
  uint32_t begin; /* the sentence, list item or table row that states it */
  uint32_t end;
  uint32_t subject;       /* mention id */
  uint32_t object;        /* mention id, or DOSSIER_NONE: then the literal is the object */
  uint32_t literal_type;  /* dossier_literal_type; read only when object is DOSSIER_NONE */
  uint32_t literal_begin; /* where the literal stands; equal ends for DOSSIER_LITERAL_NONE */
  uint32_t literal_end;
  dossier_str literal;      /* its normalised value; empty: the words of its span */
  dossier_str predicate;    /* normalised: the verb's lemma and its preposition, "deploy to" */
  uint32_t predicate_begin; /* the predicate's words; equal ends when it has none of its own */
  uint32_t predicate_end;
  uint32_t polarity;                /* dossier_polarity */
  uint32_t modality;                /* dossier_modality */
  double confidence;                /* 0 to 1: the chance that the text states this */
  const dossier_time* time;         /* when it was so; NULL when the text does not say */
  const dossier_quantity* quantity; /* how many; NULL when the text does not say */
  uint32_t qualifier_count;
  uint32_t attribution_count;
  const dossier_qualifier* const* qualifiers;
  /* The chain of speakers, outermost first: [media, agency] for "media, citing the agency". */
  const dossier_attribution* const* attributions;
  dossier_str rule; /* the extractor's name for the rule that made it */
} dossier_triple;

/* One clause as an n-ary tuple in the sentence's own words: the view that open-extraction
 * benchmarks and readers use. It is shown, never stored. */
typedef struct dossier_proposition {
  uint32_t size;
  uint32_t begin; /* the sentence */
  uint32_t end;
  uint32_t argument_count; /* the subject first; empty when the clause has none */
  double confidence;
  dossier_str relation;
  const dossier_str* arguments;
} dossier_proposition;

/* ---- Host side ------------------------------------------------------------------------------- */

/* Where a process() call puts its output. Valid during the call, on the calling thread only. */
typedef struct dossier_sink {
  uint32_t size;
  void* context; /* first argument of every callback */
  /* Returns the mention's id, counted from 0 within this call, or DOSSIER_NONE when refused. */
  uint32_t (*mention)(void* context, const dossier_mention* mention);
  /* The others return DOSSIER_OK, or why the item was refused; the call may go on after that. */
  dossier_status (*triple)(void* context, const dossier_triple* triple);
  dossier_status (*proposition)(void* context, const dossier_proposition* proposition);
  /* Only layers that the manifest provides, each once. */
  dossier_status (*layer)(void* context, const dossier_layer* layer);
  /* The text that goes with a status other than DOSSIER_OK; the last one counts. */
  void (*error)(void* context, dossier_str text);
  /* Non-zero once the caller is gone or the deadline has passed: return DOSSIER_CANCELLED soon.
   * Cheap enough to ask once a sentence. */
  int32_t (*stop)(void* context);
} dossier_sink;

typedef enum dossier_log_level {
  DOSSIER_LOG_DEBUG = 1,
  DOSSIER_LOG_INFO = 2,
  DOSSIER_LOG_WARNING = 3,
  DOSSIER_LOG_ERROR = 4
} dossier_log_level;

/* Lives as long as every instance made with it. All functions are thread-safe. */
typedef struct dossier_host {
  uint32_t size;
  uint32_t abi_minor;
  void* context;
  void (*log)(void* context, uint32_t level, dossier_str text);
  /* A host ability by its id, such as "dossier.metrics/1"; NULL when the host lacks it. */
  const void* (*extension)(void* context, const char* id);
} dossier_host;

/* ---- Plugin side ----------------------------------------------------------------------------- */

typedef struct dossier_instance dossier_instance; /* the plugin's own */

/* process() may be called on one instance by several threads at once. Without it, the host keeps
 * one instance a thread. */
#define DOSSIER_REENTRANT 1u

typedef struct dossier_extractor {
  uint32_t size;
  uint32_t flags;      /* DOSSIER_REENTRANT or 0 */
  const char* id;      /* equal to the manifest's id */
  const char* version; /* equal to the manifest's version */
  /* Makes an instance from the configuration (JSON; "{}" when none was given). On failure writes a
   * NUL-terminated text to error[0, error_capacity) and leaves *instance untouched.
   * [thread-safe] */
  dossier_status (*create)(const dossier_host* host, dossier_str config_json, char* error,
                           uint32_t error_capacity, dossier_instance** instance);
  /* [any thread, no process() running on the instance] */
  void (*destroy)(dossier_instance* instance);
  /* Reads the document, writes to the sink. Takes time linear in the text.
   * [one thread at a time on an instance, unless DOSSIER_REENTRANT] */
  dossier_status (*process)(dossier_instance* instance, const dossier_document* document,
                            const dossier_sink* sink);
  /* A plugin ability by its id; NULL when it has none. May itself be NULL. [thread-safe] */
  const void* (*extension)(const char* id);
} dossier_extractor;

typedef struct dossier_plugin_entry {
  uint64_t magic; /* DOSSIER_ABI_MAGIC */
  uint32_t size;
  uint32_t abi_major;
  uint32_t abi_minor;
  uint32_t extractor_count; /* 1 in ABI 1.0 */
  const dossier_extractor* const* extractors;
} dossier_plugin_entry;

/* The only exported symbol. Returns a static constant; does nothing else. */
#define DOSSIER_PLUGIN_ENTRY dossier_plugin_entry_v1
#define DOSSIER_PLUGIN_ENTRY_NAME "dossier_plugin_entry_v1"
typedef const dossier_plugin_entry* (*dossier_plugin_entry_function)(void);

/* Places the manifest, a string literal of JSON, where the host finds it without loading the
 * plugin. `retain` keeps it through --gc-sections. Use once, at file scope. */
#define DOSSIER_MANIFEST_SECTION ".dossier_manifest"
#define DOSSIER_MANIFEST(json)                            \
  __attribute__((section(DOSSIER_MANIFEST_SECTION), used, \
                 retain)) static const char dossier_manifest_text[] = json

#define DOSSIER_EXPORT __attribute__((visibility("default")))

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* DOSSIER_PLUGINS_ABI_DOSSIER_PLUGIN_H_ */
