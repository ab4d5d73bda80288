"""The contest's workloads in SimPy 3 or 4: simpy_contest.py WORKLOAD MESSAGES SEED prints one line of JSON.

As its documentation shows: a process for each active thing, a Store for each queue; plain latency by callbacks on a Timeout, which is
cheaper than a process a hop. The rules are in workload.ts.
"""
import json
import resource
import sys
from collections import deque
from random import Random

import simpy

HOP = 0.02
KEYS = ['orders.eu.created', 'orders.eu.paid', 'orders.us.created', 'orders.us.paid', 'stock.eu.low', 'stock.us.low', 'users.created', 'users.deleted']


class Done(Exception):
    pass


def percentile(values, share):
    return sorted(values)[int(share * len(values))]


def run(env):
    try:
        env.run()
    except Done:
        pass
    return next(env._eid) - len(env._queue)


def server(env, store, rng, waits, out):
    while True:
        message = yield store.get()
        waits.append(env.now - message[1])
        yield env.timeout(rng.expovariate(1.0))
        out(message)


def source(env, rng, rate, emit):
    while True:
        yield env.timeout(rng.expovariate(rate))
        emit([env.now, env.now])


def single(count, seed):
    env = simpy.Environment()
    waits, done, store = [], [0], simpy.Store(env)

    def out(_message):
        done[0] += 1
        if done[0] >= count:
            raise Done

    env.process(server(env, store, Random(seed * 7 + 1), waits, out))
    env.process(source(env, Random(seed * 7 + 2), 0.8, store.put))
    events = run(env)
    return dict(messages=done[0], events=events, mean=sum(waits) / len(waits), p99=percentile(waits, 0.99))


def series(count, seed):
    env = simpy.Environment()
    sojourns, waits = [], [[] for _ in range(10)]
    stores = [simpy.Store(env) for _ in range(10)]

    def last(message):
        sojourns.append(env.now - message[0])
        if len(sojourns) >= count:
            raise Done

    def forward(store):
        def put(message):
            message[1] = env.now
            store.put(message)
        return put

    for n in range(10):
        env.process(server(env, stores[n], Random(seed * 99 + n), waits[n], forward(stores[n + 1]) if n < 9 else last))
    env.process(source(env, Random(seed * 99 + 50), 0.8, stores[0].put))
    events = run(env)
    return dict(messages=len(sojourns), events=events, mean=sum(sojourns) / len(sojourns), p99=percentile(sojourns, 0.99))


def fan_out(count, seed):
    env = simpy.Environment()
    waits, done, refused, published = [], [0], [0], [0]
    stores = [simpy.Store(env) for _ in range(100)]

    def out(_message):
        done[0] += 1
        if done[0] >= count:
            raise Done

    def emit(message):
        published[0] += 1
        for store in stores:
            if len(store.items) < 16:
                store.put([message[0], message[1]])
            else:
                refused[0] += 1

    for n in range(100):
        env.process(server(env, stores[n], Random(seed * 999 + n), waits, out))
    env.process(source(env, Random(seed * 999 + 500), 0.8, emit))
    events = run(env)
    return dict(messages=done[0], events=events, mean=sum(waits) / len(waits), p99=percentile(waits, 0.99), share=refused[0] / published[0] / 100)


class Message:
    __slots__ = ('number', 'key', 'headers', 'redelivered', 'born')

    def __init__(self, number, now):
        self.number = number
        self.key = KEYS[number & 7]
        self.headers = {'x-attempt': 0, 'tenant': number & 15, 'content-type': 'application/json'}
        self.redelivered = False
        self.born = now


def competing(count, seed):
    env = simpy.Environment()
    ready, unacknowledged, sojourns = deque(), [0] * 16, []
    state = dict(turn=0, requeued=0, number=0, area=0.0, last=0.0)
    handled, keys = [0] * 16, {}
    stores = [simpy.Store(env) for _ in range(16)]
    timeout = env.timeout

    def changed():
        state['area'] += (env.now - state['last']) * len(ready)
        state['last'] = env.now

    def dispatch():
        while ready:
            consumer, tried = state['turn'], 0
            while tried < 16 and unacknowledged[consumer] >= 10:
                consumer = (consumer + 1) & 15
                tried += 1
            if tried == 16:
                return
            state['turn'] = (consumer + 1) & 15
            unacknowledged[consumer] += 1
            changed()
            message = ready.popleft()
            timeout(HOP, message).callbacks.append(lambda event, put=stores[consumer].put: put(event._value))

    def enqueue(event):
        message = event._value
        keys[message.key] = keys.get(message.key, 0) + 1
        changed()
        ready.append(message)
        dispatch()

    def acknowledge(event):
        message, consumer = event._value
        unacknowledged[consumer] -= 1
        sojourns.append(env.now - message.born)
        dispatch()
        if len(sojourns) >= count:
            raise Done

    def requeue(event):
        message, consumer = event._value
        unacknowledged[consumer] -= 1
        state['requeued'] += 1
        message.redelivered = True
        message.headers['x-attempt'] += 1
        changed()
        ready.appendleft(message)
        dispatch()

    def consume(consumer, rng):
        while True:
            message = yield stores[consumer].get()
            yield timeout(rng.expovariate(1.0))
            handled[consumer] += 1
            timeout(HOP, (message, consumer)).callbacks.append(requeue if rng.random() < 0.05 else acknowledge)

    def produce(rng):
        while True:
            yield timeout(rng.expovariate(3.5))
            message = Message(state['number'], env.now)
            state['number'] += 1
            timeout(HOP, message).callbacks.append(enqueue)

    for n in range(16):
        env.process(consume(n, Random(seed * 77 + n)))
    for n in range(4):
        env.process(produce(Random(seed * 77 + 50 + n)))
    events = run(env)
    return dict(messages=len(sojourns), events=events, mean=sum(sojourns) / len(sojourns), p99=percentile(sojourns, 0.99), share=state['requeued'] / (state['requeued'] + len(sojourns)))


def main():
    workload, count, seed = sys.argv[1], int(float(sys.argv[2])), int(sys.argv[3])
    kernel = dict(W1=single, W2=series, W3=fan_out, W4=competing)[workload]
    kernel(max(100, count // 20), seed + 1)  # warm-up
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    result = kernel(count, seed)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    print(json.dumps(dict(result, userSeconds=after - before, version=getattr(simpy, '__version__', ''))))


main()
