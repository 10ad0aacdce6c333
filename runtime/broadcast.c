/* broadcast: one channel for its senders, and for each receiver an end, which is a channel too. An item is stored once;
   each end has its own place in the ring, and the last one to pass an item makes room. */
#include "tr_internal.h"

static tr_channel *end_of(tr_broadcast *broadcast, uint16_t i) {
    return (tr_channel *)(void *)(broadcast + 1) + i;
}

/* Brings the channel's counts up to date with the ends. */
static void count(tr_broadcast *broadcast) {
    tr_channel *channel = &broadcast->channel;
    channel->receivers = 0;
    channel->used = 0;
    for (uint16_t i = 0; i < broadcast->ends; i++) {
        const tr_channel *end = end_of(broadcast, i);
        if (!end->receivers) continue;
        channel->receivers++;
        if (end->used > channel->used) channel->used = end->used;
    }
}

/* Gives an item, for which there is room, to each end that is open: to who waits there, or for later. */
static void deliver(tr_rt *rt, tr_broadcast *broadcast, const void *item) {
    tr_channel *channel = &broadcast->channel;
    size_t size = tr_item_bytes_of(channel);
    tr_copy(TR_AT(rt, uint8_t, channel->buffer) + channel->head * size, item, size);
    if (++channel->head == tr_capacity_of(channel)) channel->head = 0;
    for (uint16_t i = 0; i < broadcast->ends; i++) {
        tr_channel *end = end_of(broadcast, i);
        if (!end->receivers) continue;
        void *to = tr_channel_serve(rt, end, false);
        if (to) {
            tr_copy(to, item, size);
            end->head = channel->head;
        } else {
            end->used++;
        }
    }
    count(broadcast);
}

static tr_try send(tr_rt *rt, tr_broadcast *broadcast, const void *item) {
    if (broadcast->channel.used == tr_capacity_of(&broadcast->channel)) return TR_TRY_WOULD_BLOCK;
    deliver(rt, broadcast, item);
    return TR_TRY_DONE;
}

/* No more items come. */
static void end_all(tr_rt *rt, tr_broadcast *broadcast) {
    for (uint16_t i = 0; i < broadcast->ends; i++) {
        tr_channel *end = end_of(broadcast, i);
        if (!end->senders) continue;
        end->senders = 0;
        tr_channel_break_off(rt, end, false);
    }
}

static void changed(tr_rt *rt, tr_broadcast *broadcast) {
    tr_channel *channel = &broadcast->channel;
    count(broadcast);
    if (!channel->senders) end_all(rt, broadcast);
    if (!channel->receivers) tr_channel_break_off(rt, channel, true);
    while (channel->used < tr_capacity_of(channel)) {
        const void *item = tr_channel_serve(rt, channel, true);
        if (!item) return;
        deliver(rt, broadcast, item);
    }
}

void tr_broadcast_init(tr_rt *rt, tr_broadcast *broadcast, uint16_t ends, void *buffer, size_t size, size_t capacity) {
    static const struct tr_broadcast_ops ops = {send, changed};
    broadcast->ops = &ops;
    broadcast->ends = ends;
    tr_channel_init(rt, &broadcast->channel, buffer, size, capacity);
    broadcast->channel.kind = TR_CHANNEL_BROADCAST;
    broadcast->channel.receivers = (tr_count)ends;
    for (uint16_t i = 0; i < ends; i++) {
        tr_channel *end = end_of(broadcast, i);
        tr_channel_init(rt, end, buffer, size, capacity);
        end->kind = (uint8_t)(TR_CHANNEL_END + i);
    }
    TR_WATCH(handles, -1 - ends);
}
