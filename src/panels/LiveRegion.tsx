import { useEffect, useState } from 'react'

/** Reads out what commands announce. */
export function LiveRegion() {
  const [says, setSays] = useState('')
  useEffect(() => {
    const listen = (event: Event): void => setSays((event as CustomEvent<string>).detail)
    window.addEventListener('relayground:announce', listen)
    return () => window.removeEventListener('relayground:announce', listen)
  }, [])
  return (
    <div className="ui-hidden" role="status" aria-live="polite">
      {says}
    </div>
  )
}
