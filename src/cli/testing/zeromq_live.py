"""Plays scripts on the real libzmq: a list of them as JSON on standard input, what was seen of each as JSON on standard output.

The format is that of the recordings. Every script has sockets, addresses and a context of its own, so many play at a time.
"""
import json
import os
import re
import socket
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import zmq

SETTLE_S = 0.35
POLL_S = 0.005
DRAIN_S = 0.02
# A send that doesn't wait looks into its mailbox when its last look is longer ago than this.
MAILBOX_S = 0.003
RECV_TIMEOUT_MS = 400
AT_A_TIME = 24
ERRORS = {zmq.EAGAIN: 'EAGAIN', zmq.EFSM: 'EFSM', zmq.EHOSTUNREACH: 'EHOSTUNREACH', zmq.ENOTSUP: 'ENOTSUP', zmq.EADDRINUSE: 'EADDRINUSE', 2: 'ENOENT'}

# A context that is let go waits for what its sockets still want to send.
CONTEXTS = []


def failure(error):
    return {'error': ERRORS.get(error.errno, str(error))}


def names_of(value):
    return value if isinstance(value, list) else [value]


class Script:
    def __init__(self, steps):
        self.steps = steps
        self.context = zmq.Context()
        CONTEXTS.append(self.context)
        self.sockets = {}
        self.polled = {}
        self.blocked = []
        self.received = {}
        self.generated = {}
        self.addresses = {}
        self.replies = {}
        self.deliveries = {}

    def play(self):
        for step in self.steps:
            reply = getattr(self, 'do_' + step['op'])(step)
            if 'as' in step and reply is not None:
                self.replies[step['as']] = reply
        self.rest(SETTLE_S)
        # What lingers would keep the context for ever: it goes with the process.
        for one in self.polled.values():
            one.close(linger=0)
        return {'replies': self.replies, 'deliveries': self.deliveries}

    def do_socket(self, step):
        one = self.context.socket(getattr(zmq, step['type']))
        one.linger = -1
        for name, value in step.get('options', {}).items():
            one.setsockopt(getattr(zmq, name), value.encode() if isinstance(value, str) else value)
        self.sockets[step['socket']] = self.polled[step['socket']] = one

    def do_bind(self, step):
        return self.attempt(lambda: self.named(step).bind(self.address(step['endpoint'])))

    def do_connect(self, step):
        return self.attempt(lambda: self.named(step).connect(self.address(step['endpoint'])))

    def do_disconnect(self, step):
        return self.attempt(lambda: self.named(step).disconnect(self.address(step['endpoint'])))

    def do_subscribe(self, step):
        for prefix in names_of(step['prefix']):
            self.named(step).setsockopt(zmq.SUBSCRIBE, prefix.encode())

    def do_unsubscribe(self, step):
        for prefix in names_of(step['prefix']):
            self.named(step).setsockopt(zmq.UNSUBSCRIBE, prefix.encode())

    def do_send(self, step):
        name, first = step['socket'], step.get('from', 1)
        if step.get('async'):
            time.sleep(MAILBOX_S)
            frames = self.frames(step, first)
            if any(other == name for other, _, _ in self.blocked):
                self.blocked.append((name, frames, step['as']))
                return None
            try:
                self.named(step).send_multipart(frames, zmq.NOBLOCK)
                return 'ok'
            except zmq.Again:
                self.blocked.append((name, frames, step['as']))
                return None
        one, sent, error = self.named(step), 0, {}
        time.sleep(MAILBOX_S)
        one.sndtimeo = step.get('timeout', 0)
        for n in range(first, first + step.get('times', 1)):
            try:
                one.send_multipart(self.frames(step, n))
                sent += 1
            except zmq.ZMQError as failed:
                error = failure(failed)
                break
        return {'sent': sent, **error} if 'times' in step else error or 'ok'

    def do_recv(self, step):
        reply = None
        for _ in range(step.get('times', 1)):
            one = self.named(step)
            self.deliveries.setdefault(step['socket'], [])
            one.rcvtimeo = step.get('timeout', RECV_TIMEOUT_MS)
            try:
                frames = one.recv_multipart()
            except zmq.ZMQError as failed:
                reply = failure(failed)
                continue
            if 'as' in step:
                self.received[step['as']] = frames
            reply = self.told(one, frames)
            self.deliveries[step['socket']].append(reply)
        return reply

    def do_drain(self, step):
        for name in names_of(step['socket']):
            one = self.sockets[name]
            seen = self.deliveries.setdefault(name, [])
            quiet_since = time.monotonic()
            while time.monotonic() - quiet_since < DRAIN_S:
                try:
                    seen.append(self.told(one, one.recv_multipart(zmq.NOBLOCK)))
                    quiet_since = time.monotonic()
                except zmq.ZMQError:
                    time.sleep(POLL_S)

    def do_proxy(self, step):
        front, back = self.polled.pop(step['frontend']), self.polled.pop(step['backend'])
        threading.Thread(target=zmq.proxy, args=(front, back), daemon=True).start()

    def do_close(self, step):
        one = self.polled.pop(step['socket'])
        one.close(linger=step['LINGER']) if 'LINGER' in step else one.close()

    def do_settle(self, _step):
        self.rest(SETTLE_S)

    def do_wait(self, step):
        self.rest(step['ms'] / 1000)

    def attempt(self, act):
        try:
            act()
        except zmq.ZMQError as failed:
            return failure(failed)
        return None

    def named(self, step):
        return self.sockets[step['socket']]

    def address(self, endpoint):
        if endpoint.startswith('inproc:'):
            return endpoint
        if endpoint not in self.addresses:
            with socket.socket() as probe:
                probe.bind(('127.0.0.1', 0))
                self.addresses[endpoint] = f'tcp://127.0.0.1:{probe.getsockname()[1]}'
        return self.addresses[endpoint]

    def rest(self, seconds):
        """As a poll loop: every socket looks into its mailbox, sends that had to wait are tried again."""
        end = time.monotonic() + seconds
        while True:
            for one in self.polled.values():
                one.getsockopt(zmq.EVENTS)
            held = set()
            for name, frames, label in list(self.blocked):
                if name in held:
                    continue
                try:
                    self.sockets[name].send_multipart(frames, zmq.NOBLOCK)
                    self.blocked.remove((name, frames, label))
                    self.replies[label] = 'ok'
                except zmq.ZMQError:
                    held.add(name)
            if time.monotonic() >= end:
                return
            time.sleep(POLL_S)

    def frames(self, step, n):
        return [self.resolved(frame.replace('{i}', str(n))) for frame in step['frames']]

    def resolved(self, frame):
        found = re.fullmatch(r'\$(\w+)\[(\d+)\]', frame)
        if found and found[1] in self.received:
            frames, place = self.received[found[1]], int(found[2])
            return frames[place] if place < len(frames) else frame.encode()
        for raw, shown in self.generated.items():
            if shown == frame:
                return raw
        return re.sub(r'^\\x0([01])', lambda digit: chr(int(digit[1])), frame).encode()

    def told(self, one, frames):
        """Subscriptions, as an XPUB reads them, are written with their first byte as four characters."""
        if one.type == zmq.XPUB:
            text = [frame.decode() for frame in frames]
            return [re.sub('^[\0\1]', lambda first: f'\\x0{ord(first[0])}', text[0]), *text[1:]]
        return [self.shown_frame(frame, frames[n + 1:]) for n, frame in enumerate(frames)]

    def shown_frame(self, frame, rest):
        made_up = 'rid' if len(frame) == 5 and frame[0] == 0 else 'reqid' if len(frame) == 4 and rest[:1] == [b''] and not frame.isalnum() else None
        if made_up is None:
            return frame.decode('latin-1')
        if frame not in self.generated:
            count = sum(1 for shown in self.generated.values() if shown.startswith('$' + made_up))
            self.generated[frame] = f'${made_up}{count + 1}'
        return self.generated[frame]


def seen(steps):
    try:
        return Script(steps).play()
    except Exception as error:  # told to whoever asked, as everything else that was seen
        return {'failed': f'{type(error).__name__}: {error}'}


if __name__ == '__main__':
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        results = list(pool.map(seen, json.load(sys.stdin)))
    json.dump(results, sys.stdout)
    sys.stdout.flush()
    os._exit(0)
