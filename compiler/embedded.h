/* embedded: files that are part of the trc binary. The tables are made when trc is built, by embed.awk. */
#ifndef TRC_EMBEDDED_H
#define TRC_EMBEDDED_H

typedef struct Embedded {
    const char *name;    /* of a file its path below a folder; of an explanation its code */
    const char *text;
} Embedded;

/* The runtime and the ports for hosts, by path below runtime/; the last has no name. */
extern const Embedded embedded_runtime[];
/* What `trc new` writes, by path below runtime/ports/; the last has no name. */
extern const Embedded embedded_ports[];
/* The entries of docs/errors.md; the last has no name. */
extern const Embedded embedded_errors[];

#endif
