/** reveal scrolls a panel into view on a screen so narrow that it lies below what was clicked. */
export function reveal(panel: HTMLElement | null): void {
  if (matchMedia('(max-width: 1000px)').matches) panel?.scrollIntoView({ block: 'nearest' })
}
