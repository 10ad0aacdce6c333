#include "json.h"

#include "utf8.h"

static void escape(Buf *out, unsigned char c) {
    static const char hex[] = "0123456789abcdef";
    buf_char(out, '\\');
    switch (c) {
    case '"': case '\\': buf_char(out, (char)c); break;
    case '\n': buf_char(out, 'n'); break;
    case '\r': buf_char(out, 'r'); break;
    case '\t': buf_char(out, 't'); break;
    default:
        buf_text(out, "u00");
        buf_char(out, hex[c >> 4]);
        buf_char(out, hex[c & 15]);
    }
}

void json_string(Buf *out, Str text) {
    buf_char(out, '"');
    for (const char *at = text.at, *end = at + text.len; at < end;) {
        uint32_t code;
        size_t length = utf8_next(at, end, &code);
        if (code == UTF8_INVALID) buf_text(out, "\\ufffd");
        else if (code < 0x20 || code == '"' || code == '\\' || code == 0x7F) escape(out, (unsigned char)code);
        else buf_bytes(out, at, length);
        at += length;
    }
    buf_char(out, '"');
}

void json_key(Buf *out, const char *name) {
    if (out->at[out->len - 1] != '{') buf_char(out, ',');
    json_string(out, str_of(name));
    buf_char(out, ':');
}
