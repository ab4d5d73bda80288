/**
 * Records of the parts that the machine carries, in the linear memory: what TypeScript fills in when a part is parked, and what the machine's code
 * works on. F_… and records' doubles are in cells, everything else in integers, from the record's address or twice it. Plain numbers: this file is
 * compiled by both compilers.
 */

/** The first integer of a record that events are for: which it is. */
export const KIND_LANE = 1
export const KIND_PRODUCER = 2
export const KIND_CONSUMER = 3
export const KIND_SERVICE = 4
/** The second: the target of its events while it is parked, else one that no event has. */
export const RECORD_TARGET = 1
export const NO_TARGET = -1
/**
 * A line of the processor's cache in each such record, as integers: addresses, in bytes, of what an event of it looks at. The last one is of the
 * integer that says which message it is about, or of that of an application's first job.
 */
export const RECORD_NEARBY = 32
export const NEARBY_COUNT = 16
export const NEARBY_MESSAGE = 15

/** One way of a channel. What every packet needs that arrives at once comes first, in one line of the processor's cache. */
export const LANE_TARGET = RECORD_TARGET
export const LANE_TO = 2
export const LANE_COUNT = 3
/** 0, or 1; from LANE_DELAYED on always the same time: the packets are in the line of this number less LANE_DELAYED. */
export const LANE_TAKES_TIME = 4
export const LANE_DELAYED = 2
export const LANE_SOURCE = 5
/** The source's place in the order of an instant. */
export const LANE_RANK = 6
/** Address of the packet that arrives next. */
export const LANE_HEAD = 7
export const LANE_CHANNEL = 8
export const LANE_WAY = 9
/** Flags that a message gets when it arrives. */
export const LANE_FLAGS = 10
export const LANE_LEDGER = 11
export const LANE_AT_ONCE = 12
export const LANE_RECEIVER = 13
export const F_LANE_CARRIED = 7
export const LANE_HEAD_BLOCK = 17
export const LANE_TAIL = 18
export const LANE_TAIL_BLOCK = 19
export const LANE_ALARM = 20
export const LANE_NUMBER = 21
/** Record of the draw of latencies; 0 where they are constant. */
export const LANE_DRAW = 22
export const F_LANE_SENT = 12
export const F_LANE_ARRIVED = 13
export const F_LANE_CONSTANT = 14
/** The last arrival. */
export const F_LANE_LAST = 15
/** Room for its first packets: a block as engine/packet-ring.ts has them, which a lane uses as long as few are in flight. */
export const LANE_OWN_BLOCK = 24
export const LANE_CELLS = 40

/** A line of packets that all take the same time, of which there are so many: its latency comes first. The rest is the machine's: assembly/delays.ts. */
export const DELAY_CELLS = 8
export const DELAYS_MOST = 4

/** Who takes packets at the end of a way: nobody the machine knows, a queue or an exchange, a queue at the end of a binding, a client, a broker that is answered. */
export const RECEIVER_OTHER = 0
export const RECEIVER_QUEUE = 1
export const RECEIVER_EXCHANGE = 2
export const RECEIVER_BINDING = 3
export const RECEIVER_CLIENT = 4
export const RECEIVER_BROKER = 5

/** Integers of the cell that names a node to whoever states facts: its index, and the hash of its id. */
export const SAYS_NODE = 0
export const SAYS_HASH = 1

/** Opcodes and bits of packets, as the family has them. */
export const PACKET_PUBLISH = 18
export const PACKET_ACK = 19
export const PACKET_NACK = 20
export const PACKET_DELIVER = 21
export const PACKET_ROUTE = 23
export const BIT_REQUEUE = 2
export const BIT_MANDATORY = 1

/** Where a packet has its message, as an integer: engine/packet-ring.ts. */
export const PACKET_MESSAGE = 7

/** Words of the second level of bits over the ranks. */
export const PLACES_WORDS = 64

/** A law bound to a stream: kind, index of the stream's state, number of one that TypeScript draws from. */
export const DRAW_KIND = 0
export const DRAW_STREAM = 1
export const DRAW_NUMBER = 2
export const F_DRAW_VALUE = 2
export const DRAW_CELLS = 3
export const DRAW_CONSTANT = 0
export const DRAW_EXPONENTIAL = 1
export const DRAW_OTHER = 2

export const PRODUCER_TARGET = RECORD_TARGET
export const PRODUCER_SOURCE = 2
export const PRODUCER_LEDGER = 3
export const PRODUCER_DRAW = 5
export const PRODUCER_ALARM = 6
export const PRODUCER_BATCH = 7
/** How many compositions take turns, and the address of their list of integers. */
export const PRODUCER_KEYS = 8
export const PRODUCER_COMPOSITIONS = 9
export const PRODUCER_LANE = 10
/** Bits of what it publishes. */
export const PRODUCER_BITS = 11
export const F_PRODUCER_COUNT = 7
export const F_PRODUCER_LIMIT = 8
export const F_PRODUCER_ROWS = 9
/** What it has sent: its node's figure. */
export const F_PRODUCER_SENT = 10
/** Room for a list of so many compositions in cells from here on. */
export const PRODUCER_OWN_LIST = 11
export const PRODUCER_OWN_KEYS = 10
export const PRODUCER_CELLS = 24

/** An application that works on deliveries: a consumer, or a service that also publishes. */
export const APP_TARGET = RECORD_TARGET
export const APP_SOURCE = 2
export const APP_DRAW = 4
export const APP_CONCURRENCY = 5
export const APP_WORKING = 6
export const APP_WAITING = 7
export const APP_JOBS = 8
/** Room for so many. */
export const APP_JOBS_ROOM = 3
/** First free job, first and last of the inbox, or −1. */
export const APP_FREE = 9
export const APP_INBOX_HEAD = 10
export const APP_INBOX_TAIL = 11
/** 0 when no work fails. */
export const APP_FAILURE_STREAM = 12
/** Addresses of figures; 0 for one that it doesn't have. */
export const APP_REDELIVERED = 13
export const APP_BUSY = 14
export const APP_INBOX = 15
export const APP_FAILED = 16
export const APP_SERVICE = 17
export const APP_SERVICE_LATE = 18
export const APP_LATENCY = 19
export const APP_LATENCY_LATE = 20
/** A cell of two integers, as a ledger has them: who states its facts. */
export const F_APP_SAYS = 11
export const F_APP_STARTS = 12
/** What it has received and done: its node's figures. */
export const F_APP_RECEIVED = 13
export const F_APP_DONE = 14
/** What is rarer: a service's way out, bits of what it publishes, compositions by number of the cause's key and how many there is room for. */
export const APP_LANE = 48
export const APP_BITS = 49
export const APP_COMPOSITIONS = 50
export const APP_COMPOSITIONS_ROOM = 51
/** 1 when results have the key of what caused them. */
export const APP_KEEPS_KEY = 52
export const APP_LEDGER = 53
export const F_APP_COUNT = 27
export const F_APP_FAILURE_RATE = 28
/** Bits of the answer when work failed. */
export const APP_FAILURE_BITS = 58
export const APP_CELLS = 32

/** A job of an application, in a quarter of a line of the processor's cache. */
export const JOB_TAG = 0
export const JOB_MESSAGE = 1
export const JOB_SUBSCRIPTION = 2
/** The event that ends its work; while it waits, or is free, the next one in line, or −1. */
export const JOB_ALARM = 3
export const JOB_NEXT = 3
export const JOB_CELLS = 2

/** A consumer of a queue: the broker's side and the client's of one channel. */
export const SUBSCRIPTION_QUEUE = 1
export const SUBSCRIPTION_APP = 2
export const SUBSCRIPTION_LANE = 3
export const SUBSCRIPTION_ANSWERS = 4
export const SUBSCRIPTION_NUMBER = 5
export const SUBSCRIPTION_PREFETCH = 6
export const SUBSCRIPTION_UNACKED = 7
export const SUBSCRIPTION_BLOCKED = 8
/** Deliveries by tag: integers in a ring, the copy (0: settled) and a bit that says that the client has it and can still settle it. */
export const SUBSCRIPTION_WINDOW = 9
export const SUBSCRIPTION_MASK = 10
export const WITH_CLIENT = 0x40000000
export const F_SUBSCRIPTION_LAST = 6
export const F_SUBSCRIPTION_OLDEST = 7
export const SUBSCRIPTION_CELLS = 8

export const QUEUE_LEDGER = 1
export const QUEUE_HEAD = 2
export const QUEUE_TAIL = 3
export const QUEUE_COUNT = 4
export const QUEUE_UNACKED = 5
/** More than this is refused; −1 is no limit. */
export const QUEUE_LIMIT = 6
/** Consumers in line: a ring of addresses. */
export const QUEUE_RING = 7
export const QUEUE_RING_MASK = 8
export const QUEUE_RING_HEAD = 9
export const QUEUE_RING_COUNT = 10
export const QUEUE_READY = 11
export const QUEUE_UNACKED_LEVEL = 12
export const QUEUE_REDELIVERED = 13
export const QUEUE_DROPPED = 14
export const QUEUE_WAIT = 15
export const QUEUE_WAIT_LATE = 16
export const QUEUE_NUMBER = 17
/** 1 when dead letters go somewhere: TypeScript sees to those. */
export const QUEUE_DEAD_LETTERS = 18
/** Index of its node. */
export const QUEUE_NODE = 19
export const F_QUEUE_POSITION = 10
/** What came, went out and was acknowledged: its node's figures. */
export const F_QUEUE_ENQUEUED = 11
export const F_QUEUE_DELIVERED = 12
export const F_QUEUE_ACKNOWLEDGED = 13
/** Room for a ring of so many consumers in cells from here on: what most queues have. */
export const QUEUE_OWN_RING = 14
export const QUEUE_OWN_CONSUMERS = 4
export const QUEUE_CELLS = 16

export const EXCHANGE_LEDGER = 1
export const EXCHANGE_VIA = 2
export const EXCHANGE_IN = 3
export const EXCHANGE_ROUTED = 4
export const EXCHANGE_UNROUTABLE = 5
/** Ways by content: pairs of integers, content and address of its ways. */
export const EXCHANGE_WAYS = 6
export const EXCHANGE_NODE = 7
export const EXCHANGE_NUMBER = 8
export const EXCHANGE_CELLS = 5
/** A power of two. */
export const WAYS_REMEMBERED = 64

/** What a content is that nothing has to look into: no properties and no list of further keys. */
export const CONTENT_IS_PLAIN = 1

/** What is left to TypeScript, by number of the reason in the contract. */
export const REASON_UNROUTABLE = 0
export const REASON_QUEUE_FULL = 2
export const REASON_REJECTED = 4

/** Why the machine stopped: time reached, budget spent, or what comes next is TypeScript's. */
export const STOP_REACHED = 0
export const STOP_BUDGET = 1
export const STOP_OTHER = 2
