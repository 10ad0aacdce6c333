/* channel: items from senders to receivers in order, through a ring buffer, or from hand to hand when somebody waits.
   */
#include "tr_internal.h"

void tr_channel_init(tr_rt *rt, tr_channel *channel, void *buffer, size_t size, size_t capacity) {
    *channel = (tr_channel){.senders = 1, .receivers = 1};
#if TR_ITEM_BYTES
    (void)size;
#else
    channel->size = (tr_size)size;
#endif
#if TR_CAPACITY
    (void)capacity;
#else
    channel->capacity = (tr_count)capacity;
#endif
    if (buffer) channel->buffer = TR_TO(rt, (uint8_t *)buffer);
    tr_ring_init(rt, &channel->waiting);
    TR_WATCH(handles, 2);
}

static tr_status wait_with(tr_rt *rt, tr_channel *channel, tr_channel_wait *wait, void *item, bool sender) {
    wait->item = TR_TO(rt, item);
    channel->senders_wait = sender;
    return tr_queue(rt, &channel->waiting, &wait->wait);
}

#if TR_HAS_SELECT

bool tr_channel_link(tr_rt *rt, tr_channel *channel, tr_channel_wait *wait, void *item, bool sender) {
    wait->item = TR_TO(rt, item);
    if (tr_ring_empty(rt, &channel->waiting)) channel->senders_wait = sender;
    else if (channel->senders_wait & TR_CHANNEL_BOTH) return false;
    /* Had others waited on the far side, they would have been served: it is the same select. */
    else if (channel->senders_wait != sender) channel->senders_wait |= TR_CHANNEL_BOTH;
    tr_ring_push(rt, &channel->waiting, &wait->wait.ring);
    return true;
}

/* Where a select waits on both sides: brings the wait of this one forward. False if it waits on one side only, which is
   not this. */
static bool bring_forward(tr_rt *rt, tr_channel *channel, bool sender) {
    if (!(channel->senders_wait & TR_CHANNEL_BOTH)) return false;
    tr_ring *last = TR_RING(rt, channel->waiting.prev);
    bool is_first = (channel->senders_wait & 1u) == sender;
    if (is_first || last == &channel->waiting) return true;
    tr_ring_remove(rt, last);
    tr_ring_push(rt, TR_RING(rt, channel->waiting.next), last);
    return true;
}

#else

static bool bring_forward(const tr_rt *rt, const tr_channel *channel, bool sender) {
    return (void)rt, (void)channel, (void)sender, false;
}

#endif

void *tr_channel_serve(tr_rt *rt, tr_channel *channel, bool sender) {
    if (tr_ring_empty(rt, &channel->waiting)) return NULL;
    if (channel->senders_wait != sender && !bring_forward(rt, channel, sender)) return NULL;
    tr_wait *wait = tr_wake_oldest(rt, &channel->waiting, TR_WAKE_DONE);
#if TR_TEST
    if (wait) TR_AT(rt, tr_task, wait->task)->handed = true;
#endif
    return wait ? TR_AT(rt, void, TR_RECORD(wait, tr_channel_wait, wait)->item) : NULL;
}

void tr_channel_break_off(tr_rt *rt, tr_channel *channel, bool senders) {
    if (channel->senders_wait == senders) tr_wake_all(rt, &channel->waiting, TR_WAKE_RAISED);
}

static void buffer_put(const tr_rt *rt, tr_channel *channel, const void *item) {
    size_t tail = (size_t)channel->head + channel->used;
    bool wrapped = tail < channel->head;        /* where size_t has 16 bits */
    if (wrapped || tail >= tr_capacity_of(channel)) tail -= tr_capacity_of(channel);
    tr_copy(TR_AT(rt, uint8_t, channel->buffer) + tail * tr_item_bytes_of(channel), item, tr_item_bytes_of(channel));
    channel->used++;
}

static void buffer_take(const tr_rt *rt, tr_channel *channel, void *item) {
    size_t size = tr_item_bytes_of(channel);
    tr_copy(item, TR_AT(rt, uint8_t, channel->buffer) + channel->head * size, size);
    channel->used--;
    if (++channel->head == tr_capacity_of(channel)) channel->head = 0;
}

/* Lets a broadcast know that one of its ends, or whether it has senders, has changed. */
static void tell(tr_rt *rt, tr_channel *channel) {
    if (channel->kind < TR_CHANNEL_BROADCAST) return;
    tr_broadcast *broadcast = tr_broadcast_of(channel);
    broadcast->ops->changed(rt, broadcast);
}

tr_try tr_send_nowait(tr_rt *rt, tr_channel *channel, const void *item) {
    if (channel->receivers == 0) return TR_TRY_ENDED;
    if (channel->kind == TR_CHANNEL_BROADCAST) {
        tr_broadcast *broadcast = tr_broadcast_of(channel);
        return broadcast->ops->send(rt, broadcast, item);
    }
    void *to = tr_channel_serve(rt, channel, false);
    if (to) {
        tr_copy(to, item, tr_item_bytes_of(channel));
    } else {
        if (channel->used == tr_capacity_of(channel)) {
            if (channel->kind != TR_CHANNEL_LATEST) return TR_TRY_WOULD_BLOCK;
            channel->used = 0;
        }
        buffer_put(rt, channel, item);
    }
    return TR_TRY_DONE;
}

tr_try tr_receive_nowait(tr_rt *rt, tr_channel *channel, void *item) {
    if (channel->used) {
        buffer_take(rt, channel, item);
        const void *from = tr_channel_serve(rt, channel, true);
        if (from) buffer_put(rt, channel, from);
        tell(rt, channel);
        return TR_TRY_DONE;
    }
    const void *from = tr_channel_serve(rt, channel, true);
    if (!from) return channel->senders == 0 ? TR_TRY_ENDED : TR_TRY_WOULD_BLOCK;
    tr_copy(item, from, tr_item_bytes_of(channel));
    return TR_TRY_DONE;
}

tr_status tr_send(tr_rt *rt, tr_channel *channel, tr_channel_wait *wait, const void *item) {
    if (tr_is_cancelled(rt)) return tr_turn(rt, TR_WAKE_REFUSED);
    switch (tr_send_nowait(rt, channel, item)) {
    case TR_TRY_DONE: return tr_turn(rt, TR_WAKE_DONE);
    case TR_TRY_ENDED: return TR_RAISED;
    case TR_TRY_WOULD_BLOCK: break;
    }
    return wait_with(rt, channel, wait, (void *)(uintptr_t)item, true);
}

tr_status tr_receive(tr_rt *rt, tr_channel *channel, tr_channel_wait *wait, void *item) {
    if (tr_is_cancelled(rt)) return tr_turn(rt, TR_WAKE_REFUSED);
    switch (tr_receive_nowait(rt, channel, item)) {
    case TR_TRY_DONE: return tr_turn(rt, TR_WAKE_DONE);
    case TR_TRY_ENDED: return TR_RAISED;
    case TR_TRY_WOULD_BLOCK: break;
    }
    return wait_with(rt, channel, wait, item, false);
}

void tr_sender_close(tr_rt *rt, tr_channel *channel) {
    TR_WATCH(handles, channel ? -1 : 0);
    if (!channel || --channel->senders) return;
    tr_channel_break_off(rt, channel, false);
    tell(rt, channel);
}

void tr_receiver_close(tr_rt *rt, tr_channel *channel) {
    TR_WATCH(handles, channel ? -1 : 0);
    if (!channel || --channel->receivers) return;
    channel->used = 0;
    tr_channel_break_off(rt, channel, true);
    tell(rt, channel);
}

static uint16_t count_waiting(const tr_rt *rt, const tr_channel *channel) {
    uint16_t waiting = 0;
    const tr_ring *node = &channel->waiting;
    while ((node = TR_RING(rt, node->next)) != &channel->waiting) waiting++;
    return waiting;
}

/* Of those who wait as senders or as receivers. */
static uint16_t waiting_as(const tr_rt *rt, const tr_channel *channel, bool senders) {
    uint16_t waiting = count_waiting(rt, channel);
    uint16_t others = waiting && (channel->senders_wait & TR_CHANNEL_BOTH);
    return (channel->senders_wait & 1u) == senders ? (uint16_t)(waiting - others) : others;
}

tr_channel_stats tr_channel_statistics(const tr_rt *rt, const tr_channel *channel) {
    const tr_channel *front = channel;
    if (channel->kind >= TR_CHANNEL_END) front = &tr_broadcast_of((tr_channel *)(uintptr_t)channel)->channel;
    return (tr_channel_stats){
        .buffered = channel->used, .capacity = tr_capacity_of(channel),
        .senders = front->senders, .receivers = channel->receivers,
        .waiting_senders = waiting_as(rt, front, true), .waiting_receivers = waiting_as(rt, channel, false),
    };
}
