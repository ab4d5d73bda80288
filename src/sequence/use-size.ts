import { useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** How large an element is, and what it is referred to by. */
export function useSize<One extends HTMLElement>(): { readonly ref: RefObject<One | null>; readonly width: number; readonly height: number } {
  const ref = useRef<One>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = element
      setSize(before => (before.width === width && before.height === height ? before : { width, height }))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { ref, ...size }
}
