/* channel: items from senders to receivers in order, through a ring buffer, or from hand to hand when somebody waits.
   */
#include <string.h>

#include "tr_internal.h"

void tr_channel_init(tr_channel *channel, void *buffer, size_t size, size_t capacity) {
    *channel = (tr_channel){
        .buffer = buffer, .size = size, .capacity = (uint16_t)capacity, .senders = 1, .receivers = 1
    };
    tr_ring_init(&channel->waiting);
    TR_WATCH(handles, 2);
}

static tr_status wait_with(tr_rt *rt, tr_channel *channel, tr_channel_wait *wait, void *item, bool sender) {
    wait->item = item;
    channel->senders_wait = sender;
    return tr_queue(rt, &channel->waiting, &wait->wait);
}

bool tr_channel_link(tr_channel *channel, tr_channel_wait *wait, void *item, bool sender) {
    wait->item = item;
    if (tr_ring_empty(&channel->waiting)) channel->senders_wait = sender;
    else if (channel->senders_wait & TR_CHANNEL_BOTH) return false;
    /* Had others waited on the far side, they would have been served: it is the same select. */
    else if (channel->senders_wait != sender) channel->senders_wait |= TR_CHANNEL_BOTH;
    tr_ring_push(&channel->waiting, &wait->wait.ring);
    return true;
}

/* Where a select waits on both sides: brings the wait of this one forward. False if it waits on one side only, which is
   not this. */
static bool bring_forward(tr_channel *channel, bool sender) {
    if (!(channel->senders_wait & TR_CHANNEL_BOTH)) return false;
    tr_ring *last = channel->waiting.prev;
    bool is_first = (channel->senders_wait & 1u) == sender;
    if (is_first || last == &channel->waiting) return true;
    tr_ring_remove(last);
    tr_ring_push(channel->waiting.next, last);
    return true;
}

void *tr_channel_serve(tr_rt *rt, tr_channel *channel, bool sender) {
    if (channel->senders_wait != sender && !bring_forward(channel, sender)) return NULL;
    tr_wait *wait = tr_wake_oldest(rt, &channel->waiting, TR_WAKE_DONE);
#if TR_TEST
    if (wait) wait->blocked.task->handed = true;
#endif
    return wait ? TR_RECORD(wait, tr_channel_wait, wait)->item : NULL;
}

void tr_channel_break_off(tr_rt *rt, tr_channel *channel, bool senders) {
    if (channel->senders_wait == senders) tr_wake_all(rt, &channel->waiting, TR_WAKE_RAISED);
}

static void buffer_put(tr_channel *channel, const void *item) {
    uint16_t room = (uint16_t)(channel->capacity - channel->head);
    size_t tail = channel->used < room ? (size_t)channel->head + channel->used : (size_t)channel->used - room;
    memcpy(channel->buffer + tail * channel->size, item, channel->size);
    channel->used++;
}

static void buffer_take(tr_channel *channel, void *item) {
    memcpy(item, channel->buffer + (size_t)channel->head * channel->size, channel->size);
    channel->used--;
    if (++channel->head == channel->capacity) channel->head = 0;
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
        memcpy(to, item, channel->size);
    } else {
        if (channel->used == channel->capacity) {
            if (channel->kind != TR_CHANNEL_LATEST) return TR_TRY_WOULD_BLOCK;
            channel->used = 0;
        }
        buffer_put(channel, item);
    }
    return TR_TRY_DONE;
}

tr_try tr_receive_nowait(tr_rt *rt, tr_channel *channel, void *item) {
    if (channel->used) {
        buffer_take(channel, item);
        const void *from = tr_channel_serve(rt, channel, true);
        if (from) buffer_put(channel, from);
        tell(rt, channel);
        return TR_TRY_DONE;
    }
    const void *from = tr_channel_serve(rt, channel, true);
    if (!from) return channel->senders == 0 ? TR_TRY_ENDED : TR_TRY_WOULD_BLOCK;
    memcpy(item, from, channel->size);
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

static uint16_t count_waiting(const tr_channel *channel) {
    uint16_t waiting = 0;
    for (const tr_ring *node = channel->waiting.next; node != &channel->waiting; node = node->next) waiting++;
    return waiting;
}

/* Of those who wait as senders or as receivers. */
static uint16_t waiting_as(const tr_channel *channel, bool senders) {
    uint16_t waiting = count_waiting(channel);
    uint16_t others = waiting && (channel->senders_wait & TR_CHANNEL_BOTH);
    return (channel->senders_wait & 1u) == senders ? (uint16_t)(waiting - others) : others;
}

tr_channel_stats tr_channel_statistics(const tr_channel *channel) {
    const tr_channel *front = channel;
    if (channel->kind >= TR_CHANNEL_END) front = &tr_broadcast_of((tr_channel *)(uintptr_t)channel)->channel;
    return (tr_channel_stats){
        .buffered = channel->used, .capacity = channel->capacity,
        .senders = front->senders, .receivers = channel->receivers,
        .waiting_senders = waiting_as(front, true), .waiting_receivers = waiting_as(channel, false),
    };
}
