/** What is rare and stays with TypeScript. Each may make the memory grow; addresses stay what they are. */

/** A block of zeros. */
@external("relayground", "reserve")
export declare function reserve(cells: i32): i32
/** More free event records, blocks of far events, and room in the near list. */
@external("relayground", "moreEvents")
export declare function moreEvents(): void
@external("relayground", "moreBlocks")
export declare function moreBlocks(): void
@external("relayground", "growNear")
export declare function growNear(more: i32): void
@external("relayground", "moreInstants")
export declare function moreInstants(): void
@external("relayground", "moreMessages")
export declare function moreMessages(): void
/** The last holder of a content lets it go. */
@external("relayground", "contentGone")
export declare function contentGone(content: i32): void
/** The ring of facts is full: the next fact goes to its start. */
@external("relayground", "wrap")
export declare function wrapFacts(): void
/** A histogram's log, a page for an octave of it, and a bucket that is full. */
@external("relayground", "log")
export declare function histogramLog(histogram: i32): i32
@external("relayground", "page")
export declare function histogramPage(histogram: i32, octave: i32): i32
@external("relayground", "carry")
export declare function histogramCarry(histogram: i32, octave: i32, bucket: i32): void
/** A law that only TypeScript knows: into the scratch cell. */
@external("relayground", "draw")
export declare function drawOther(number: i32): void
/** A copy ends at a node, for a reason by its number. `delivering` is channel × 2 + way, or −1. */
@external("relayground", "discard")
export declare function discard(node: i32, message: i32, reason: i32, delivering: i32): void
/** Ways of a content from an exchange: address of their list, or 0 where the machine can't take them. */
@external("relayground", "ways")
export declare function waysOf(exchange: i32, message: i32): i32
/** More room for an application's jobs, or in a subscription's window. */
@external("relayground", "moreJobs")
export declare function moreJobs(app: i32): void
@external("relayground", "moreWindow")
export declare function moreWindow(subscription: i32): void
