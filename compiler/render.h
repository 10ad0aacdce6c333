/* render: diagnostics as text. Three printers of one list; what is printed goes into a Buf, the driver writes it. */
#ifndef TRC_RENDER_H
#define TRC_RENDER_H

#include "diag.h"

/* For people: the source lines with the places underlined, notes, the mended line, and a last line that counts.

   error[E0402]: `jobs` was moved and cannot be used again
      --> app.tr:12:11
       |
    10 |     n.start_soon(produce(jobs, 10));
       |                          ---- moved here
   ...
    12 |     await jobs.send(3);
       |           ^^^^
       = note: a handle has one owner
       = fix: hand over another handle
       |
    10 +     n.start_soon(produce(jobs.clone(), 10));

   1 error
*/
void render_terminal(Buf *out, const Diags *diags, const Sources *sources, bool color);

/* For editors and scripts, one line each: `app.tr:12:5: error[E0402]: text`. */
void render_lines(Buf *out, const Diags *diags, const Sources *sources);

/* For tools: a JSON array, one diagnostic a line; the fields are described in docs/errors.md. */
void render_json(Buf *out, const Diags *diags, const Sources *sources);

/* "error" or "warning". */
const char *severity_word(Code code);
/* "error[E0402]" */
void render_head(Buf *out, Code code);

#endif
