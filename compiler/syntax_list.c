#include "syntax.h"

/* Lists of the grammar grow on one stack, since the inner ones end before the outer: `mark` is where a list begins.
   When its length is known it moves to the arena, with no room to spare. */

Mark list_mark(const Syntax *cx) { return (Mark)cx->list.len; }

void list_push(Syntax *cx, const void *element, size_t size) { buf_bytes(&cx->list, element, size); }

void list_cut(Syntax *cx, Mark mark) {
    if (mark < cx->list.len) cx->list.len = mark;
}

void *list_take(Syntax *cx, Mark mark, size_t element_size, uint32_t *len) {
    size_t size = cx->list.len - mark;
    *len = (uint32_t)(size / element_size);
    if (size == 0) return NULL;
    void *at = arena_alloc(cx->arena, size);
    memcpy(at, cx->list.at + mark, size);
    cx->list.len = mark;
    return at;
}

Mark list_begin_pointer(Syntax *cx, void *pointer) { return list_add_pointer(cx, list_mark(cx), pointer); }

Mark list_add_pointer(Syntax *cx, Mark list, void *pointer) {
    list_push(cx, &pointer, sizeof pointer);
    return list;
}

/* ---- tokens and spans ---- */

Token no_token(void) { return (Token){.span = {0, 0}, .u.integer = 0}; }

Span head_span(const Syntax *cx, Span start, Span brace) {
    const char *text = cx->module->source->text.at;
    uint32_t base = cx->module->source->base, end = brace.at - base;
    while (end > start.at - base && (text[end - 1] == ' ' || text[end - 1] == '\n' || text[end - 1] == '\t')) end--;
    return (Span){start.at, base + end - start.at};
}
