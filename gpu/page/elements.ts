/** An element with attributes and what is in it. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value)
  made.append(...children)
  return made
}

/** Puts an element where something is drawn. The policy allows no style in the markup, but this. */
export function placeAt(
  { style }: HTMLElement,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): void {
  style.left = `${box.x}px`
  style.top = `${box.y}px`
  style.width = `${box.width}px`
  style.height = `${box.height}px`
}
