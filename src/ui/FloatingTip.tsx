import { Tooltip } from 'radix-ui'
import { useEffect, useLayoutEffect, type Ref } from 'react'
import { tips, type ShownTip } from './tip.ts'

/** The tip beside its control. The pointer may walk onto it to read it; Escape hides it. */
export function FloatingTip({ tip }: { readonly tip: ShownTip }) {
  useEffect(() => tips.drawn(), [])
  return (
    <Tooltip.Provider>
      <Tooltip.Root open onOpenChange={open => !open && tips.hide()}>
        <Tooltip.Trigger asChild>
          <There element={tip.anchor} />
        </Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content className={tip.className ?? 'ui-tooltip'} side={tip.side ?? 'top'} sideOffset={tip.side === 'right' ? 8 : 6} collisionPadding={8}>
            {tip.says}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  )
}

/** Stands for a control that is in the page already: what is asked of the trigger goes to it. */
function There({ element, ref, 'aria-describedby': describedBy }: { readonly element: HTMLElement; readonly ref?: Ref<HTMLElement>; readonly 'aria-describedby'?: string }) {
  useLayoutEffect(() => {
    if (typeof ref === 'function') {
      const done = ref(element)
      return typeof done === 'function' ? done : () => void ref(null)
    }
    if (!ref) return
    ref.current = element
    return () => {
      ref.current = null
    }
  }, [element, ref])
  useLayoutEffect(() => {
    if (describedBy === undefined) return
    element.setAttribute('aria-describedby', describedBy)
    return () => element.removeAttribute('aria-describedby')
  }, [element, describedBy])
  return null
}
