/**
 * The DOM as its prototypes define it. A page can put named elements in front of properties of its document and of
 * its forms (`<form name="body">`, `<input name="firstChild">`: "DOM clobbering"), also for our isolated world; the
 * accessors of the prototypes cannot be covered, and a page cannot reach this world's prototypes.
 */

function accessor<Owner extends object, Key extends keyof Owner>(
  prototype: Owner,
  key: Key,
): (this: Owner) => Owner[Key] {
  const get = Object.getOwnPropertyDescriptor(prototype, key)?.get
  if (get === undefined) throw new TypeError(`${String(key)} is no accessor of the DOM`)
  return get
}

function getter<Owner extends object, Key extends keyof Owner>(
  prototype: Owner,
  key: Key,
): (self: Owner) => Owner[Key] {
  const get = accessor(prototype, key)
  return self => get.call(self)
}

export const titleOf = getter(Document.prototype, 'title')
export const addressOf = getter(Document.prototype, 'URL')
export const contentTypeOf = getter(Document.prototype, 'contentType')
export const bodyOf = getter(Document.prototype, 'body')
export const rootOf = getter(Document.prototype, 'documentElement')
export const activeElementOf = getter(Document.prototype, 'activeElement')

export const baseAddressOf = getter(Node.prototype, 'baseURI')

/** As they are, for a walk over all nodes, which has no time for a function more: to be called with `call`. */
export const walking = {
  /** The tag of an element as `tagName` has it, otherwise `#text` and the like; instructions may be called anything. */
  name: accessor(Node.prototype, 'nodeName'),
  firstChild: accessor(Node.prototype, 'firstChild'),
  nextSibling: accessor(Node.prototype, 'nextSibling'),
  data: accessor(CharacterData.prototype, 'data'),
}

export const firstChildOf = getter(Node.prototype, 'firstChild')
export const nextSiblingOf = getter(Node.prototype, 'nextSibling')
export const parentOf = getter(Node.prototype, 'parentNode')

export const textDataOf = getter(CharacterData.prototype, 'data')

const tagName = getter(Element.prototype, 'tagName')

/** Upper case, also in XHTML and for elements of other namespaces. */
export function tagOf(element: Element): string {
  return tagName(element).toUpperCase()
}

const { getAttribute } = Element.prototype

export function attributeOf(element: Element, name: string): string | null {
  return getAttribute.call(element, name)
}

/** The first elements that a selector finds, in document order. */
export function elementsIn(document: Document, selector: string, most: number): Element[] {
  const found = Document.prototype.querySelectorAll.call(document, selector)
  const elements: Element[] = []
  for (let index = 0; index < found.length && index < most; index++) {
    const element = found[index]
    if (element !== undefined) elements.push(element)
  }
  return elements
}

/** The text inside a node, of scripts too. */
export function textOf(node: Node): string {
  return textContent(node) ?? ''
}

const textContent = getter(Node.prototype, 'textContent')

/** Number of elements in a document. */
export function elementCountOf(document: Document): number {
  return Document.prototype.getElementsByTagName.call(document, '*').length
}

const { checkVisibility } = Element.prototype
const whenVisible = { visibilityProperty: true }

/** True where style, including that of ancestors, lets the element be seen. */
export function isRendered(element: Element): boolean {
  return checkVisibility.call(element, whenVisible)
}

/**
 * A copy of a document that is shown nowhere: no script runs in it and nothing is fetched for it. Names by which its
 * elements could cover properties are taken away, so that code which trusts `document.body` may work on it.
 */
export function inertCopyOf(document: Document): Document {
  const copy = Node.prototype.cloneNode.call(document, true)
  if (!(copy instanceof Document)) throw new TypeError('The copy of a document is no document')
  const named = Document.prototype.querySelectorAll.call(
    copy,
    'form, input, button, select, textarea, output, fieldset, object, embed, iframe, img',
  )
  for (const element of named) {
    Element.prototype.removeAttribute.call(element, 'name')
    Element.prototype.removeAttribute.call(element, 'id')
  }
  return copy
}
