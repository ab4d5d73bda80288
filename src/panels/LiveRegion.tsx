import { useEffect, useState } from 'react'

/** Reads out what commands announce. */
export function LiveRegion() {
  const [says, setSays] = useState('')
  useEffect(() => {
    // The same words again are a change too, or they would not be read: a space at their end makes it one.
    const listen = (event: Event): void => {
      const { detail } = event as CustomEvent<string>
      setSays(before => (before === detail ? `${detail}\u00a0` : detail))
    }
    window.addEventListener('relayground:announce', listen)
    return () => window.removeEventListener('relayground:announce', listen)
  }, [])
  return (
    <div className="ui-hidden" role="status" aria-live="polite">
      {says}
    </div>
  )
}
