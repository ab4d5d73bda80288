import { Tooltip } from 'radix-ui'
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: 'plain' | 'primary' | 'outline' | 'danger'
  readonly ref?: Ref<HTMLButtonElement>
}

export function Button({ look = 'plain', className, ...rest }: ButtonProps) {
  return <button type="button" {...rest} data-look={look} className={`ui-button ${className ?? ''}`} />
}

/** A square button with an icon; its name is read out and shown in a tooltip. */
export function IconButton({ name, hint, children, look = 'plain', className, ...rest }: ButtonProps & { readonly name: string; readonly hint?: string | undefined; readonly children: ReactNode }) {
  return (
    <Tooltip.Root delayDuration={400}>
      <Tooltip.Trigger asChild>
        <button type="button" aria-label={name} {...rest} data-look={look} data-square="true" className={`ui-button ${className ?? ''}`}>
          {children}
        </button>
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="ui-tooltip" sideOffset={6} collisionPadding={8}>
          {hint ?? name}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}

/** Around everything that has tooltips. */
export const TooltipProvider = Tooltip.Provider
