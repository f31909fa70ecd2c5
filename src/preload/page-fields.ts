import {
  type FieldPlace,
  type FieldValue,
  type KeptField,
  mostKeptCharacters,
  mostKeptFields,
  type PageHolds,
} from '../../contracts/page-state.ts'
import { activeElementOf } from './dom-access.ts'
import {
  type Field,
  fieldsOf,
  isField,
  isKeepable,
  isSame,
  isSecret,
  originalOf,
  placesOf,
  setValue,
  typeOf,
  valueIn,
} from './page-field.ts'

/** A person does not fill in more; a page may make as many as it likes. */
const mostTouched = 1_000
const { contains } = Node.prototype

/**
 * What a person filled in on this document. It hears real input only, not what the page does itself, and sees the fields of
 * the document proper, not those of frames and of shadow trees.
 */
export class FieldsOfPage {
  readonly #document: Document
  /** Those that the person changed and did not send, with what they held before. */
  readonly #touched = new Map<Field, FieldValue>()
  /** What a field held when the person came to it: pages rewrite what the document says of it. */
  readonly #before = new WeakMap<Field, FieldValue>()
  /** A password that the page shows is one still. */
  readonly #secret = new WeakSet<Field>()

  constructor(document: Document) {
    this.#document = document
    const onTheWayDown = { capture: true, passive: true }
    document.addEventListener('focus', event => this.#came(event), onTheWayDown)
    document.addEventListener('input', event => this.#changed(event), onTheWayDown)
    document.addEventListener('change', event => this.#changed(event), onTheWayDown)
    document.addEventListener('submit', event => this.#sent(event), onTheWayDown)
    document.addEventListener('reset', event => this.#sent(event), onTheWayDown)
  }

  holds(): Omit<PageHolds, 'storesTooMuch'> {
    return {
      hasUnsavedInput: [...this.#touched].some(
        ([field, before]) => field.isConnected && !isSame(valueIn(field), before),
      ),
      wasUsed: navigator.userActivation.hasBeenActive,
      isInFrame: activeElementOf(this.#document) instanceof HTMLIFrameElement,
    }
  }

  capture(): { x: number; y: number; fields: KeptField[] } {
    const kept: KeptField[] = []
    let room = mostKeptCharacters
    for (const [field, place] of placesOf(fieldsOf(this.#document))) {
      if (kept.length === mostKeptFields) break
      if (!this.#isKept(field)) continue
      const value = valueIn(field)
      const length = value.kind === 'text' ? value.text.length : 0
      if (length > room) continue
      room -= length
      kept.push({ place, value })
    }
    return { x: scrollX, y: scrollY, fields: kept }
  }

  /** Answers how many fields are now as they were. */
  restore(kept: readonly KeptField[]): number {
    const places = placesOf(fieldsOf(this.#document))
    let restored = 0
    for (const { place, value } of kept) {
      const field = fieldAt(places, place)
      if (field === null || this.#touched.has(field) || !isKeepable(field)) continue
      if (isSame(valueIn(field), value) || setValue(field, value)) restored += 1
      // What was not sent then is not sent now.
      if (!this.#touched.has(field)) this.#note(field, originalOf(field))
    }
    return restored
  }

  #isKept(field: Field): boolean {
    if (this.#secret.has(field) || !isKeepable(field)) return false
    if (typeOf(field) === 'richText' && !this.#touched.has(field)) return false
    return this.#touched.has(field) || !isSame(valueIn(field), originalOf(field))
  }

  #came(event: Event): void {
    const field = fieldOf(event)
    if (field === null || !event.isTrusted) return
    if (isSecret(field)) this.#secret.add(field)
    if (!this.#before.has(field)) this.#before.set(field, valueIn(field))
  }

  #changed(event: Event): void {
    const field = fieldOf(event)
    if (field === null || !event.isTrusted) return
    if (isSecret(field)) this.#secret.add(field)
    if (!this.#touched.has(field)) this.#note(field, this.#before.get(field) ?? originalOf(field))
  }

  #note(field: Field, before: FieldValue): void {
    for (const [one] of this.#touched) if (!one.isConnected) this.#touched.delete(one)
    if (this.#touched.size < mostTouched) this.#touched.set(field, before)
  }

  /** The form is on its way, or was emptied. */
  #sent(event: Event): void {
    const { target: form } = event
    if (!(form instanceof HTMLFormElement)) return
    for (const field of this.#touched.keys()) {
      if (contains.call(form, field) || ('form' in field && field.form === form)) {
        this.#touched.delete(field)
        this.#before.delete(field)
      }
    }
  }
}

function fieldOf(event: Event): Field | null {
  const [target] = event.composedPath()
  if (!(target instanceof HTMLElement)) return null
  if (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  ) {
    return target
  }
  // Within what may be written into, the event comes from its outermost element, or from an element in it.
  const editable = target.closest('[contenteditable]')
  return target.isContentEditable && editable !== null && isField(editable) ? editable : null
}

/** The one field that must be meant; null where there is none or more than one. */
function fieldAt(places: ReadonlyMap<Field, FieldPlace>, wanted: FieldPlace): Field | null {
  const alike = [...places].filter(([, place]) => place.type === wanted.type)
  const only = (found: typeof alike): Field | null => (found.length === 1 ? (found[0]?.[0] ?? null) : null)
  const same = alike.filter(([, { id, name }]) => id === wanted.id && name === wanted.name)
  const there = only(same.filter(([, { position }]) => position === wanted.position))
  if (there !== null) return there
  // Those that share a name are told apart by where they stand only.
  if (wanted.type === 'radio') return null
  if (wanted.id !== '') return only(same)
  return wanted.name === '' ? null : only(alike.filter(([, { name }]) => name === wanted.name))
}
