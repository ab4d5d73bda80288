/** What had the keyboard has gone, or is covered: keys reach nothing but the page. */
export function nobodyHasFocus(): boolean {
  const has = document.activeElement
  return has === null || has === document.body || !has.isConnected || has.closest('[inert]') !== null
}
