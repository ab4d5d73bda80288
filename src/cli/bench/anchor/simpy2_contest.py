"""The contest's workloads in SimPy 2, which Debian calls python3-simpy: simpy2_contest.py WORKLOAD MESSAGES SEED prints one line of JSON.

As its documentation shows, and as in SimPy 3 and 4: a process for each active thing, a Store for each queue; a process a hop for plain
latency. The rules are in workload.ts.
"""
import json
import resource
import sys
from collections import deque
from random import Random

import SimPy
from SimPy.Simulation import Process, Simulation, Store, get, hold, put

HOP = 0.02
KEYS = ['orders.eu.created', 'orders.eu.paid', 'orders.us.created', 'orders.us.paid', 'stock.eu.low', 'stock.us.low', 'users.created', 'users.deleted']
FOREVER = 1e15


def percentile(values, share):
    return sorted(values)[int(share * len(values))]


class Server(Process):
    """One server; what it has served goes to the next store, or ends."""

    def serve(self, store, following, rng, waits, end):
        while True:
            yield get, self, store, 1
            message = self.got[0]
            waits.append(self.sim.now() - message[1])
            yield hold, self, rng.expovariate(1.0)
            if following is None:
                end(message)
            else:
                message[1] = self.sim.now()
                yield put, self, following, [message]


class Source(Process):
    def produce(self, rng, rate, stores, refuse):
        while True:
            yield hold, self, rng.expovariate(rate)
            for store in stores:
                if refuse(store):
                    continue
                yield put, self, store, [[self.sim.now(), self.sim.now()]]


class Later(Process):
    def call(self, action):
        action()
        return
        yield

    def bring(self, store, message):
        yield put, self, store, [message]


def new_simulation():
    sim = Simulation()
    sim.initialize()
    return sim


def run(sim, seeds, count, result, next_of, refuse=lambda _store: False, fed=1):
    """Stations of one server each; the first `fed` of them are fed by the source."""
    ends, waits = [0], [[] for _ in seeds]

    def end(message):
        result(message)
        ends[0] += 1
        if ends[0] >= count:
            sim.stopSimulation()

    stores = [Store(sim=sim, monitored=False) for _ in seeds]
    for n, seed in enumerate(seeds):
        server = Server(sim=sim)
        following = next_of(n)
        sim.activate(server, server.serve(stores[n], None if following is None else stores[following], Random(seed), waits[n], end))
    source = Source(sim=sim)
    sim.activate(source, source.produce(Random(seeds[0] + 5000), 0.8, stores[:fed], refuse))
    sim.simulate(until=FOREVER)
    return ends[0], waits


def single(count, seed):
    done, waits = run(new_simulation(), [seed * 7 + 1], count, lambda _message: None, lambda _n: None)
    return dict(messages=done, mean=sum(waits[0]) / len(waits[0]), p99=percentile(waits[0], 0.99))


def series(count, seed):
    sim, sojourns = new_simulation(), []
    done, _ = run(sim, [seed * 99 + n for n in range(10)], count, lambda message: sojourns.append(sim.now() - message[0]), lambda n: n + 1 if n < 9 else None)
    return dict(messages=done, mean=sum(sojourns) / done, p99=percentile(sojourns, 0.99))


def fan_out(count, seed):
    refused = [0]

    def refuse(store):
        full = store.nrBuffered >= 16
        refused[0] += full
        return full

    done, waits = run(new_simulation(), [seed * 999 + n for n in range(100)], count, lambda _message: None, lambda _n: None, refuse, 100)
    every = [wait for one in waits for wait in one]
    return dict(messages=done, mean=sum(every) / len(every), p99=percentile(every, 0.99), share=refused[0] / (refused[0] + len(every)))


class Message:
    __slots__ = ('number', 'key', 'headers', 'redelivered', 'born')

    def __init__(self, number, now):
        self.number = number
        self.key = KEYS[number & 7]
        self.headers = {'x-attempt': 0, 'tenant': number & 15, 'content-type': 'application/json'}
        self.redelivered = False
        self.born = now


class Broker:
    def __init__(self, sim, count):
        self.sim, self.count = sim, count
        self.ready, self.unacknowledged, self.turn = deque(), [0] * 16, 0
        self.sojourns, self.requeued, self.number, self.keys = [], 0, 0, {}
        self.area = self.last = 0.0
        self.consumers = []

    def later(self, action):
        hop = Later(sim=self.sim)
        self.sim.activate(hop, hop.call(action), delay=HOP)

    def changed(self):
        self.area += (self.sim.now() - self.last) * len(self.ready)
        self.last = self.sim.now()

    def enqueue(self, message):
        self.keys[message.key] = self.keys.get(message.key, 0) + 1
        self.changed()
        self.ready.append(message)
        self.dispatch()

    def dispatch(self):
        while self.ready:
            tried = 0
            while tried < 16 and self.unacknowledged[self.turn] >= 10:
                self.turn = (self.turn + 1) & 15
                tried += 1
            if tried == 16:
                return
            consumer = self.consumers[self.turn]
            self.unacknowledged[self.turn] += 1
            self.turn = (self.turn + 1) & 15
            self.changed()
            message = self.ready.popleft()
            hop = Later(sim=self.sim)
            self.sim.activate(hop, hop.bring(consumer, message), delay=HOP)

    def settle(self, consumer, message, failed):
        self.unacknowledged[consumer] -= 1
        if failed:
            self.requeued += 1
            message.redelivered = True
            message.headers['x-attempt'] += 1
            self.changed()
            self.ready.appendleft(message)
        else:
            self.sojourns.append(self.sim.now() - message.born)
            if len(self.sojourns) >= self.count:
                self.sim.stopSimulation()
        self.dispatch()


class Consumer(Process):
    def consume(self, broker, number, store, rng):
        handled = 0
        while True:
            yield get, self, store, 1
            message = self.got[0]
            yield hold, self, rng.expovariate(1.0)
            handled += 1
            failed = rng.random() < 0.05
            broker.later(lambda message=message, failed=failed: broker.settle(number, message, failed))


class Producer(Process):
    def produce(self, broker, rng):
        while True:
            yield hold, self, rng.expovariate(3.5)
            message = Message(broker.number, self.sim.now())
            broker.number += 1
            broker.later(lambda message=message: broker.enqueue(message))


def competing(count, seed):
    sim = new_simulation()
    broker = Broker(sim, count)
    broker.consumers = [Store(sim=sim, monitored=False) for _ in range(16)]
    for n in range(16):
        consumer = Consumer(sim=sim)
        sim.activate(consumer, consumer.consume(broker, n, broker.consumers[n], Random(seed * 77 + n)))
    for n in range(4):
        producer = Producer(sim=sim)
        sim.activate(producer, producer.produce(broker, Random(seed * 77 + 50 + n)))
    sim.simulate(until=FOREVER)
    done = len(broker.sojourns)
    return dict(messages=done, mean=sum(broker.sojourns) / done, p99=percentile(broker.sojourns, 0.99), share=broker.requeued / (broker.requeued + done))


def main():
    workload, count, seed = sys.argv[1], int(float(sys.argv[2])), int(sys.argv[3])
    kernel = dict(W1=single, W2=series, W3=fan_out, W4=competing)[workload]
    kernel(max(100, count // 20), seed + 1)  # warm-up
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    result = kernel(count, seed)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    # SimPy 2 does not say how many events there were.
    print(json.dumps(dict(result, events=0, userSeconds=after - before, version=SimPy.__version__)))


main()
