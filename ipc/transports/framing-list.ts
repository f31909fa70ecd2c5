import { types } from 'node:util'
import { MessageTooLargeError, ValidationError } from '../errors.ts'
import { maxMessageBytes } from '../size.ts'

/**
 * A list of messages as bytes. JSON carries what it can; buffers follow it as they are; what JSON cannot say is noted
 * beside it, each note with the path to its place, so that reading costs by the number of notes and not by the size:
 *
 *     head = JSON of [plain, notes, sizes]        then the buffers, one after the other
 *     note = [what stands there, ...path to it]   the inner ones before the outer ones
 *
 * Carried: what JSON carries, and undefined, NaN, the infinities, -0, bigints, dates, maps, sets, ArrayBuffers and views
 * of them. As with structured clone an instance of a class arrives as a plain object and a Buffer as a Uint8Array. Unlike
 * there a view takes only its own bytes along, since the rest of its buffer may be somebody else's (Node's pool); an
 * object that occurs twice arrives twice, but a buffer that occurs twice arrives once; a hole arrives as undefined.
 * Everything else is refused by name: functions, symbols, errors, regular expressions, shared memory, and what refers to itself.
 */
export interface EncodedList {
  readonly head: string
  readonly buffers: readonly Attachment[]
}

/** Some bytes of a buffer. Not a view, which would be empty when the buffer is moved away. */
export interface Attachment {
  readonly owner: ArrayBufferLike
  readonly offset: number
  readonly length: number
}

/** The head of a list, before its buffers have arrived. Its parts are checked when the list is put together. */
export interface ListHead {
  readonly plain: unknown
  readonly notes: readonly unknown[]
  readonly sizes: readonly number[]
}

/** Deeper than any contract. */
const maxDepth = 200
/** Each is an allocation at the reader, however small. */
const maxBuffers = 65_536

const viewTypes = {
  Uint8Array,
  Int8Array,
  Uint8ClampedArray,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
  BigUint64Array,
  BigInt64Array,
} as const

type Step = string | number

/** Throws VALIDATION_ERROR with the place of what cannot be carried. */
export function encodeList(list: unknown): EncodedList {
  return new ListWriter().write(list)
}

class ListWriter {
  readonly #notes: unknown[] = []
  readonly #buffers: Attachment[] = []
  readonly #indexOfBuffer = new Map<ArrayBufferLike, number>()
  readonly #path: Step[] = []
  /** The objects that the path leads through. */
  readonly #around: object[] = []
  #parts = 0

  write(list: unknown): EncodedList {
    const plain = this.#plain(list)
    const sizes = this.#buffers.map(buffer => buffer.length)
    return { head: JSON.stringify([plain, this.#notes, sizes]), buffers: this.#buffers }
  }

  /** What stands in the JSON for a value; the value itself when JSON can carry it. */
  #plain(value: unknown): unknown {
    this.#parts += 1
    // An object that occurs in itself many times over would never end.
    if (this.#parts > maxMessageBytes) throw new MessageTooLargeError(`More than ${maxMessageBytes} bytes`)
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value
      case 'number':
        if (Number.isFinite(value) && !Object.is(value, -0)) return value
        return this.#noted('number', Object.is(value, -0) ? '-0' : String(value))
      case 'undefined':
        return this.#noted('undefined', null)
      case 'bigint':
        // Decimal digits would take the reader time that grows faster than their number.
        return this.#noted('bigint', value < 0n ? `-${(-value).toString(16)}` : value.toString(16))
      case 'object':
        return value === null ? null : this.#object(value)
      case 'function':
      case 'symbol':
        throw this.#refused(`a ${typeof value}`)
    }
  }

  #object(value: object): unknown {
    if (types.isDate(value))
      return this.#noted('date', Number.isNaN(value.getTime()) ? null : value.getTime())
    if (types.isArrayBuffer(value)) return this.#noted('buffer', this.#attached(value))
    if (ArrayBuffer.isView(value)) return this.#view(value)
    if (this.#around.includes(value)) throw this.#refused('something that refers to itself')
    if (this.#around.length >= maxDepth) throw this.#refused(`something nested deeper than ${maxDepth}`)
    this.#around.push(value)
    const plain = this.#container(value)
    this.#around.pop()
    return plain
  }

  #container(value: object): unknown {
    if (Array.isArray(value)) return this.#array(value)
    if (types.isMap(value)) return this.#noted('map', this.#array([...value]))
    if (types.isSet(value)) return this.#noted('set', this.#array([...value]))
    const name = Object.prototype.toString.call(value).slice('[object '.length, -1)
    if (name !== 'Object') throw this.#refused(`a ${name}`)
    return this.#record(value)
  }

  /** The array itself as long as nothing in it needs another form. */
  #array(array: readonly unknown[]): readonly unknown[] {
    let changed: unknown[] | null = null
    for (let index = 0; index < array.length; index += 1) {
      this.#path.push(index)
      const plain = this.#plain(array[index])
      this.#path.pop()
      if (changed === null && plain !== array[index]) changed = array.slice(0, index)
      changed?.push(plain)
    }
    return changed ?? array
  }

  #record(record: object): object {
    const prototype: unknown = Object.getPrototypeOf(record)
    // JSON.stringify would call a toJSON that a class brings along.
    let isChanged = prototype !== Object.prototype && prototype !== null
    const keys = Object.keys(record)
    const plains = keys.map(key => {
      const value: unknown = Reflect.get(record, key)
      this.#path.push(key)
      const plain = this.#plain(value)
      this.#path.pop()
      if (plain !== value) isChanged = true
      return plain
    })
    // Unlike an assignment this leaves a key named __proto__ a mere key.
    return isChanged ? Object.fromEntries(keys.map((key, index) => [key, plains[index]])) : record
  }

  #view(view: ArrayBufferView): unknown {
    const name = types.isDataView(view) ? 'DataView' : Object.prototype.toString.call(view).slice(8, -1)
    if (!isViewName(name) && name !== 'DataView') throw this.#refused(`a ${name}`)
    if (types.isSharedArrayBuffer(view.buffer)) throw this.#refused('shared memory')
    const isWhole = view.byteLength === view.buffer.byteLength
    return this.#noted(name, this.#attached(view.buffer, isWhole ? undefined : view))
  }

  /** The number of the buffer among those that follow the head. */
  #attached(owner: ArrayBufferLike, part?: ArrayBufferView): number {
    const known = part === undefined ? this.#indexOfBuffer.get(owner) : undefined
    if (known !== undefined) return known
    if ('detached' in owner && owner.detached === true) throw this.#refused('a buffer that was moved away')
    const index = this.#buffers.length
    if (index >= maxBuffers) throw this.#refused(`more than ${maxBuffers} buffers`)
    const { byteLength: length } = part ?? owner
    const offset = part?.byteOffset ?? 0
    this.#buffers.push({ owner, offset, length })
    if (part === undefined) this.#indexOfBuffer.set(owner, index)
    return index
  }

  #noted<Value>(kind: string, plain: Value): Value {
    this.#notes.push([kind, ...this.#path])
    return plain
  }

  #refused(what: string): ValidationError {
    const place = this.#path.length === 0 ? 'the list' : this.#path.join('/')
    return new ValidationError(`${what} at ${place} cannot be sent through a socket`)
  }
}

/** Throws VALIDATION_ERROR when the text is no head. */
export function readListHead(text: string): ListHead {
  const head: unknown = JSON.parse(text)
  if (!Array.isArray(head) || head.length !== 3) throw malformed('its head')
  const [plain, notes, sizes]: unknown[] = head
  if (!Array.isArray(notes)) throw malformed('its notes')
  if (!Array.isArray(sizes) || sizes.length > maxBuffers || !sizes.every(isSize)) {
    throw malformed('the sizes of its buffers')
  }
  return { plain, notes, sizes }
}

/** Puts a list together. `buffers` are those of its head's sizes, in that order. Throws VALIDATION_ERROR. */
export function decodeList(head: ListHead, buffers: readonly ArrayBuffer[]): unknown {
  const root: unknown[] = [head.plain]
  for (const note of head.notes) {
    if (!Array.isArray(note)) throw malformed('a note')
    const [kind, ...path]: unknown[] = note
    let container: object = root
    let key: unknown = 0
    for (const step of path) {
      const inner: unknown = Reflect.get(container, ownKey(container, key))
      if (typeof inner !== 'object' || inner === null) throw malformed('the place of a note')
      container = inner
      key = step
    }
    const place = ownKey(container, key)
    Reflect.set(container, place, revived(kind, Reflect.get(container, place), buffers))
  }
  return root[0]
}

/** Only what the JSON itself brought: no prototype, nothing that a note made. */
function ownKey(container: object, key: unknown): Step {
  const isStep = typeof key === 'string' || typeof key === 'number'
  const prototype: unknown = Object.getPrototypeOf(container)
  const isFromJson = prototype === Object.prototype || prototype === Array.prototype
  const isElement = typeof key === 'number' || !Array.isArray(container)
  if (!isStep || !isFromJson || !isElement || !Object.hasOwn(container, key)) {
    throw malformed('the place of a note')
  }
  return key
}

function revived(kind: unknown, plain: unknown, buffers: readonly ArrayBuffer[]): unknown {
  switch (kind) {
    case 'undefined':
      return undefined
    case 'number':
      if (plain === '-0') return -0
      if (plain === 'NaN' || plain === 'Infinity' || plain === '-Infinity') return Number(plain)
      throw malformed('a number')
    case 'bigint':
      return readBigint(plain)
    case 'date':
      if (plain === null || typeof plain === 'number') return new Date(plain ?? Number.NaN)
      throw malformed('a date')
    case 'map':
      if (!Array.isArray(plain) || !plain.every(isPair)) throw malformed('a map')
      return new Map(plain)
    case 'set':
      if (!Array.isArray(plain)) throw malformed('a set')
      return new Set(plain)
    case 'buffer':
      return bufferAt(plain, buffers)
    case 'DataView':
      return new DataView(bufferAt(plain, buffers))
    default:
      return readView(kind, bufferAt(plain, buffers))
  }
}

function readView(kind: unknown, buffer: ArrayBuffer): ArrayBufferView {
  if (typeof kind !== 'string' || !isViewName(kind)) throw malformed('a note of an unknown kind')
  const View = viewTypes[kind]
  if (buffer.byteLength % View.BYTES_PER_ELEMENT !== 0) throw malformed(`a ${kind}`)
  return new View(buffer)
}

function readBigint(plain: unknown): bigint {
  if (typeof plain !== 'string' || !/^-?[0-9a-f]+$/.test(plain)) throw malformed('a bigint')
  return plain.startsWith('-') ? -BigInt(`0x${plain.slice(1)}`) : BigInt(`0x${plain}`)
}

function bufferAt(index: unknown, buffers: readonly ArrayBuffer[]): ArrayBuffer {
  const buffer = typeof index === 'number' ? buffers[index] : undefined
  if (buffer === undefined) throw malformed('the number of a buffer')
  return buffer
}

function isViewName(name: string): name is keyof typeof viewTypes {
  return Object.hasOwn(viewTypes, name)
}

function isPair(entry: unknown): entry is [unknown, unknown] {
  return Array.isArray(entry) && entry.length === 2
}

function isSize(size: unknown): size is number {
  return typeof size === 'number' && Number.isSafeInteger(size) && size >= 0
}

function malformed(part: string): ValidationError {
  return new ValidationError(`A list whose parts do not fit: ${part}`)
}
