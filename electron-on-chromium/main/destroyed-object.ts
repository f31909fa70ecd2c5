import { EventEmitter } from 'node:events'

function refuse(): never {
  throw new TypeError('Object has been destroyed')
}

/** From now on the object refuses every use of its class but those named. Listeners can still be taken away. */
export function refuseUse(object: object, allowed: ReadonlySet<string>): void {
  let prototype: unknown = Object.getPrototypeOf(object)
  while (prototype && prototype !== EventEmitter.prototype && prototype !== Object.prototype) {
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (allowed.has(name) || Object.hasOwn(object, name)) continue
      if (typeof descriptor.value === 'function') Object.defineProperty(object, name, { value: refuse })
      else if (descriptor.get) Object.defineProperty(object, name, { get: refuse, set: refuse })
    }
    prototype = Object.getPrototypeOf(prototype)
  }
}
