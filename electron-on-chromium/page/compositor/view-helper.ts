/**
 * Runs in every document that a window shows, in a world of its own that the document's scripts cannot reach.
 * Tells what the pointer should look like and what hangs below it as a tooltip, and asks for the list of a
 * select element, which Chromium would draw where nobody sees it. No module: it is evaluated as it stands.
 */
;(() => {
  const scope = globalThis as typeof globalThis & {
    __windowedTell: (message: string) => void
    __windowedChoose: (requestId: number, index: number | null) => void
    __windowedHelperRuns?: boolean
  }
  if (scope.__windowedHelperRuns) return
  scope.__windowedHelperRuns = true

  let lastHover = ''
  let select: HTMLSelectElement | null = null
  let requestId = 0

  const tell = (message: object): void => scope.__windowedTell(JSON.stringify(message))

  const elementOf = (event: Event): Element | null => {
    const target = event.composedPath()[0]
    if (target instanceof Element) return target
    return target instanceof Node ? target.parentElement : null
  }

  /** What `cursor: auto` comes to: a text cursor over text that can be selected. */
  const automaticCursor = (element: Element, event: MouseEvent): string => {
    if (element instanceof HTMLElement && element.isContentEditable) return 'text'
    if (getComputedStyle(element).userSelect === 'none') return 'default'
    const place = document.caretPositionFromPoint(event.clientX, event.clientY)
    const node = place?.offsetNode
    if (!place || !(node instanceof Text) || !element.contains(node)) return 'default'
    const range = document.createRange()
    range.setStart(node, Math.max(0, place.offset - 1))
    range.setEnd(node, Math.min(node.length, place.offset + 1))
    const isOver = [...range.getClientRects()].some(
      box =>
        event.clientX >= box.left - 2 &&
        event.clientX <= box.right + 2 &&
        event.clientY >= box.top &&
        event.clientY <= box.bottom,
    )
    return isOver ? 'text' : 'default'
  }

  const tooltipOf = (element: Element | null): string => {
    for (let each = element; each; each = each.parentElement) {
      const title = each.getAttribute('title')
      if (title !== null) return title
    }
    return ''
  }

  const hover = (event: MouseEvent): void => {
    const element = elementOf(event)
    if (!element || element instanceof HTMLIFrameElement) return
    const { cursor } = getComputedStyle(element)
    const message = {
      kind: 'hover',
      cursor: cursor === 'auto' ? automaticCursor(element, event) : cursor,
      tooltip: tooltipOf(element),
    }
    const text = JSON.stringify(message)
    if (text === lastHover) return
    lastHover = text
    tell(message)
  }

  const itemsOf = (element: HTMLSelectElement): object[] => {
    const items: object[] = []
    const addOption = (option: HTMLOptionElement, indent: string, isGroupEnabled: boolean): void => {
      items.push({
        index: option.index,
        kind: 'choice',
        label: indent + option.label,
        isEnabled: isGroupEnabled && !option.disabled,
        isChosen: option.selected,
      })
    }
    for (const child of element.children) {
      if (child instanceof HTMLOptionElement && !child.hidden) addOption(child, '', true)
      else if (child instanceof HTMLHRElement)
        items.push({ index: -1, kind: 'separator', label: '', isEnabled: false, isChosen: false })
      else if (child instanceof HTMLOptGroupElement) {
        items.push({ index: -1, kind: 'heading', label: child.label, isEnabled: false, isChosen: false })
        for (const option of child.querySelectorAll('option')) addOption(option, '    ', !child.disabled)
      }
    }
    return items
  }

  const selectOf = (event: Event): HTMLSelectElement | null => {
    const element = elementOf(event)?.closest('select') ?? null
    if (!element || element.multiple || element.size > 1 || element.disabled) return null
    // Such a list is drawn by the page itself.
    return getComputedStyle(element).appearance === 'base-select' ? null : element
  }

  const open = (element: HTMLSelectElement, event: Event): void => {
    event.preventDefault()
    element.focus()
    select = element
    const box = element.getBoundingClientRect()
    tell({
      kind: 'select',
      requestId: ++requestId,
      box: { x: box.x, y: box.y, width: box.width, height: box.height },
      // Where the event was in this document: whoever sent it knows where that is in the view.
      pointer: event instanceof MouseEvent ? { x: event.clientX, y: event.clientY } : null,
      fontSizePx: Number.parseFloat(getComputedStyle(element).fontSize) || 13,
      items: itemsOf(element),
    })
  }

  scope.__windowedChoose = (answered, index) => {
    const element = select
    if (answered !== requestId || !element) return
    select = null
    if (index === null || element.selectedIndex === index || !element.isConnected) return
    element.selectedIndex = index
    element.dispatchEvent(new Event('input', { bubbles: true, composed: true }))
    element.dispatchEvent(new Event('change', { bubbles: true }))
  }

  addEventListener('mousemove', hover, { capture: true, passive: true })
  addEventListener('mouseout', event => {
    if (event.relatedTarget === null) lastHover = ''
  })
  // After the page's own listeners: a page that prevents the list gets none.
  addEventListener('mousedown', event => {
    if (event.defaultPrevented || event.button !== 0) return
    const element = selectOf(event)
    if (element) open(element, event)
  })
  addEventListener('keydown', event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey) return
    const isArrow = event.key === 'ArrowDown' || event.key === 'ArrowUp'
    const opens = event.altKey ? isArrow : event.key === ' ' || event.key === 'F4'
    const element = opens ? selectOf(event) : null
    if (element) open(element, event)
  })
  // Chromium's own menu would open where nobody sees it, and wait there.
  addEventListener('contextmenu', event => event.preventDefault())
})()
