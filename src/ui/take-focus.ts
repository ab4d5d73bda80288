/** As the `ref` of a field that is there because somebody is about to write in it: it takes the keyboard once, when it comes. A function made anew at each drawing would take it again and again. */
export function takeFocus(field: HTMLElement | null): void {
  field?.focus({ preventScroll: true })
}

/** The same, with all that stands there selected, to be typed over. */
export function takeFocusToReplace(field: HTMLInputElement | null): void {
  takeFocus(field)
  field?.select()
}
