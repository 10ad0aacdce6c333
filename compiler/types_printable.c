#include "types.h"

bool type_is_printable(const Type *type) {
    switch (type->kind) {
    case TYPE_ERROR_TYPE: case TYPE_NEVER: case TYPE_BOOL: case TYPE_DURATION: case TYPE_INSTANT: case TYPE_STR:
    case TYPE_STR_N: case TYPE_LEAF:
        return true;
    case TYPE_ARRAY: case TYPE_LIST: case TYPE_SLICE: case TYPE_OPTIONAL: return type_is_printable(type->elem);
    case TYPE_TUPLE:
        for (uint32_t i = 0; i < type->items.len; i++) {
            if (!type_is_printable(type->items.at[i])) return false;
        }
        return true;
    case TYPE_STRUCT:
        for (uint32_t i = 0; i < type->structure->fields.len; i++) {
            if (!type_is_printable(type->structure->fields.at[i].type)) return false;
        }
        return true;
    case TYPE_ENUM:
        for (uint32_t i = 0; i < type->enumeration->cases.len; i++) {
            const FieldList *fields = &type->enumeration->cases.at[i].fields;
            for (uint32_t k = 0; k < fields->len; k++) {
                if (!type_is_printable(fields->at[k].type)) return false;
            }
        }
        return true;
    default: return type_is_number(type);
    }
}
