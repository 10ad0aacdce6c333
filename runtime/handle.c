/* handle: children with a cancel scope of their own, and the handles on them. */
#include "tr_internal.h"

#if TR_HAS_HANDLES

tr_handle tr_enter_child(tr_rt *rt, tr_nursery *nursery, tr_scoped_task *child, uint16_t flags) {
    child->scope = (tr_scope){
        .parent = TR_TO(rt, &nursery->scope), .task = TR_TO(rt, &child->task), .flags = flags
    };
    child->task.scope = TR_TO(rt, &child->scope);
    child->serial = rt->order++;
    return (tr_handle){child, child->task.step, child->serial};
}

tr_handle tr_start_scoped(tr_rt *rt, tr_nursery *nursery, tr_scoped_task *child, tr_step_id step) {
    tr_start_soon(rt, nursery, &child->task, step);
    return tr_enter_child(rt, nursery, child, nursery->scope.flags & (TR_SCOPE_CANCELLED | TR_SCOPE_STOPPING));
}

bool tr_is_done(const tr_handle *handle) {
    const tr_scoped_task *child = handle->child;
    return child->task.step != handle->step || child->serial != handle->serial || !child->scope.task;
}

void tr_cancel_child(tr_rt *rt, const tr_handle *handle) {
    if (!tr_is_done(handle)) tr_cancel(rt, &handle->child->scope);
}

#endif
