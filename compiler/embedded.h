/* embedded: files that are part of the trc binary. The tables are made when trc is built, by embed.awk. */
#ifndef TRC_EMBEDDED_H
#define TRC_EMBEDDED_H

typedef struct Embedded {
    const char *name;    /* of a runtime file its path below runtime/; of an explanation its code */
    const char *text;
} Embedded;

/* The runtime, all ports among it; the last has no name. */
extern const Embedded embedded_runtime[];
/* The entries of docs/errors.md; the last has no name. */
extern const Embedded embedded_errors[];

#endif
