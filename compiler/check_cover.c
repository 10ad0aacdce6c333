/* check_cover: whether the arms of a match cover every value, and which they miss.

   The patterns are a matrix: a row for each arm, a column for each part of the value. The first column is split by what
   its value can be (a case, an interval of numbers, ...); the rows that fit such a value, with its parts as new
   columns, must cover the rest. What they miss, with the split put in front, is a value that no arm fits. */
#include "check.h"

#include <stdlib.h>

typedef struct Row {
    const Pattern **at;            /* one for each column; NULL fits anything */
} Row;

typedef struct Rows {
    Row *at;
    uint32_t len, capacity;
} Rows;

typedef struct Columns {
    Type **at;
    uint32_t len;
} Columns;

/* A value that is missed: one text for each column, as a pattern; NULL if none is. */
typedef const char **Missed;

static Missed find_missed(Checker *c, const Rows *rows, Columns columns);

static bool fits_all(const Pattern *pattern, const Type *type) {
    if (!pattern) return true;
    if (pattern->kind == PATTERN_BIND) return type->kind != TYPE_OPTIONAL;
    return pattern->kind == PATTERN_ANY || pattern->kind == PATTERN_WRONG;
}

/* ---- rows ---- */

/* The row with its first column replaced by these. */
static void push_row(Checker *c, Rows *rows, const Row *row, const PatternList *first, uint32_t count,
                     uint32_t columns) {
    Row made = {arena_array(&c->cover, const Pattern *, count + columns)};
    for (uint32_t i = 0; i < count; i++) made.at[i] = first ? first->at[i] : NULL;
    for (uint32_t i = 1; i < columns; i++) made.at[count + i - 1] = row->at[i];
    vec_push(&c->cover, rows, made);
}

/* Rows whose first pattern has alternatives become several. */
static void push_alternatives(Checker *c, Rows *rows, const Row *row, const Pattern *first, uint32_t columns) {
    if (first && first->kind == PATTERN_OR) {
        for (uint32_t i = 0; i < first->items.len; i++) push_alternatives(c, rows, row, first->items.at[i], columns);
        return;
    }
    Row made = {arena_array(&c->cover, const Pattern *, columns)};
    memcpy(made.at, row->at, sizeof *made.at * columns);
    made.at[0] = first;
    vec_push(&c->cover, rows, made);
}

static Columns split_columns(Checker *c, Columns columns, const FieldList *fields, Type *elem) {
    uint32_t count = fields ? fields->len : elem ? 1 : 0;
    Columns made = {arena_array(&c->cover, Type *, count + columns.len), count + columns.len - 1};
    for (uint32_t i = 0; i < count; i++) made.at[i] = fields ? fields->at[i].type : elem;
    for (uint32_t i = 1; i < columns.len; i++) made.at[count + i - 1] = columns.at[i];
    return made;
}

/* ---- what is missed ---- */

static Missed new_missed(Checker *c, uint32_t len) {
    Missed missed = arena_array(&c->cover, const char *, len + 1);
    for (uint32_t i = 0; i < len; i++) missed[i] = "_";
    return missed;
}

/* The first `count` texts become parts of one: `name(a, b)`. */
static Missed join(Checker *c, const char *name, Missed missed, uint32_t count, uint32_t columns) {
    Buf text = {0};
    buf_text(&text, name);
    for (uint32_t i = 0; i < count; i++) buf_format(&text, "%s%s", i ? ", " : "(", missed[i]);
    if (count) buf_char(&text, ')');
    Missed joined = new_missed(c, columns);
    joined[0] = str_copy(&c->cover, buf_view(&text)).at;
    buf_free(&text);
    for (uint32_t i = 1; i < columns; i++) joined[i] = missed[count + i - 1];
    return joined;
}

/* ---- types with endless values, or whose patterns all fit: only rows that fit anything count ---- */

static Missed missed_by_default(Checker *c, const Rows *rows, Columns columns) {
    Rows rest = {0};
    for (uint32_t i = 0; i < rows->len; i++) {
        if (fits_all(rows->at[i].at[0], columns.at[0])) push_row(c, &rest, &rows->at[i], NULL, 0, columns.len);
    }
    Missed missed = find_missed(c, &rest, split_columns(c, columns, NULL, NULL));
    return missed ? join(c, "_", missed, 0, columns.len) : NULL;
}

/* ---- cases of enums and kinds of errors ---- */

static const FieldList *choice_fields(const Type *type, uint32_t i) {
    return type->kind == TYPE_LEAF ? &type->errors.at[i]->fields : &type->enumeration->cases.at[i].fields;
}

static const char *choice_name(Checker *c, const Type *type, uint32_t i) {
    if (type->kind == TYPE_LEAF) return type->errors.at[i]->name->text;
    return str_format(&c->cover, "%s.%s", type->enumeration->name->text, type->enumeration->cases.at[i].name->text).at;
}

static uint32_t choice_count(const Type *type) {
    return type->kind == TYPE_LEAF ? type->errors.len : type->enumeration->cases.len;
}

static uint32_t choice_of(const Pattern *pattern, const Type *type) {
    if (type->kind == TYPE_ENUM) return pattern->enum_case->index;
    uint32_t i = 0;
    while (i < type->errors.len && type->errors.at[i] != pattern->error) i++;
    return i;
}

/* The rows that fit each choice, in order. */
static Rows *rows_by_choice(Checker *c, const Rows *rows, Columns columns, uint32_t count) {
    const Type *type = columns.at[0];
    Rows *by_choice = arena_array(&c->cover, Rows, count);
    for (uint32_t i = 0; i < rows->len; i++) {
        const Pattern *first = rows->at[i].at[0];
        if (!fits_all(first, type)) {
            uint32_t choice = choice_of(first, type);
            if (choice < count) {
                push_row(c, &by_choice[choice], &rows->at[i], &first->items, first->items.len, columns.len);
            }
            continue;
        }
        for (uint32_t k = 0; k < count; k++) {
            push_row(c, &by_choice[k], &rows->at[i], NULL, choice_fields(type, k)->len, columns.len);
        }
    }
    return by_choice;
}

static Missed missed_choice(Checker *c, const Rows *rows, Columns columns, uint32_t choice) {
    const FieldList *fields = choice_fields(columns.at[0], choice);
    Missed missed = find_missed(c, rows, split_columns(c, columns, fields, NULL));
    return missed ? join(c, choice_name(c, columns.at[0], choice), missed, fields->len, columns.len) : NULL;
}

static bool all_fit_anything(const Rows *rows, const Type *type) {
    for (uint32_t i = 0; i < rows->len; i++) {
        if (!fits_all(rows->at[i].at[0], type)) return false;
    }
    return true;
}

static Missed missed_by_choice(Checker *c, const Rows *rows, Columns columns) {
    uint32_t count = choice_count(columns.at[0]);
    if (all_fit_anything(rows, columns.at[0]) || count == 0) return missed_by_default(c, rows, columns);
    Rows *by_choice = rows_by_choice(c, rows, columns, count);
    for (uint32_t i = 0; i < count; i++) {
        Missed missed = missed_choice(c, &by_choice[i], columns, i);
        if (missed) return missed;
    }
    return NULL;
}

/* ---- optionals ---- */

static bool is_none(const Pattern *pattern) {
    return pattern && pattern->kind == PATTERN_VALUE && pattern->value->kind == EXPR_NONE;
}

static Missed missed_optional(Checker *c, const Rows *rows, Columns columns) {
    Type *type = columns.at[0];
    Rows none = {0}, some = {0};
    for (uint32_t i = 0; i < rows->len; i++) {
        const Row *row = &rows->at[i];
        const Pattern *first = row->at[0];
        bool all = fits_all(first, type);
        if (all || is_none(first)) push_row(c, &none, row, NULL, 0, columns.len);
        if (all) push_row(c, &some, row, NULL, 1, columns.len);
        else if (!is_none(first)) push_alternatives(c, &some, row, first, columns.len);
    }
    Missed missed = find_missed(c, &none, split_columns(c, columns, NULL, NULL));
    if (missed) return join(c, "none", missed, 0, columns.len);
    return find_missed(c, &some, split_columns(c, columns, NULL, type->elem));
}

/* ---- numbers: intervals ---- */

typedef struct Interval {
    uint64_t low, high;            /* both belong to it; numbers are moved so that the least is 0 */
    uint32_t row;
} Interval;

typedef struct Intervals {
    Interval *at;
    uint32_t len, capacity;
} Intervals;

static uint64_t top_bit(const Type *type) { return type_is_signed(type) ? (uint64_t)1 << 63 : 0; }

static uint64_t ordered(Integer value, const Type *type) { return integer_bits(value) ^ top_bit(type); }

static uint64_t greatest_of(const Type *type) {
    return type->kind == TYPE_USIZE ? UINT64_MAX : ordered(integer_greatest(type), type);
}

static const char *number_text(Checker *c, uint64_t value, const Type *type) {
    if (type->kind == TYPE_BOOL) return value ? "true" : "false";
    Integer number = {false, value};
    if (top_bit(type)) {
        uint64_t bits = value ^ top_bit(type);
        number = bits & top_bit(type) ? (Integer){true, 0 - bits} : (Integer){false, bits};
    }
    return integer_text(&c->cover, number);
}

static const char *interval_text(Checker *c, uint64_t low, uint64_t high, const Type *type) {
    uint64_t least = ordered(integer_least(type), type);
    if (low == least && high == greatest_of(type)) return "_";
    if (low == high) return number_text(c, low, type);
    if (low == least) return str_format(&c->cover, "..=%s", number_text(c, high, type)).at;
    if (high == greatest_of(type)) return str_format(&c->cover, "%s..", number_text(c, low, type)).at;
    return str_format(&c->cover, "%s..=%s", number_text(c, low, type), number_text(c, high, type)).at;
}

static Interval interval_of(const Checker *c, const Pattern *pattern, const Type *type, uint32_t row) {
    Interval made = {ordered(integer_least(type), type), greatest_of(type), row};
    if (fits_all(pattern, type)) return made;
    if (pattern->kind == PATTERN_VALUE) {
        made.low = made.high = ordered(constant_of(c, pattern->value), type);
        return made;
    }
    const Expr *low = pattern->value->u.binary.left, *high = pattern->value->u.binary.right;
    if (low) made.low = ordered(constant_of(c, low), type);
    if (high) made.high = ordered(constant_of(c, high), type) - !pattern->value->inclusive;
    return made;
}

static int by_low(const void *left, const void *right) {
    const Interval *a = left, *b = right;
    if (a->low != b->low) return a->low < b->low ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

static Intervals intervals_of(Checker *c, const Rows *rows, const Type *type) {
    Intervals made = {0};
    for (uint32_t i = 0; i < rows->len; i++) {
        vec_push(&c->cover, &made, interval_of(c, rows->at[i].at[0], type, i));
    }
    if (made.len) qsort(made.at, made.len, sizeof *made.at, by_low);
    return made;
}

/* The first gap from `from` on; false if there is none. */
static bool find_gap(const Intervals *intervals, uint64_t from, uint64_t greatest, uint64_t *low, uint64_t *high) {
    *low = from;
    for (uint32_t i = 0; i < intervals->len; i++) {
        const Interval *interval = &intervals->at[i];
        if (interval->low > *low) {
            *high = interval->low - 1;
            return true;
        }
        if (interval->high == UINT64_MAX || interval->high >= greatest) return false;
        if (interval->high >= *low) *low = interval->high + 1;
    }
    *high = greatest;
    return true;
}

/* Where the rows that fit may change: after which numbers. */
static int by_value(const void *left, const void *right) {
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return a < b ? -1 : a > b;
}

static uint32_t find_ends(Checker *c, const Intervals *intervals, uint64_t greatest, uint64_t **ends) {
    uint32_t len = 0, unique = 0;
    *ends = arena_array(&c->cover, uint64_t, intervals->len * 2u + 1u);
    for (uint32_t i = 0; i < intervals->len; i++) {
        if (intervals->at[i].low) (*ends)[len++] = intervals->at[i].low - 1;
        (*ends)[len++] = intervals->at[i].high;
    }
    (*ends)[len++] = greatest;
    qsort(*ends, len, sizeof **ends, by_value);
    for (uint32_t i = 0; i < len; i++) {
        if (unique == 0 || (*ends)[i] != (*ends)[unique - 1]) (*ends)[unique++] = (*ends)[i];
    }
    return unique;
}

static Missed missed_between(Checker *c, const Rows *rows, Columns columns, const Intervals *intervals) {
    const Type *type = columns.at[0];
    uint64_t low = ordered(integer_least(type), type), *ends;
    uint32_t count = find_ends(c, intervals, greatest_of(type), &ends);
    for (uint32_t i = 0; i < count; i++) {
        if (ends[i] < low) continue;
        Rows fitting = {0};
        for (uint32_t k = 0; k < rows->len; k++) {
            Interval interval = interval_of(c, rows->at[k].at[0], type, k);
            if (interval.low <= low && interval.high >= ends[i]) {
                push_row(c, &fitting, &rows->at[k], NULL, 0, columns.len);
            }
        }
        Missed missed = find_missed(c, &fitting, split_columns(c, columns, NULL, NULL));
        if (missed) return join(c, interval_text(c, low, ends[i], type), missed, 0, columns.len);
        low = ends[i] + 1;
    }
    return NULL;
}

static Missed missed_number(Checker *c, const Rows *rows, Columns columns) {
    const Type *type = columns.at[0];
    Intervals intervals = intervals_of(c, rows, type);
    if (columns.len > 1) return missed_between(c, rows, columns, &intervals);
    uint64_t low, high;
    if (!find_gap(&intervals, ordered(integer_least(type), type), greatest_of(type), &low, &high)) return NULL;
    Missed missed = new_missed(c, 1);
    missed[0] = interval_text(c, low, high, type);
    return missed;
}

/* ---- all ---- */

static bool some_row_fits_all(const Rows *rows, Columns columns) {
    for (uint32_t i = 0; i < rows->len; i++) {
        uint32_t k = 0;
        while (k < columns.len && fits_all(rows->at[i].at[k], columns.at[k])) k++;
        if (k == columns.len) return true;
    }
    return false;
}

static Missed find_missed(Checker *c, const Rows *rows, Columns columns) {
    if (rows->len == 0) return new_missed(c, columns.len);
    if (some_row_fits_all(rows, columns)) return NULL;
    Rows flat = {0};
    for (uint32_t i = 0; i < rows->len; i++) {
        push_alternatives(c, &flat, &rows->at[i], rows->at[i].at[0], columns.len);
    }
    const Type *type = columns.at[0];
    if (type->kind == TYPE_ENUM || type->kind == TYPE_LEAF) return missed_by_choice(c, &flat, columns);
    if (type->kind == TYPE_OPTIONAL) return missed_optional(c, &flat, columns);
    if (type_is_int(type) || type->kind == TYPE_BOOL) return missed_number(c, &flat, columns);
    return missed_by_default(c, &flat, columns);
}

/* ---- arms that are never chosen ---- */

static void never_chosen(Checker *c, const Arm *arm, const Arm *earlier) {
    Diag *diag = diag_add(c->diags, CODE_W0609, arm->pattern->span, "an arm above fits all that this one fits");
    diag_label(c->diags, diag, earlier->pattern->span, "this one");
}

static bool fits_whole_case(const Pattern *pattern) {
    if (pattern->kind != PATTERN_CASE) return false;
    for (uint32_t i = 0; i < pattern->items.len; i++) {
        const Pattern *item = pattern->items.at[i];
        if (item->kind != PATTERN_ANY && item->kind != PATTERN_BIND) return false;
    }
    return true;
}

static void warn_of_repeated_cases(Checker *c, const Stmt *match, const Type *type, uint32_t end) {
    const Arm **first = arena_array(&c->cover, const Arm *, choice_count(type));
    for (uint32_t i = 0; i < end; i++) {
        const Arm *arm = &match->u.match.arms.at[i];
        const Pattern *pattern = arm->pattern;
        if (pattern->kind != PATTERN_CASE) continue;
        uint32_t choice = choice_of(pattern, type);
        if (choice >= choice_count(type)) continue;
        if (first[choice]) never_chosen(c, arm, first[choice]);
        else if (!arm->guard && fits_whole_case(pattern)) first[choice] = arm;
    }
}

static void warn_of_repeated_numbers(Checker *c, const Stmt *match, const Type *type, uint32_t end) {
    Intervals values = {0};
    for (uint32_t i = 0; i < end; i++) {
        const Arm *arm = &match->u.match.arms.at[i];
        if (arm->guard || arm->pattern->kind != PATTERN_VALUE) continue;
        vec_push(&c->cover, &values, interval_of(c, arm->pattern, type, i));
    }
    if (values.len) qsort(values.at, values.len, sizeof *values.at, by_low);
    for (uint32_t i = 1; i < values.len; i++) {
        if (values.at[i].low != values.at[i - 1].low) continue;
        never_chosen(c, &match->u.match.arms.at[values.at[i].row], &match->u.match.arms.at[values.at[i - 1].row]);
    }
}

static void warn_of_unused_arms(Checker *c, const Stmt *match, const Type *type) {
    uint32_t end = 0, len = match->u.match.arms.len;
    while (end < len && (match->u.match.arms.at[end].guard || !fits_all(match->u.match.arms.at[end].pattern,
                                                                        type))) end++;
    if (end + 1 < len) never_chosen(c, &match->u.match.arms.at[end + 1], &match->u.match.arms.at[end]);
    bool has_choices = type->kind == TYPE_ENUM || (type->kind == TYPE_LEAF && type->errors.len);
    if (has_choices) warn_of_repeated_cases(c, match, type, end);
    else if (type_is_int(type) || type->kind == TYPE_BOOL) warn_of_repeated_numbers(c, match, type, end);
}

/* ---- match ---- */

/* Up to `most` cases that are missed, each once. */
static uint32_t list_missed_cases(Checker *c, const Rows *rows, Columns columns, Buf *text) {
    enum { LISTED_MAX = 8 };
    uint32_t count = choice_count(columns.at[0]), found = 0;
    Rows flat = {0};
    for (uint32_t i = 0; i < rows->len; i++) push_alternatives(c, &flat, &rows->at[i], rows->at[i].at[0], 1);
    Rows *by_choice = rows_by_choice(c, &flat, columns, count);
    for (uint32_t i = 0; i < count; i++) {
        Missed missed = missed_choice(c, &by_choice[i], columns, i);
        if (!missed) continue;
        if (found++ < LISTED_MAX) buf_format(text, "%s`%s`", found > 1 ? ", " : "", missed[0]);
    }
    if (found > LISTED_MAX) buf_format(text, " and %u more", (unsigned)(found - LISTED_MAX));
    return found;
}

static void not_covered(Checker *c, const Stmt *match, const Rows *rows, Columns columns, Missed missed) {
    const Type *type = columns.at[0];
    Buf text = {0};
    bool has_choices = type->kind == TYPE_ENUM || (type->kind == TYPE_LEAF && type->errors.len);
    uint32_t found = has_choices ? list_missed_cases(c, rows, columns, &text) : 1;
    if (!has_choices) buf_format(&text, "`%s`", missed[0]);
    Diag *diag = diag_add(c->diags, CODE_E0217, match->u.match.of->span, "no arm for %s", buf_cstr(&text));
    buf_free(&text);
    const Span declared = type->kind == TYPE_ENUM ? type->enumeration->span : (Span){0, 0};
    if (declared.len) diag_label(c->diags, diag, declared, "`%s` is declared here", type->enumeration->name->text);
    if (type->kind == TYPE_LEAF && !type->errors.len) {
        diag_note(c->diags, diag, "it may be any error: end with `_ => { }`");
    } else {
        diag_note(c->diags, diag, found > 1 ? "add arms for them, or `_ => { }` for all others"
                                            : "add an arm for it, or `_ => { }` for all others");
    }
}

void check_cover(Checker *c, const Stmt *match, Type *type) {
    Rows rows = {0};
    Columns columns = {&type, 1};
    for (uint32_t i = 0; i < match->u.match.arms.len; i++) {
        const Arm *arm = &match->u.match.arms.at[i];
        if (arm->guard) continue;
        Row row = {arena_array(&c->cover, const Pattern *, 1)};
        row.at[0] = arm->pattern;
        vec_push(&c->cover, &rows, row);
    }
    Missed missed = find_missed(c, &rows, columns);
    if (missed) not_covered(c, match, &rows, columns, missed);
    else warn_of_unused_arms(c, match, type);
    arena_reset(&c->cover);
}
