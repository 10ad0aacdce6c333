/* names: the items of a module by name. */
#include "names.h"

static Item **slot_of(Item **slots, uint32_t capacity, Name name) {
    uint32_t at = name->hash & (capacity - 1);
    while (slots[at] && slots[at]->name != name) at = (at + 1) & (capacity - 1);
    return &slots[at];
}

Item *scope_find(const Scope *scope, Name name) {
    return scope->capacity ? *slot_of(scope->slots, scope->capacity, name) : NULL;
}

static void grow(Arena *arena, Scope *scope) {
    uint32_t capacity = scope->capacity ? scope->capacity * 2 : 64;
    Item **slots = arena_array(arena, Item *, capacity);
    for (uint32_t i = 0; i < scope->capacity; i++) {
        Item *item = scope->slots[i];
        if (item) *slot_of(slots, capacity, item->name) = item;
    }
    scope->slots = slots;
    scope->capacity = capacity;
}

Item *scope_add(Arena *arena, Scope *scope, Item *item) {
    if (scope->count * 2 >= scope->capacity) grow(arena, scope);
    Item **slot = slot_of(scope->slots, scope->capacity, item->name);
    if (*slot) return *slot;
    *slot = item;
    scope->count++;
    return NULL;
}
