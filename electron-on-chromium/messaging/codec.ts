/**
 * Structured clone as JSON, for the DevTools channel between a page's isolated world and the main process.
 * This module is used on both sides: it is also injected into pages, so it imports nothing at run time and
 * touches no DOM or Node type.
 *
 * What it carries: every primitive but symbols, plain objects and arrays (holes and cycles kept), Date, RegExp,
 * Map, Set, boxed primitives, Error with its cause, ArrayBuffer, typed arrays and DataView (shared buffers stay
 * shared). Everything else throws an Error with Electron's words.
 */

/** Bytes to text and back; the two runtimes have different means. */
export interface BytesAsText {
  toText(bytes: Uint8Array): string
  fromText(text: string): Uint8Array
}

export interface Codec {
  /** A tree that JSON can carry. Throws `An object could not be cloned.` */
  encode(value: unknown): unknown
  /** The value of a tree made by `encode`. Throws TypeError on anything else; never runs code of the value. */
  decode(tree: unknown): unknown
}

const viewNames = [
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float16Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
  'DataView',
] as const

type ViewConstructor = new (buffer: ArrayBuffer, byteOffset: number, length: number) => ArrayBufferView

const errorConstructors: Readonly<Record<string, ErrorConstructor>> = {
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
}

export function notCloneable(): Error {
  return new Error('An object could not be cloned.')
}

function unknownTree(): TypeError {
  return new TypeError('not a structured clone')
}

function tagOf(value: object): string {
  return Object.prototype.toString.call(value).slice(8, -1)
}

/** Sets an own property whatever its name, `__proto__` included. */
function setOwn(target: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true })
}

export function createCodec(bytes: BytesAsText): Codec {
  return {
    encode(value) {
      switch (typeof value) {
        case 'string':
        case 'boolean':
          return value
        case 'undefined':
          return ['u']
        default:
          break
      }
      if (value === null) return null
      let clone: unknown
      try {
        // The engine's own algorithm decides what can be cloned, runs getters once and drops prototypes.
        clone = structuredClone(value)
      } catch {
        throw notCloneable()
      }
      return new Encoder(bytes).write(clone)
    },
    decode(tree) {
      return new Decoder(bytes).read(tree)
    },
  }
}

class Encoder {
  readonly #bytes: BytesAsText
  readonly #seen = new Map<object, number>()

  constructor(bytes: BytesAsText) {
    this.#bytes = bytes
  }

  write(value: unknown): unknown {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value
      case 'number':
        if (Number.isFinite(value) && !Object.is(value, -0)) return value
        return ['n', Object.is(value, -0) ? '-0' : String(value)]
      case 'undefined':
        return ['u']
      case 'bigint':
        return ['b', String(value)]
      case 'object':
        return value === null ? null : this.#writeObject(value)
      case 'function':
      case 'symbol':
        throw notCloneable()
    }
  }

  #writeObject(value: object): unknown {
    const index = this.#seen.get(value)
    if (index !== undefined) return ['r', index]
    this.#seen.set(value, this.#seen.size)
    if (Array.isArray(value)) return this.#writeArray(value)
    if (ArrayBuffer.isView(value)) return this.#writeView(value)
    const tag = tagOf(value)
    switch (tag) {
      case 'Object':
        return ['o', ...this.#writeProperties(value)]
      case 'Date':
        return ['d', this.write(Number(value))]
      case 'RegExp':
        return ['x', (value as RegExp).source, (value as RegExp).flags]
      case 'Map':
        return ['m', ...[...(value as Map<unknown, unknown>)].flat().map(part => this.write(part))]
      case 'Set':
        return ['s', ...[...(value as Set<unknown>)].map(part => this.write(part))]
      case 'Error':
        return this.#writeError(value as Error)
      case 'ArrayBuffer':
        return ['a', this.#bytes.toText(new Uint8Array(value as ArrayBuffer))]
      case 'Boolean':
      case 'Number':
      case 'String':
      case 'BigInt':
        return ['w', this.write(value.valueOf())]
      default:
        throw notCloneable()
    }
  }

  #writeArray(value: readonly unknown[]): unknown {
    const keys = Object.keys(value)
    const isDense =
      keys.length === value.length && (keys.length === 0 || keys.at(-1) === String(keys.length - 1))
    if (isDense) return ['l', ...value.map(part => this.write(part))]
    return ['L', value.length, ...this.#writeProperties(value)]
  }

  #writeProperties(value: object): unknown[] {
    const parts: unknown[] = []
    for (const key of Object.keys(value)) parts.push(key, this.write((value as Record<string, unknown>)[key]))
    return parts
  }

  #writeView(value: ArrayBufferView): unknown {
    const kind = viewNames.indexOf(tagOf(value) as (typeof viewNames)[number])
    if (kind === -1 || tagOf(value.buffer) !== 'ArrayBuffer') throw notCloneable()
    const length = 'length' in value ? value.length : value.byteLength
    return ['t', kind, this.#writeObject(value.buffer), value.byteOffset, length]
  }

  #writeError(value: Error): unknown {
    const name =
      typeof value.name === 'string' && Object.hasOwn(errorConstructors, value.name) ? value.name : 'Error'
    const parts: unknown[] = ['e', name, String(value.message), String(value.stack ?? '')]
    if ('cause' in value) parts.push(this.write(value.cause))
    return parts
  }
}

class Decoder {
  readonly #bytes: BytesAsText
  readonly #seen: object[] = []

  constructor(bytes: BytesAsText) {
    this.#bytes = bytes
  }

  read(tree: unknown): unknown {
    if (tree === null || typeof tree === 'string' || typeof tree === 'boolean' || typeof tree === 'number')
      return tree
    if (!Array.isArray(tree)) throw unknownTree()
    const parts: readonly unknown[] = tree
    switch (parts[0]) {
      case 'u':
        return undefined
      case 'n':
        return Number(parts[1])
      case 'b':
        return BigInt(this.#text(parts[1]))
      case 'r': {
        const known = this.#seen[Number(parts[1])]
        if (known === undefined) throw unknownTree()
        return known
      }
      case 'l':
        return this.#readList(parts)
      case 'L':
        return this.#readProperties(this.#keep(new Array(Number(parts[1]))), parts, 2)
      case 'o':
        return this.#readProperties(this.#keep({}), parts, 1)
      case 'd':
        return this.#keep(new Date(Number(this.read(parts[1]))))
      case 'x':
        return this.#keep(new RegExp(this.#text(parts[1]), this.#text(parts[2])))
      case 'm': {
        const map = this.#keep(new Map<unknown, unknown>())
        for (let index = 1; index < parts.length; index += 2)
          map.set(this.read(parts[index]), this.read(parts[index + 1]))
        return map
      }
      case 's': {
        const set = this.#keep(new Set<unknown>())
        for (const part of parts.slice(1)) set.add(this.read(part))
        return set
      }
      case 'e':
        return this.#readError(parts)
      case 'a':
        return this.#keep(this.#readBuffer(parts))
      case 't':
        return this.#readView(parts)
      case 'w': {
        const place = this.#seen.push({}) - 1
        const boxed: object = Object(this.read(parts[1]))
        this.#seen[place] = boxed
        return boxed
      }
      default:
        throw unknownTree()
    }
  }

  #keep<T extends object>(value: T): T {
    this.#seen.push(value)
    return value
  }

  #text(part: unknown): string {
    if (typeof part !== 'string') throw unknownTree()
    return part
  }

  #readList(parts: readonly unknown[]): unknown[] {
    const list: unknown[] = this.#keep([])
    for (let index = 1; index < parts.length; index++) setOwn(list, index - 1, this.read(parts[index]))
    return list
  }

  #readProperties<T extends object>(target: T, parts: readonly unknown[], from: number): T {
    for (let index = from; index < parts.length; index += 2)
      setOwn(target, this.#text(parts[index]), this.read(parts[index + 1]))
    return target
  }

  #readError(parts: readonly unknown[]): Error {
    const name = this.#text(parts[1])
    const ErrorClass = Object.hasOwn(errorConstructors, name) ? errorConstructors[name] : undefined
    const error = this.#keep(new (ErrorClass ?? Error)(this.#text(parts[2])))
    const stack = this.#text(parts[3])
    Object.defineProperty(error, 'stack', { value: stack, writable: true, configurable: true })
    if (parts.length > 4) {
      const cause = this.read(parts[4])
      Object.defineProperty(error, 'cause', { value: cause, writable: true, configurable: true })
    }
    return error
  }

  #readBuffer(parts: readonly unknown[]): ArrayBuffer {
    const content = this.#bytes.fromText(this.#text(parts[1]))
    if (content.byteLength === content.buffer.byteLength) return content.buffer as ArrayBuffer
    return content.slice().buffer as ArrayBuffer
  }

  #readView(parts: readonly unknown[]): ArrayBufferView {
    const place = this.#seen.push({}) - 1
    const buffer = this.read(parts[2])
    const name = viewNames[Number(parts[1])]
    if (name === undefined || !(buffer instanceof ArrayBuffer)) throw unknownTree()
    const View = (globalThis as unknown as Record<string, ViewConstructor | undefined>)[name]
    if (!View) throw unknownTree()
    const view = new View(buffer, Number(parts[3]), Number(parts[4]))
    this.#seen[place] = view
    return view
  }
}
