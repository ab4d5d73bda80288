import { OP_FIRST } from '../../contract/context.ts'

/** Packets of a line; `a` is the number of a connection. */
export const OP_CONNECT = OP_FIRST
export const OP_ACCEPT = OP_FIRST + 1
/** message: sight of a request, which its client keeps until it is answered. */
export const OP_REQUEST = OP_FIRST + 2
/** message: the answer. */
export const OP_RESPONSE = OP_FIRST + 3
/** The request failed at the server: an answer without content (500, 502). */
export const OP_ERROR = OP_FIRST + 4
/** The client has closed the connection. */
export const OP_FIN = OP_FIRST + 5
