/* Channels: order, hand-over, the ends, and cancellation. */
#include "harness.h"

static tr_channel channel;
static uint8_t buffer[4];

static void open_channel(size_t capacity) { tr_channel_init(&rt, &channel, buffer, 1, capacity); }

static bool send_now(char item) { return tr_send_nowait(&rt, &channel, &item) == TR_TRY_DONE; }

/* Sends the letters of `text`, marks the capital of each one sent, r or c for one that was not, and closes. */
typedef struct sending {
    const char *text;
    char item;
} sending;

static sending sendings[6];

static tr_status sends(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    sending *out = &sendings[self->name - 'a'];
    for (;;) {
        if (self->at % 2) {
            if (tr_woken(r) != TR_DONE) return mark_woken();
            mark((char)(out->item - 'a' + 'A'));
            out->text++;
            self->at++;
        }
        if (!*out->text) {
            tr_sender_close(r, &channel);
            return TR_DONE;
        }
        out->item = *out->text;
        self->at++;
        tr_status status = tr_send(r, &channel, &self->item, &out->item);
        if (status == TR_PENDING) return status;
        assert_int_equal(status, TR_RAISED);
        mark('r');
        return TR_DONE;
    }
}

/* Receives until the channel ends; marks each item, and `;` at the end. */
static char received[6];

static tr_status receives(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    char *item = &received[self->name - 'a'];
    if (self->at++) {
        if (tr_woken(r) == TR_CANCELLED) return mark_woken();
        if (tr_woken(r) == TR_RAISED) {
            mark(';');
            return TR_DONE;
        }
        mark(*item);
    }
    tr_status status = tr_receive(r, &channel, &self->item, item);
    if (status == TR_PENDING) return status;
    assert_int_equal(status, TR_RAISED);
    mark(';');
    return TR_DONE;
}

/* ---- without waiting --------------------------------------------------------------------------------------------- */

/* Rules 167, 168, 179 to 181. */
static void the_nowait_forms_try_in_this_order(void **state) {
    (void)state;
    char item = 0;
    open_channel(2);
    assert_int_equal(tr_receive_nowait(&rt, &channel, &item), TR_TRY_WOULD_BLOCK);
    assert_true(send_now('x'));
    assert_true(send_now('y'));
    assert_int_equal(tr_send_nowait(&rt, &channel, "z"), TR_TRY_WOULD_BLOCK);
    assert_int_equal(tr_receive_nowait(&rt, &channel, &item), TR_TRY_DONE);
    assert_int_equal(item, 'x');
    assert_true(send_now('z'));
    tr_sender_close(&rt, &channel);
    assert_int_equal(tr_receive_nowait(&rt, &channel, &item), TR_TRY_DONE);
    assert_int_equal(item, 'y');
    assert_int_equal(tr_receive_nowait(&rt, &channel, &item), TR_TRY_DONE);
    assert_int_equal(item, 'z');
    assert_int_equal(tr_receive_nowait(&rt, &channel, &item), TR_TRY_ENDED);

    open_channel(2);
    assert_true(send_now('x'));
    tr_receiver_close(&rt, &channel);
    assert_int_equal(tr_send_nowait(&rt, &channel, "y"), TR_TRY_ENDED);
    assert_int_equal(tr_channel_statistics(&rt, &channel).buffered, 0);

    open_channel(0);
    assert_int_equal(tr_send_nowait(&rt, &channel, "y"), TR_TRY_WOULD_BLOCK);
    assert_int_equal(tr_receive_nowait(&rt, &channel, &item), TR_TRY_WOULD_BLOCK);
}

static void handles_are_counted_and_null_is_moved_away(void **state) {
    (void)state;
    char item;
    open_channel(1);
    assert_ptr_equal(tr_sender_clone(&channel), &channel);
    assert_ptr_equal(tr_receiver_clone(&channel), &channel);
    tr_sender_close(&rt, NULL);
    tr_receiver_close(&rt, NULL);
    tr_sender_close(&rt, &channel);
    assert_int_equal(tr_receive_nowait(&rt, &channel, &item), TR_TRY_WOULD_BLOCK);
    tr_receiver_close(&rt, &channel);
    assert_true(send_now('x'));
    tr_sender_close(&rt, &channel);
    tr_channel_stats stats = tr_channel_statistics(&rt, &channel);
    assert_int_equal(stats.buffered, 1);
    assert_int_equal(stats.capacity, 1);
    assert_int_equal(stats.senders, 0);
    assert_int_equal(stats.receivers, 1);
}

static void large_items_go_round_the_buffer(void **state) {
    (void)state;
    uint32_t storage[3], next_in = 0, next_out = 0;
    tr_channel_init(&rt, &channel, storage, sizeof *storage, 3);
    for (int i = 0; i < 50; i++) {
        while (tr_send_nowait(&rt, &channel, &next_in) == TR_TRY_DONE) next_in++;
        for (int k = 0; k <= i % 3; k++) {
            uint32_t item;
            assert_int_equal(tr_receive_nowait(&rt, &channel, &item), TR_TRY_DONE);
            assert_int_equal(item, next_out++);
        }
    }
}

/* ---- waiting ----------------------------------------------------------------------------------------------------- */

/* Each send and receive takes one turn. The receiver that waits gets the item in its hand. */
static void a_buffered_channel(void **state) {
    (void)state;
    open_channel(2);
    sendings[0].text = "xyz";
    assert_int_equal(TOGETHER(sends, receives), TR_DONE);
    assert_trace("XxYyZz;");
}

/* With the receiver first: x is handed over in the pass in which both are begun. */
static void a_waiting_receiver_is_handed_the_item(void **state) {
    (void)state;
    open_channel(2);
    sendings[1].text = "xyz";
    assert_int_equal(TOGETHER(receives, sends), TR_DONE);
    assert_trace("xXyYzZ;");
}

static void a_rendezvous(void **state) {
    (void)state;
    open_channel(0);
    sendings[0].text = "xy";
    assert_int_equal(TOGETHER(sends, receives), TR_DONE);
    assert_trace("XxYy;");
}

static tr_status receives_nowait(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    char item;
    if (self->at++ == 0) return tr_sleep(r, &self->sleep, 10 * MS);
    tr_channel_stats stats = tr_channel_statistics(&rt, &channel);
    assert_int_equal(stats.waiting_senders, 2);
    assert_int_equal(stats.waiting_receivers, 0);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(tr_receive_nowait(r, &channel, &item), TR_TRY_DONE);
        mark(item);
        assert_false(i == 0 && send_now('!'));
    }
    mark(';');
    return TR_DONE;
}

/* Rules 169, 175: buffer first, then blocked senders as they came; nobody slips into a freed place. */
static void blocked_senders_are_served_in_order(void **state) {
    (void)state;
    open_channel(1);
    tr_sender_clone(&channel);
    tr_sender_clone(&channel);
    for (int i = 0; i < 3; i++) sendings[i].text = (const char *[]){"x", "y", "z"}[i];
    assert_int_equal(TOGETHER(sends, sends, sends, receives_nowait), TR_DONE);
    assert_trace("Xxyz;YZ");
}

static tr_status sends_two_nowait(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++ == 0) return tr_sleep(r, &self->sleep, 10 * MS);
    assert_int_equal(tr_channel_statistics(&rt, &channel).waiting_receivers, 2);
    assert_true(send_now('x'));
    assert_true(send_now('y'));
    assert_int_equal(tr_channel_statistics(&rt, &channel).waiting_receivers, 0);
    assert_false(send_now('z'));
    tr_sender_close(r, &channel);
    return TR_DONE;
}

static void waiting_receivers_are_served_in_order(void **state) {
    (void)state;
    open_channel(0);
    assert_int_equal(TOGETHER(receives, receives, sends_two_nowait), TR_DONE);
    assert_trace("x;y;");
    assert_int_equal(received[0], 'x');
    assert_int_equal(received[1], 'y');
}

/* ---- the ends ---------------------------------------------------------------------------------------------------- */

static tr_status closes_receiver(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++ == 0) return tr_sleep(r, &self->sleep, 10 * MS);
    tr_receiver_close(r, &channel);
    mark('|');
    return TR_DONE;
}

static tr_status marks_end(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    char item = (char)('x' + (self->name - 'a'));
    if (self->at++ == 0) return tr_send(r, &channel, &self->item, &sendings[self->name - 'a'].item);
    mark(item);
    mark_woken();
    return TR_DONE;
}

/* Rule 180: waiting senders are told, the buffer is gone. */
static void senders_are_told_when_the_last_receiver_closes(void **state) {
    (void)state;
    open_channel(0);
    assert_int_equal(TOGETHER(marks_end, marks_end, closes_receiver), TR_DONE);
    assert_trace("|xryr");
}

static tr_status closes_sender(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++ == 0) return tr_sleep(r, &self->sleep, 10 * MS);
    tr_sender_close(r, &channel);
    mark('|');
    return TR_DONE;
}

static void receivers_are_told_when_the_last_sender_closes(void **state) {
    (void)state;
    open_channel(1);
    assert_int_equal(TOGETHER(receives, receives, closes_sender), TR_DONE);
    assert_trace("|;;");
}

/* Rules 27, 28: what raises at once takes no turn. */
static tr_status ends_at_once(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    char item = 'x';
    open_channel(1);
    tr_receiver_close(r, &channel);
    assert_int_equal(tr_send(r, &channel, &self->item, &item), TR_RAISED);
    open_channel(1);
    tr_sender_close(r, &channel);
    assert_int_equal(tr_receive(r, &channel, &self->item, &item), TR_RAISED);
    return TR_DONE;
}

static void what_raises_at_once_takes_no_turn(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, ends_at_once), TR_DONE);
}

/* Rule 171: in a cancelled scope, cancelled comes first. */
static tr_status broken_and_cancelled(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    static char item;
    switch (self->at++) {
    case 0:
        open_channel(1);
        tr_receiver_close(r, &channel);
        tr_scope_enter(r, &self->scope.scope, 0);
        tr_cancel(r, &self->scope.scope);
        return tr_send(r, &channel, &self->item, &item);
    default: return tr_scope_exit(r, &self->scope.scope, mark_woken());
    }
}

static void cancelled_comes_before_broken(void **state) {
    (void)state;
    assert_int_equal(run(&(job){.at = 0}, broken_and_cancelled), TR_DONE);
    assert_trace("c");
}

/* ---- cancellation ------------------------------------------------------------------------------------------------ */

static tr_status sends_in_scope(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++ == 0) {
        tr_scope_enter(r, &self->scope.scope, 0);
        return tr_send(r, &channel, &self->item, &sendings[self->name - 'a'].item);
    }
    mark(self->name);
    return tr_scope_exit(r, &self->scope.scope, mark_woken());
}

static tr_status cancels_a_sender(tr_rt *r, tr_task *task) {
    char item;
    (void)task;
    tr_cancel(r, &children[0].scope.scope);
    assert_int_equal(tr_channel_statistics(&rt, &channel).waiting_senders, 1);
    assert_int_equal(tr_receive_nowait(r, &channel, &item), TR_TRY_DONE);
    mark(item);
    tr_cancel(r, &children[1].scope.scope);
    assert_int_equal(tr_receive_nowait(r, &channel, &item), TR_TRY_WOULD_BLOCK);
    return TR_DONE;
}

/* Rules 172, 174. */
static void a_cancelled_send_leaves_no_trace(void **state) {
    (void)state;
    open_channel(0);
    sendings[0].item = 'x';
    sendings[1].item = 'y';
    assert_int_equal(TOGETHER(sends_in_scope, sends_in_scope, cancels_a_sender), TR_DONE);
    assert_trace("yacbd");
}

static tr_status receives_in_scope(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++ == 0) {
        tr_scope_enter(r, &self->scope.scope, 0);
        return tr_receive(r, &channel, &self->item, &received[self->name - 'a']);
    }
    mark(self->name);
    mark(received[self->name - 'a']);
    return tr_scope_exit(r, &self->scope.scope, mark_woken());
}

static tr_status cancels_a_receiver(tr_rt *r, tr_task *task) {
    char item;
    (void)task;
    tr_cancel(r, &children[0].scope.scope);
    assert_true(send_now('x'));
    assert_int_equal(tr_receive_nowait(r, &channel, &item), TR_TRY_WOULD_BLOCK);
    tr_cancel(r, &children[1].scope.scope);
    tr_sender_close(r, &channel);
    return TR_DONE;
}

/* Rules 172, 173. */
static void a_cancelled_receive_takes_nothing(void **state) {
    (void)state;
    open_channel(1);
    memset(received, '-', sizeof received);
    assert_int_equal(TOGETHER(receives_in_scope, receives_in_scope, cancels_a_receiver), TR_DONE);
    assert_trace("a-cbxd");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nowait_forms_try_in_this_order),
        cmocka_unit_test(handles_are_counted_and_null_is_moved_away),
        cmocka_unit_test(large_items_go_round_the_buffer),
        cmocka_unit_test(a_buffered_channel),
        cmocka_unit_test(a_waiting_receiver_is_handed_the_item),
        cmocka_unit_test(a_rendezvous),
        cmocka_unit_test(blocked_senders_are_served_in_order),
        cmocka_unit_test(waiting_receivers_are_served_in_order),
        cmocka_unit_test(senders_are_told_when_the_last_receiver_closes),
        cmocka_unit_test(receivers_are_told_when_the_last_sender_closes),
        cmocka_unit_test(what_raises_at_once_takes_no_turn),
        cmocka_unit_test(cancelled_comes_before_broken),
        cmocka_unit_test(a_cancelled_send_leaves_no_trace),
        cmocka_unit_test(a_cancelled_receive_takes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
