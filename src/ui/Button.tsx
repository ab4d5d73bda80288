import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { useTip } from './tip.ts'

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: 'plain' | 'primary' | 'outline' | 'danger'
  readonly ref?: Ref<HTMLButtonElement>
}

export function Button({ look = 'plain', className, ...rest }: ButtonProps) {
  return <button type="button" {...rest} data-look={look} className={`ui-button ${className ?? ''}`} />
}

/** A square button with an icon; its name is read out and shown in a tooltip. */
export function IconButton({ name, hint, children, look = 'plain', className, ...rest }: ButtonProps & { readonly name: string; readonly hint?: string | undefined; readonly children: ReactNode }) {
  const tip = useTip({ says: hint ?? name })
  return (
    <button type="button" aria-label={name} {...tip} {...rest} data-look={look} data-square="true" className={`ui-button ${className ?? ''}`}>
      {children}
    </button>
  )
}
