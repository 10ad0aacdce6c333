/* resolve_scope: which variables are known where. */
#include "resolve.h"

/* ---- the table of names ---- */

static BindingSlot *slot_of(BindingSlot *slots, uint32_t capacity, Name name) {
    uint32_t at = name->hash & (capacity - 1);
    while (slots[at].name && slots[at].name != name) at = (at + 1) & (capacity - 1);
    return &slots[at];
}

static void grow(Resolver *r) {
    uint32_t capacity = r->capacity ? r->capacity * 2 : 256;
    BindingSlot *slots = arena_array(r->arena, BindingSlot, capacity);
    for (uint32_t i = 0; i < r->capacity; i++) {
        if (r->slots[i].name) *slot_of(slots, capacity, r->slots[i].name) = r->slots[i];
    }
    r->slots = slots;
    r->capacity = capacity;
}

static Binding *innermost(const Resolver *r, Name name) {
    return r->capacity ? slot_of(r->slots, r->capacity, name)->binding : NULL;
}

static void bind(Resolver *r, LocalScope *scope, Var *var) {
    if (r->count * 2 >= r->capacity) grow(r);
    BindingSlot *slot = slot_of(r->slots, r->capacity, var->name);
    if (!slot->name) r->count++;
    slot->name = var->name;

    Binding *binding = r->spare;
    if (binding) r->spare = binding->next;
    else binding = arena_new(r->arena, Binding);
    *binding = (Binding){var->name, var, scope, slot->binding, scope->bindings};
    slot->binding = scope->bindings = binding;
}

/* ---- scopes ---- */

void scope_push(Resolver *r, LocalScope *scope, Block *block, uint32_t depth) {
    *scope = (LocalScope){.outer = r->scope, .fn = r->fn, .block = block, .depth = depth};
    r->scope = scope;
}

/* What was bound in it is the innermost of its name now: all scopes inside have gone. */
void scope_pop(Resolver *r) {
    Binding *binding = r->scope->bindings;
    while (binding) {
        Binding *next = binding->next;
        slot_of(r->slots, r->capacity, binding->name)->binding = binding->hidden;
        binding->next = r->spare;
        r->spare = binding;
        binding = next;
    }
    r->scope = r->scope->outer;
}

/* ---- declaring ---- */

/* The next nursery or cancel scope of a block may have the name of one that has ended. */
static bool may_follow(const Var *old, const Var *new) {
    bool old_ends = old->kind == VAR_NURSERY || old->kind == VAR_SCOPE;
    return old_ends && (new->kind == VAR_NURSERY || new->kind == VAR_SCOPE);
}

static void check_unique(Resolver *r, const Var *var) {
    const Binding *old = innermost(r, var->name);
    if (!old || old->scope != r->scope || may_follow(old->var, var)) return;
    if (old->var->type && old->var->type->kind == TYPE_ERROR_TYPE) return;
    Diag *diag = diag_add(r->diags, CODE_E0202, var->span, "`%s` is declared twice in this block", var->name->text);
    diag_label(r->diags, diag, old->var->span, "`%s` is declared here first", var->name->text);
    diag_note(r->diags, diag, "an inner block may use the name again; this one needs another name");
}

void declare(Resolver *r, Var *var) {
    var->fn = r->fn;
    var->depth = r->scope->depth;
    var->block = r->scope->block;
    if (r->fn) vec_push(r->arena, &r->fn->locals, var);
    if (var->name == r->program->known.underscore) return;
    check_unique(r, var);
    bind(r, r->scope, var);
}

/* ---- finding ---- */

static LocalScope *root_of(const Resolver *r, const Fn *fn) {
    LocalScope *scope = r->scope;
    while (scope->fn != fn || scope->depth != 0) scope = scope->outer;
    return scope;
}

/* A child written in place sees a variable of the functions around it through a capture in each function on the way.
   All scopes between the capturing one and here bind nothing of that name, so the new binding goes on top. */
static Var *capture(Resolver *r, Fn *fn, Var *var) {
    if (var->fn == fn || !fn->parent) return var;
    Var *outer = capture(r, fn->parent, var);
    Var *made = ast_var(r->arena, VAR_CAPTURE, var->name, var->span);
    made->captured = outer;
    made->fn = fn;
    made->block = fn->body;
    outer->used = true;
    vec_push(r->arena, &fn->params, made);
    bind(r, root_of(r, fn), made);
    return made;
}

Var *find_var(Resolver *r, Name name) {
    Binding *binding = innermost(r, name);
    if (!binding) return NULL;
    Var *var = binding->var;
    if (var->type && var->type->kind == TYPE_ERROR_TYPE) return var;
    return var->fn == r->fn || var->kind == VAR_STATIC || !r->fn ? var : capture(r, r->fn, var);
}

Item *find_item(const Resolver *r, Name name) {
    Item *item = scope_find(r->module->scope, name);
    if (item) return item;
    const BuiltinName *builtin = builtin_name_find(r->builtins, name);
    return builtin ? builtin->item : NULL;
}

/* ---- other modules ---- */

static void not_in_module(Resolver *r, const Module *module, const Item *item, Name name, Span span) {
    const char *why = item ? "`%s` is not `pub` in `%s`" : "there is no `%s` in `%s`";
    Diag *diag = diag_add(r->diags, CODE_E0201, span, why, name->text, module->name->text);
    if (item) {
        diag_label(r->diags, diag, item->span, "`%s` is declared here", name->text);
        return;
    }
    Near near = near_to(name);
    near_items(&near, module->scope);
    near_fix(&near, r->diags, diag, span);
}

Item *find_in_module(Resolver *r, Name module, Name name, Span span) {
    Item *import = scope_find(r->module->scope, module);
    if (!import || import->kind != ITEM_IMPORT) {
        Diag *diag = diag_add(r->diags, CODE_E0201, span, "no module `%s` is imported here", module->text);
        diag_note(r->diags, diag, "`import %s;` at the top of the file reads %s.tr", module->text, module->text);
        return NULL;
    }
    if (!import->u.module) return NULL;  /* it could not be read, which has been reported */
    Item *item = scope_find(import->u.module->scope, name);
    if (item && item->is_pub) return item;
    not_in_module(r, import->u.module, item, name, span);
    return NULL;
}

/* ---- what is not known ---- */

/* The name of a case, without its enum. */
static bool suggest_case(Resolver *r, Diag *diag, Name name, Span span) {
    for (uint32_t i = 0; i < r->program->enums.len; i++) {
        const EnumDecl *decl = r->program->enums.at[i];
        if (decl->module != r->module) continue;
        for (uint32_t k = 0; k < decl->cases.len; k++) {
            if (decl->cases.at[k].name != name) continue;
            diag_fix(r->diags, diag, (Span){span.at, 0}, str_format(r->arena, "%s.", decl->name->text),
                     "a case is written with its enum: `%s.%s`", decl->name->text, name->text);
            return true;
        }
    }
    return false;
}

static void suggest(Resolver *r, Diag *diag, Name name, Span span) {
    enum { SUGGESTIONS_MAX = 100 };  /* each looks at all names there are */
    if (r->suggestions++ >= SUGGESTIONS_MAX) return;
    Near near = near_to(name);
    for (const LocalScope *scope = r->scope; scope; scope = scope->outer) {
        for (const Binding *binding = scope->bindings; binding; binding = binding->next) near_try(&near, binding->name);
    }
    near_items(&near, r->module->scope);
    near_functions(&near, r->builtins);
    if (suggest_case(r, diag, name, span) || near_fix(&near, r->diags, diag, span)) return;
    const BuiltinName *builtin = builtin_name_find(r->builtins, name);
    if (!builtin || builtin->first == BUILTIN_NONE) return;
    if (builtin_is_field(builtin->first)) diag_note(r->diags, diag, "`%s` is a field: `x.%s`", name->text, name->text);
    else diag_note(r->diags, diag, "`%s` is a method: `x.%s(...)`", name->text, name->text);
}

/* Reported once in a function: from then on the name is known, as something wrong. */
void unknown_name(Resolver *r, Name name, Span span) {
    Diag *diag = diag_add(r->diags, CODE_E0201, span, "there is no `%s` here", name->text);
    suggest(r, diag, name, span);
    if (!r->scope) return;
    Var *wrong = ast_var(r->arena, VAR_LET, name, span);
    wrong->type = type_basic(&r->program->types, TYPE_ERROR_TYPE);
    LocalScope *root = r->scope;
    while (root->outer) root = root->outer;
    bind(r, root, wrong);
}

Span last_word(const Resolver *r, Span span, Name name) {
    const Source *source = r->module->source;
    size_t end = span.at - source->base + span.len;
    while (end > name->len && memcmp(source->text.at + end - name->len, name->text, name->len) != 0) end--;
    return (Span){(uint32_t)(end - name->len) + source->base, name->len};
}

/* ---- errors by name ---- */

ErrorDecl *find_error(Resolver *r, Name module, Name name, Span span) {
    Item *item = module ? find_in_module(r, module, name, span) : find_item(r, name);
    if (item && item->kind == ITEM_ERROR) {
        item->u.error->used = true;
        return item->u.error;
    }
    if (module && !item) return NULL;
    Diag *diag = item ? diag_add(r->diags, CODE_E0201, span, "`%s` is not an error", name->text)
                      : diag_add(r->diags, CODE_E0201, span, "there is no error `%s`", name->text);
    if (item) {
        diag_label(r->diags, diag, item->span, "`%s` is declared here", name->text);
        return NULL;
    }
    Near near = near_to(name);
    for (uint32_t i = 0; i < r->program->errors.len; i++) near_try(&near, r->program->errors.at[i]->name);
    if (!near_fix(&near, r->diags, diag, span)) {
        diag_note(r->diags, diag, "errors are declared at the top level: `error %s;`", name->text);
    }
    return NULL;
}
