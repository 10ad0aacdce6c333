/* effects_walk: what the rooms of the second walk ask for. */
#include "effects_walk.h"

ErrorSet errors_of_block(Walk *w, const Block *block) {
    ErrorSet inner = {.total = 0}, *outer = w->set;
    w->set = &inner;
    errors_block(w, block);
    w->set = outer;
    return inner;
}
