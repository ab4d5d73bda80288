/** For menus with submenus, which are drawn beside them, not in them: what happens in a submenu is nothing outside of its menu. */
export function stayInMenus(event: Event): void {
  if (event.target instanceof Element && event.target.closest('[role=menu]')) event.preventDefault()
}
