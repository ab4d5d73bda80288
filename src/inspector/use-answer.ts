import { useEffect, useState } from 'react'

const ASK_MS = 500

/** What the simulation answers to a question, asked again twice a second; undefined until it has answered. `ask` is a stable function. */
export function useAnswer<T>(ask: () => Promise<T>): T | undefined {
  const [answer, setAnswer] = useState<T>()
  useEffect(() => {
    let current = true
    const once = (): void => void ask().then(told => current && setAnswer(told))
    once()
    const timer = setInterval(once, ASK_MS)
    return () => {
      current = false
      clearInterval(timer)
    }
  }, [ask])
  return answer
}
