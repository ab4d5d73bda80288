/** For whatever closes when something happens outside of it, and may hold menus, which are drawn beside it: what happens in a menu is nothing outside. */
export function stayInMenus(event: Event): void {
  if (event.target instanceof Element && event.target.closest('[role=menu]')) event.preventDefault()
}
