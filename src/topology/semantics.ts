/** Version of the rules of behaviour. Links record it: the same version gives the same digest for ever, a newer one says that it is newer. */
export const SEMANTICS = 1
