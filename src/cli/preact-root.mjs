// What the built page takes for `react-dom/client`.
import { options } from 'preact'

export { createRoot } from 'preact/compat/client'

// React has run all effects of a click before the next one comes; Preact would wait for a frame, in which a second press finds what the first has left.
options.requestAnimationFrame = queueMicrotask
