import { Suspense, useEffect, useState } from 'react'
import { lazily } from './lazily.tsx'
import { tips, type ShownTip } from './tip.ts'
import { whenIdle } from './when-idle.ts'

const floating = lazily(async () => (await import('./FloatingTip.tsx')).FloatingTip)
const { Component: FloatingTip } = floating

/** Where tips are drawn; once in the page. What draws them comes when the page is idle, or with the first. */
export function TipHost() {
  const [tip, setTip] = useState<ShownTip | null>(null)
  useEffect(() => tips.listen(setTip), [])
  useEffect(() => whenIdle(floating.ahead), [])
  return <Suspense>{tip ? <FloatingTip tip={tip} /> : null}</Suspense>
}
