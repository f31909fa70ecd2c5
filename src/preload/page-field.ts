import type { FieldPlace, FieldValue } from '../../contracts/page-state.ts'
import { elementsIn, isRendered } from './dom-access.ts'

/** What a person fills in. */
export type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | HTMLElement

const fieldSelector =
  'input, textarea, select, [contenteditable=""], [contenteditable="true"], [contenteditable="plaintext-only"]'
/** A page with more is a table to be filled in by a machine. */
const mostFields = 5_000

/** Those that hold no text and no choice, or one that only a person may make again. */
const unkeptTypes = new Set(['password', 'hidden', 'file', 'submit', 'button', 'image', 'reset'])
const secretAutocomplete = /(?:^|\s)(?:cc-\S+|current-password|new-password|one-time-code)(?:\s|$)/i
/** Pages that do not say by autocomplete what they ask for. */
const secretName =
  /pass(?:word|wd|phrase|code)|pwd|secret|cvc|cvv|csc|card.?(?:num|no\b)|cc.?num|iban|\botp\b|\bpin\b/i

/** All fields of a document, in its order. */
export function fieldsOf(document: Document): Field[] {
  return elementsIn(document, fieldSelector, mostFields).filter(isField)
}

/** A form that may be written into would show its fields in place of its own properties. */
export function isField(element: Element): element is Field {
  return element instanceof HTMLElement && !(element instanceof HTMLFormElement)
}

export function typeOf(field: Field): string {
  if (isControl(field)) return field.type
  return 'richText'
}

/** Whether it asks for what is never kept: what opens an account or pays. */
export function isSecret(field: Field): boolean {
  const words = `${field.id} ${field.getAttribute('name') ?? ''} ${field.getAttribute('placeholder') ?? ''}`
  return (
    typeOf(field) === 'password' ||
    secretAutocomplete.test(field.getAttribute('autocomplete') ?? '') ||
    secretName.test(words) ||
    isCardNumber(textOf(field))
  )
}

/** Whether a person can see and change it, and it holds something of theirs that may be kept. */
export function isKeepable(field: Field): boolean {
  if (unkeptTypes.has(typeOf(field)) || isSecret(field)) return false
  if (isControl(field) && field.disabled) return false
  if ('readOnly' in field && field.readOnly === true) return false
  return isRendered(field)
}

export function placesOf(fields: readonly Field[]): Map<Field, FieldPlace> {
  const seen = new Map<string, number>()
  return new Map(
    fields.map(field => {
      const type = typeOf(field)
      const position = seen.get(type) ?? 0
      seen.set(type, position + 1)
      const name = field.getAttribute('name') ?? ''
      return [
        field,
        { id: field.id.slice(0, 200), name: name.slice(0, 200), type: type.slice(0, 50), position },
      ]
    }),
  )
}

export function valueIn(field: Field): FieldValue {
  if (field instanceof HTMLSelectElement) {
    const options = [...field.options].flatMap((option, index) => (option.selected ? index : []))
    return { kind: 'chosen', options: options.slice(0, 200) }
  }
  if (isCheckable(field)) return { kind: 'checked', isChecked: field.checked }
  return { kind: 'text', text: textOf(field) }
}

/** As the document brought it; nothing for text that may be written into. */
export function originalOf(field: Field): FieldValue {
  if (field instanceof HTMLSelectElement) {
    const marked = [...field.options].flatMap((option, index) => (option.defaultSelected ? index : []))
    if (field.multiple) return { kind: 'chosen', options: marked }
    const first = marked.at(-1) ?? (field.options.length > 0 ? 0 : null)
    return { kind: 'chosen', options: first === null ? [] : [first] }
  }
  if (isCheckable(field)) return { kind: 'checked', isChecked: field.defaultChecked }
  return { kind: 'text', text: isTextControl(field) ? field.defaultValue : '' }
}

export function isSame(one: FieldValue, other: FieldValue): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** Gives a field a value as a person would: the page hears of it. False where the field takes no such value. */
export function setValue(field: Field, value: FieldValue): boolean {
  switch (value.kind) {
    case 'text':
      if (isTextControl(field)) field.value = value.text
      else if (isControl(field)) return false
      else field.innerText = value.text
      break
    case 'checked':
      if (!isCheckable(field)) return false
      field.checked = value.isChecked
      break
    case 'chosen': {
      if (!(field instanceof HTMLSelectElement)) return false
      const chosen = new Set(value.options)
      for (const [index, option] of [...field.options].entries()) option.selected = chosen.has(index)
      break
    }
  }
  field.dispatchEvent(new Event('input', { bubbles: true, composed: true }))
  field.dispatchEvent(new Event('change', { bubbles: true }))
  return true
}

function textOf(field: Field): string {
  if (isTextControl(field)) return field.value
  return isControl(field) ? '' : field.innerText
}

function isControl(field: Field): field is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement {
  return (
    field instanceof HTMLInputElement ||
    field instanceof HTMLTextAreaElement ||
    field instanceof HTMLSelectElement
  )
}

function isCheckable(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio')
}

function isTextControl(field: Field): field is HTMLInputElement | HTMLTextAreaElement {
  if (field instanceof HTMLTextAreaElement) return true
  return field instanceof HTMLInputElement && !['checkbox', 'radio', 'file'].includes(field.type)
}

/** Digits of a length and with a check digit as on a card (ISO/IEC 7812). */
function isCardNumber(text: string): boolean {
  if (text.length > 40) return false
  const digits = text.replace(/[ -]/g, '')
  if (!/^\d{13,19}$/.test(digits)) return false
  let sum = 0
  for (const [index, digit] of [...digits].reverse().entries()) {
    const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2)
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}
