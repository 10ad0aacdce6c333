/* Broadcasts and channels that keep the latest item. */
#include "harness.h"

static struct { tr_broadcast channel; tr_channel end[3]; int items[2]; } cast;

static tr_channel *sender(void) { return &cast.channel.channel; }

static void fresh(uint16_t ends) { tr_broadcast_init(&rt, &cast.channel, ends, cast.items, sizeof(int), 2); }

static tr_try send(int item) { return tr_send_nowait(&rt, sender(), &item); }

/* Marks the item, or why there is none. */
static tr_try take(tr_channel *channel) {
    int item = 0;
    tr_try got = tr_receive_nowait(&rt, channel, &item);
    mark(got == TR_TRY_DONE ? (char)('0' + item) : got == TR_TRY_ENDED ? 'e' : '-');
    return got;
}

static void nothing_runs(void) {
    rt = (tr_rt){0};
    rt.last = &rt.ready;
    trace_len = 0;
}

static void every_end_gets_every_item(void **state) {
    (void)state;
    nothing_runs();
    fresh(3);
    assert_int_equal(send(1), TR_TRY_DONE);
    take(&cast.end[0]);
    assert_int_equal(send(2), TR_TRY_DONE);
    for (int i = 0; i < 3; i++) take(&cast.end[0]);
    for (int i = 0; i < 3; i++) take(&cast.end[1]);
    for (int i = 0; i < 3; i++) take(&cast.end[2]);
    assert_trace("12--12-12-");
}

static void the_slowest_sets_the_pace(void **state) {
    (void)state;
    nothing_runs();
    fresh(2);
    assert_int_equal(send(1), TR_TRY_DONE);
    assert_int_equal(send(2), TR_TRY_DONE);
    take(&cast.end[0]);
    take(&cast.end[0]);
    assert_int_equal(send(3), TR_TRY_WOULD_BLOCK);
    take(&cast.end[1]);
    assert_int_equal(send(3), TR_TRY_DONE);
    assert_int_equal(send(4), TR_TRY_WOULD_BLOCK);
    tr_channel_stats stats = tr_channel_statistics(&rt, sender());
    assert_int_equal(stats.buffered, 2);
    assert_int_equal(stats.receivers, 2);
    stats = tr_channel_statistics(&rt, &cast.end[0]);
    assert_int_equal(stats.buffered, 1);
    assert_int_equal(stats.senders, 1);
    take(&cast.end[1]);
    take(&cast.end[1]);
    take(&cast.end[0]);
    assert_trace("121233");
}

static void a_closed_end_is_not_waited_for(void **state) {
    (void)state;
    nothing_runs();
    fresh(2);
    send(1);
    send(2);
    take(&cast.end[0]);
    tr_receiver_close(&rt, &cast.end[1]);
    assert_int_equal(send(3), TR_TRY_DONE);
    assert_int_equal(tr_channel_statistics(&rt, sender()).receivers, 1);
    tr_receiver_clone(&cast.end[0]);
    tr_receiver_close(&rt, &cast.end[0]);
    take(&cast.end[0]);
    tr_receiver_close(&rt, &cast.end[0]);
    assert_int_equal(send(4), TR_TRY_ENDED);
    assert_trace("12");
}

static void the_last_sender_ends_all(void **state) {
    (void)state;
    nothing_runs();
    fresh(2);
    send(1);
    tr_sender_clone(sender());
    tr_sender_close(&rt, sender());
    take(&cast.end[0]);
    take(&cast.end[0]);
    tr_sender_close(&rt, sender());
    take(&cast.end[0]);
    take(&cast.end[1]);
    take(&cast.end[1]);
    assert_trace("1-e1e");
}

/* ---- with tasks that wait ---- */

static int sent[] = {1, 2, 3, 4};

static tr_status sends(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at && tr_woken(r) != TR_DONE) return mark_woken() == TR_CANCELLED ? TR_CANCELLED : TR_DONE;
    if (self->at == 4) {
        tr_sender_close(r, sender());
        return TR_DONE;
    }
    mark('s');
    return tr_send(r, sender(), &self->item, &sent[self->at++]);
}

static tr_status receives(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    tr_channel *end = &cast.end[self->name - 'a'];
    if (self->at++) {
        if (tr_woken(r) == TR_RAISED) return TR_DONE;
        mark((char)('0' + self->value));
    }
    tr_status status = tr_receive(r, end, &self->item, &self->value);
    return status == TR_RAISED ? TR_DONE : status;
}

/* Takes one item each 10 ms. */
static tr_status is_slow(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++ == 0) return tr_sleep(r, &self->sleep, 10 * MS);
    mark(' ');
    if (take(&cast.end[self->name - 'a']) == TR_TRY_ENDED) return TR_DONE;
    return tr_sleep(r, &self->sleep, 10 * MS);
}

static void waiting_receivers_get_items_at_once_and_waiting_senders_wake(void **state) {
    (void)state;
    fresh(2);
    assert_int_equal(TOGETHER(receives, is_slow, sends), TR_DONE);
    assert_trace("s1s2s 1s3 24 3 4 e");
}

static tr_status closes(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++ == 0) return tr_sleep(r, &self->sleep, 5 * MS);
    tr_receiver_close(r, &cast.end[1]);
    return TR_DONE;
}

static void closing_the_slowest_wakes_a_sender(void **state) {
    (void)state;
    fresh(2);
    assert_int_equal(TOGETHER(receives, closes, sends), TR_DONE);
    assert_trace("s1s2ss34");
}

static tr_status closes_all(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++ == 0) return tr_sleep(r, &self->sleep, 5 * MS);
    tr_receiver_close(r, &cast.end[0]);
    tr_receiver_close(r, &cast.end[1]);
    return TR_DONE;
}

static void closing_all_breaks_off_a_sender(void **state) {
    (void)state;
    fresh(2);
    assert_int_equal(TOGETHER(closes_all, sends), TR_DONE);
    assert_trace("sssr");
}

static tr_status cancels(tr_rt *r, tr_task *task) {
    job *self = job_of(task);
    if (self->at++ == 0) return tr_sleep(r, &self->sleep, 5 * MS);
    tr_cancel(r, &nursery_of(task)->scope);
    return TR_DONE;
}

static void a_cancelled_send_has_sent_nothing(void **state) {
    (void)state;
    fresh(1);
    assert_int_equal(TOGETHER(cancels, sends), TR_DONE);
    take(&cast.end[0]);
    take(&cast.end[0]);
    take(&cast.end[0]);
    assert_trace("sssc12-");
}

/* ---- the latest item ---- */

static void the_newest_item_wins(void **state) {
    (void)state;
    nothing_runs();
    tr_channel channel;
    int slot, item;
    tr_latest_init(&rt, &channel, &slot, sizeof slot);
    take(&channel);
    for (item = 1; item < 4; item++) assert_int_equal(tr_send_nowait(&rt, &channel, &item), TR_TRY_DONE);
    take(&channel);
    take(&channel);
    item = 5;
    tr_send_nowait(&rt, &channel, &item);
    tr_sender_close(&rt, &channel);
    take(&channel);
    take(&channel);
    assert_trace("-3-5e");
    tr_receiver_close(&rt, &channel);
    assert_int_equal(tr_send_nowait(&rt, &channel, &item), TR_TRY_ENDED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_end_gets_every_item),
        cmocka_unit_test(the_slowest_sets_the_pace),
        cmocka_unit_test(a_closed_end_is_not_waited_for),
        cmocka_unit_test(the_last_sender_ends_all),
        cmocka_unit_test(waiting_receivers_get_items_at_once_and_waiting_senders_wake),
        cmocka_unit_test(closing_the_slowest_wakes_a_sender),
        cmocka_unit_test(closing_all_breaks_off_a_sender),
        cmocka_unit_test(a_cancelled_send_has_sent_nothing),
        cmocka_unit_test(the_newest_item_wins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
