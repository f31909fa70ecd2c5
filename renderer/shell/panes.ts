/** The parts that F6 goes through, in order: the frame, then whichever panel is open. */
const paneSelectors = [
  '[aria-label="Address and search"]',
  '#page-area button, #page-area input',
  '#side-panel button',
  '#process-dock [role=row][tabindex="0"], #process-dock button',
]

/** Moves the focus to the next part that is there. */
export function focusNextPane(root: ParentNode & Node, active: Element | null): void {
  const panes = paneSelectors
    .map(selector => root.querySelector<HTMLElement>(selector))
    .filter(pane => pane !== null)
  const regions = ['.nx-bar', '#page-area', '#side-panel', '#process-dock']
  const here = panes.findIndex(pane =>
    regions.some(region => {
      const element = pane.closest(region)
      return element !== null && active !== null && element.contains(active)
    }),
  )
  panes[(here + 1) % panes.length]?.focus()
}

/** Gives the focus back to the button that opened a part, when it would be lost with the part. */
export function returnFocus(root: ParentNode, regionId: string, openerId: string): void {
  const region = root.querySelector(`#${regionId}`)
  if (region?.contains(document.activeElement)) root.querySelector<HTMLElement>(`#${openerId}`)?.focus()
}
