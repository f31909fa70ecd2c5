import type { Protocol } from '../chromium/devtools.ts'
import { notCloneable } from './codec.ts'

type DeepValue = Protocol.Runtime.DeepSerializedValue

/** The engine's serialization leaves something out that structured clone keeps. */
export const incomplete: unique symbol = Symbol('incomplete')

class Incomplete extends Error {}

/**
 * The value of DevTools' deep serialization; `incomplete` when part of it cannot be known from there. Throws
 * `An object could not be cloned.`
 */
export function readDeepValue(value: DeepValue): unknown {
  try {
    return read(value, new Map())
  } catch (error) {
    if (error instanceof Incomplete) return incomplete
    throw error
  }
}

function read(deep: DeepValue, seen: Map<number, unknown>): unknown {
  const { value, weakLocalObjectReference: reference } = deep
  const keep = <T>(made: T): T => {
    if (reference !== undefined) seen.set(reference, made)
    return made
  }
  switch (deep.type) {
    case 'undefined':
      return undefined
    case 'null':
      return null
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return typeof value === 'string' ? Number(value) : value
    case 'bigint':
      return BigInt(value)
    case 'array': {
      if (value === undefined) return known(reference, seen)
      const list: unknown[] = keep([])
      for (const part of value as readonly DeepValue[]) list.push(read(part, seen))
      return list
    }
    case 'object': {
      if (value === undefined) return known(reference, seen)
      const target = keep({})
      for (const [key, part] of value as readonly (readonly [string | DeepValue, DeepValue])[])
        setOwn(target, typeof key === 'string' ? key : String(read(key, seen)), read(part, seen))
      return target
    }
    case 'map': {
      if (value === undefined) return known(reference, seen)
      const map = keep(new Map<unknown, unknown>())
      for (const [key, part] of value as readonly (readonly [string | DeepValue, DeepValue])[])
        map.set(typeof key === 'string' ? key : read(key, seen), read(part, seen))
      return map
    }
    case 'set': {
      if (value === undefined) return known(reference, seen)
      const set = keep(new Set<unknown>())
      for (const part of value as readonly DeepValue[]) set.add(read(part, seen))
      return set
    }
    case 'date':
      return keep(new Date(value))
    case 'regexp': {
      const { pattern, flags } = value as { readonly pattern: string; readonly flags?: string }
      return keep(new RegExp(pattern, flags))
    }
    case 'function':
    case 'symbol':
    case 'promise':
    case 'weakmap':
    case 'weakset':
      throw notCloneable()
    default:
      throw new Incomplete()
  }
}

function known(reference: number | undefined, seen: Map<number, unknown>): unknown {
  if (reference === undefined || !seen.has(reference)) throw new Incomplete()
  return seen.get(reference)
}

function setOwn(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true })
}
