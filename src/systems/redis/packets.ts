import { OP_FIRST } from '../../contract/context.ts'

/** Opcodes of packets. Commands are words once; what is said again and again travels as its number. */
/** A connection is opened. */
export const OP_HELLO = OP_FIRST
export const OP_READY = OP_FIRST + 1
/** message: a value of the command that follows. */
export const OP_VALUE = OP_FIRST + 2
/** a: ticket of a Command. */
export const OP_COMMAND = OP_FIRST + 3
/** a: ticket of a Command; b: its number from now on, below LEARNED_MAX. */
export const OP_LEARN = OP_FIRST + 4
/** message: a published message (its channel is what it came `via`); a: kind, one of the below; b: interned pattern. */
export const OP_MESSAGE = OP_FIRST + 5
/** message: an item of a list or an entry of a stream; a, b: the item's number, or the entry's id. */
export const OP_ITEM = OP_FIRST + 6
/** a, b: id of an entry that is pending and no longer in the stream. */
export const OP_GONE = OP_FIRST + 7
/** A reading command is answered. a: how many items came; 0 is nil. */
export const OP_DONE = OP_FIRST + 8
/** a: ticket of a Resp. */
export const OP_REPLY = OP_FIRST + 9
/** The client leaves: what it has said counts, what was sent to it arrives, then the connection is closed. */
export const OP_BYE = OP_FIRST + 10
/** OP_SAID + n: the learned command n with a message as its value, and two numbers. */
export const OP_SAID = OP_FIRST + 32
export const LEARNED_MAX = 32

export const KIND_MESSAGE = 0
export const KIND_PMESSAGE = 1
export const KIND_SMESSAGE = 2
