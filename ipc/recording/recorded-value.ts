/** Stands where a value was left out because it is sensitive. */
export const redacted: unique symbol = Symbol('redacted')

/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Deeper or larger values are cut there, and circles where they close. */
const maxDepth = 100
const maxParts = 250_000
/** What encoding cuts is never as deep as this in JSON, where a tag takes levels of its own. */
const maxJsonDepth = 1_000
/** Arguments of `String.fromCharCode` go on the stack. */
const chunkBytes = 8_192

const byteViews = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
} as const
type ByteViewName = keyof typeof byteViews

/**
 * Writes any value that can travel between processes as JSON. What JSON does not know becomes an object whose `$` names
 * the type: bytes (base64), dates, maps, sets, big and unusual numbers, `undefined`, and what was redacted or cut. Never
 * throws.
 */
export function encodeValue(value: unknown): Json {
  let parts = 0
  const around = new Set<object>()
  const encode = (one: unknown, depth: number): Json => {
    parts += 1
    switch (typeof one) {
      case 'string':
      case 'boolean':
        return one
      case 'number':
        return Number.isFinite(one) && !Object.is(one, -0) ? one : { $: 'number', value: numberText(one) }
      case 'bigint':
        return { $: 'bigint', value: one.toString() }
      case 'undefined':
        return { $: 'undefined' }
      case 'symbol':
        return { $: one === redacted ? 'redacted' : 'cut' }
      case 'function':
        return { $: 'cut' }
      case 'object':
        if (one === null) return null
        return depth > maxDepth || parts > maxParts || around.has(one)
          ? { $: 'cut' }
          : within(one, () => encodeObject(one, depth + 1))
    }
  }
  const within = (one: object, work: () => Json): Json => {
    around.add(one)
    const made = work()
    around.delete(one)
    return made
  }
  const encodeObject = (one: object, depth: number): Json => {
    const list = (values: Iterable<unknown>): readonly Json[] =>
      Array.from(values, part => encode(part, depth))
    if (Array.isArray(one)) return list(one)
    if (one instanceof ArrayBuffer) {
      return { $: 'bytes', of: 'ArrayBuffer', value: base64Of(new Uint8Array(one)) }
    }
    if (ArrayBuffer.isView(one)) {
      const bytes = new Uint8Array(one.buffer, one.byteOffset, one.byteLength)
      return { $: 'bytes', of: nameOfView(one), value: base64Of(bytes) }
    }
    if (one instanceof Date) return { $: 'date', value: encode(one.getTime(), depth) }
    if (one instanceof Map) return { $: 'map', value: list(one) }
    if (one instanceof Set) return { $: 'set', value: list(one) }
    const properties = Object.entries(one).map(([key, part]) => [key, encode(part, depth)] as const)
    // What looks like a tag, or would set a prototype, is written as a list of pairs.
    const isPlain = properties.every(([key]) => key !== '$' && key !== '__proto__')
    return isPlain ? Object.fromEntries(properties) : { $: 'object', value: properties }
  }
  return encode(value, 0)
}

/**
 * Reads what `encodeValue` wrote; what was cut comes back as `undefined`. Never throws: a tag that nobody knows, in a
 * file that somebody changed, is taken for a value like any other.
 */
export function decodeValue(json: Json): unknown {
  return decode(json, 0)
}

function decode(json: Json, depth: number): unknown {
  if (typeof json !== 'object' || json === null) return json
  if (depth > maxJsonDepth) return undefined
  const inner = (part: Json): unknown => decode(part, depth + 1)
  const innerOf = (part: Json | undefined): unknown[] => (Array.isArray(part) ? part.map(inner) : [])
  if (Array.isArray(json)) return innerOf(json)
  const record = json as { readonly [key: string]: Json }
  const { $: tag, value } = record
  switch (tag) {
    case 'undefined':
    case 'cut':
      return undefined
    case 'redacted':
      return redacted
    case 'number':
      return numberOf(value)
    case 'bigint':
      return typeof value === 'string' && /^-?\d+$/.test(value) ? BigInt(value) : undefined
    case 'bytes':
      return bytesOf(record.of, value)
    case 'date':
      return new Date(numberOf(value === undefined ? undefined : inner(value)))
    case 'map':
      return new Map(innerOf(value).filter(isPair))
    case 'set':
      return new Set(innerOf(value))
    case 'object':
      return Object.fromEntries(
        innerOf(value)
          .filter(isPair)
          .filter(([key]) => typeof key === 'string'),
      )
    default:
      return Object.fromEntries(Object.entries(record).map(([key, part]) => [key, inner(part)]))
  }
}

/** Whether anything within is missing because it was redacted. */
export function holdsRedacted(value: unknown): boolean {
  if (value === redacted) return true
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return false
  if (value instanceof Map || value instanceof Set) return [...value].some(holdsRedacted)
  return Object.values(value).some(holdsRedacted)
}

function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}

/** Only from what is a number, or the name of one: other values may fail to become one. */
function numberOf(value: unknown): number {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN
}

function isPair(value: unknown): value is [unknown, unknown] {
  return Array.isArray(value) && value.length === 2
}

function nameOfView(view: ArrayBufferView): ByteViewName {
  for (const name of Object.keys(byteViews) as ByteViewName[])
    if (view instanceof byteViews[name]) return name
  // A DataView has bytes but no items; its bytes are what matters.
  return 'Uint8Array'
}

function bytesOf(name: Json | undefined, value: Json | undefined): unknown {
  let binary: string
  try {
    binary = atob(typeof value === 'string' ? value : '')
  } catch {
    return undefined
  }
  const bytes = Uint8Array.from(binary, character => character.charCodeAt(0))
  if (name === 'ArrayBuffer') return bytes.buffer
  if (typeof name !== 'string' || !Object.hasOwn(byteViews, name)) return bytes
  const View = byteViews[name as ByteViewName]
  return bytes.byteLength % View.BYTES_PER_ELEMENT === 0 ? new View(bytes.buffer) : bytes
}

function base64Of(bytes: Uint8Array): string {
  let binary = ''
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    binary += String.fromCharCode(...bytes.subarray(start, start + chunkBytes))
  }
  return btoa(binary)
}
