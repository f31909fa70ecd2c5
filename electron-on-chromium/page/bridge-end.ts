/**
 * One end of the bridge between two worlds of a page. The same code runs at both ends; the end in the main world
 * lives among scripts that may be hostile. It therefore takes everything it needs at document start, before any
 * page script, and afterwards uses syntax and these takings only: no method call on an object, no iteration, no
 * spread, no property set by assignment, no options object with a prototype.
 *
 * The two ends share an element (`bus`) that nobody else holds. It lies in the shadow tree of `host`: while listeners there are
 * called, `window.event` is not their event, which would lead whoever is called meanwhile to the bus. Each message is a CustomEvent whose detail the
 * engine clones between the worlds, so a call and its answer are synchronous. Functions, promises, symbols and
 * elements travel as numbers that only the two ends can resolve.
 */

export interface BridgeEnd {
  /** Sends a value to be put on the other world's window. Throws when it cannot be. */
  expose(name: string, value: unknown): void
  /** Runs a function, given as source, in the other world. Throws what it throws, or that it may not be made. */
  execute(source: string, args: readonly unknown[]): unknown
}

type Tuple = readonly unknown[]

interface SentFunction {
  readonly target: object
  /** How often the other end was given it; it is forgotten when all were released. */
  sentCount: number
}

interface ReceivedFunction {
  readonly id: number
  receivedCount: number
}

interface PendingPromise {
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
}

/** What one message holds beside its tree: elements cannot be cloned and cross in events of their own. */
interface Encoding {
  readonly seen: Map<object, number>
  readonly elements: EventTarget[]
}

interface Decoding {
  readonly seen: object[]
  readonly elements: readonly EventTarget[]
  readonly isFrozen: boolean
}

/** Which end this is: both hear every event on the bus, so each type says for whom it is. */
export type BridgeSide = 'page' | 'preload'

/** Takes what an end needs of its world. What comes back makes the end, with the element shared by both. */
export function prepareBridgeEnd(side: BridgeSide): (host: Element) => BridgeEnd {
  const otherSide: BridgeSide = side === 'page' ? 'preload' : 'page'
  const scope = globalThis as typeof globalThis & { readonly window: object }
  const { apply, ownKeys, getOwnPropertyDescriptor, getPrototypeOf, defineProperty } = Reflect
  const { freeze } = Object
  const objectPrototype = Object.prototype
  const { isArray } = Array
  const { isView } = ArrayBuffer
  const SafeError = Error
  const SafeTypeError = TypeError
  const { isError } = Error as typeof Error & { isError?(value: unknown): boolean }
  const SafeFunction = Function
  const SafePromise = Promise
  const SafeMap = Map
  const SafeWeakMap = WeakMap
  const SafeWeakRef = WeakRef
  const SafeSymbol = Symbol
  const SafeCustomEvent = CustomEvent
  const SafeMouseEvent = MouseEvent
  const SafeFinalizationRegistry = FinalizationRegistry
  const clone = structuredClone
  const { window } = scope

  type Operation = (...args: never[]) => unknown
  /** The operation as a function of its object, out of reach of whoever changes prototypes later. */
  const take = <T>(operation: Operation | undefined): ((self: unknown, ...args: unknown[]) => T) => {
    const taken = operation as () => T
    return (self, ...args) => apply(taken, self, args)
  }
  const takeGetter = <T>(prototype: object, name: PropertyKey): ((self: unknown) => T) =>
    take<T>(getOwnPropertyDescriptor(prototype, name)?.get)

  const addListener = take<void>(EventTarget.prototype.addEventListener as Operation)
  const dispatch = take<boolean>(EventTarget.prototype.dispatchEvent as Operation)
  const detailOf = takeGetter<unknown>(CustomEvent.prototype, 'detail')
  const relatedTargetOf = takeGetter<EventTarget | null>(MouseEvent.prototype, 'relatedTarget')
  const mapGet = take<unknown>(Map.prototype.get as Operation)
  const mapSet = take<unknown>(Map.prototype.set as Operation)
  const mapDelete = take<boolean>(Map.prototype.delete as Operation)
  const mapSize = takeGetter<number>(Map.prototype, 'size')
  const weakGet = take<unknown>(WeakMap.prototype.get as Operation)
  const weakSet = take<unknown>(WeakMap.prototype.set as Operation)
  const deref = take<object | undefined>(WeakRef.prototype.deref as Operation)
  const then = take<unknown>(Promise.prototype.then as Operation)
  const registerFinal = take<void>(FinalizationRegistry.prototype.register as Operation)
  const symbolDescription = takeGetter<string | undefined>(Symbol.prototype, 'description')

  /** Operations that throw unless their object is of a kind that the engine clones as a whole. */
  const cloneableBrands: ((self: unknown) => unknown)[] = [
    take(Date.prototype.getTime as Operation),
    takeGetter(Map.prototype, 'size'),
    takeGetter(Set.prototype, 'size'),
    takeGetter(ArrayBuffer.prototype, 'byteLength'),
    takeGetter(Blob.prototype, 'size'),
    // RegExp.prototype.toString works on any object; this getter insists on a regular expression.
    takeGetter(RegExp.prototype, 'dotAll'),
    take(Boolean.prototype.valueOf as Operation),
    take(Number.prototype.valueOf as Operation),
    take(String.prototype.valueOf as Operation),
    take(Symbol.prototype.valueOf as Operation),
    take(BigInt.prototype.valueOf as Operation),
  ]
  const ownerDocumentOf = takeGetter<Document>(Node.prototype, 'ownerDocument')
  const adopt = take<Node>(Document.prototype.adoptNode as Operation)
  const presentDocument = takeGetter<Document>(scope.window, 'document')
  const tagNameOf = takeGetter<string>(Element.prototype, 'tagName')
  const shadowRootOf = takeGetter<ShadowRoot | null>(Element.prototype, 'shadowRoot')
  const firstChildOf = takeGetter<Element | null>(DocumentFragment.prototype, 'firstElementChild')

  const wellKnownSymbols: unknown = { __proto__: null }
  for (const name of ownKeys(Symbol)) {
    const value = (Symbol as unknown as Record<PropertyKey, unknown>)[name]
    if (typeof value === 'symbol' && typeof name === 'string') define(wellKnownSymbols as object, name, value)
  }
  const wellKnownNames = ownKeys(wellKnownSymbols as object)

  const maximumDepth = 1000
  const sentFunctions = new SafeMap<number, SentFunction>()
  const sentIds = new SafeWeakMap<object, number>()
  const receivedFunctions = new SafeMap<number, WeakRef<object>>()
  const receivedRecords = new SafeWeakMap<object, ReceivedFunction>()
  const sentSymbols = new SafeMap<unknown, unknown>()
  const receivedSymbols = new SafeMap<unknown, unknown>()
  const pendingPromises = new SafeMap<number, PendingPromise>()
  const answers = new SafeMap<number, Tuple>()
  const released = new SafeFinalizationRegistry<ReceivedFunction>(record => {
    const current = mapGet(receivedFunctions, record.id) as WeakRef<object> | undefined
    if (current && deref(current) === undefined) mapDelete(receivedFunctions, record.id)
    emit('release', [record.id, record.receivedCount])
  })
  let host: Element
  let bus: Element
  let lastId = 0
  let arrivingElements: EventTarget[] = []

  /** Sets an own property, whatever setters a prototype has. */
  function define(target: object, key: PropertyKey, value: unknown): void {
    const descriptor = { __proto__: null, value, writable: true, enumerable: true, configurable: true }
    defineProperty(target, key, descriptor as PropertyDescriptor)
  }

  function append(list: readonly unknown[], value: unknown): void {
    define(list, list.length, value)
  }

  /** A window can outlive its first, empty document; nothing is heard in a document that is gone. */
  function moveToPresentDocument(): void {
    const present = presentDocument(window)
    if (ownerDocumentOf(host) !== present) adopt(present, host)
  }

  function emit(type: string, detail: unknown): void {
    moveToPresentDocument()
    dispatch(bus, new SafeCustomEvent(`${otherSide} ${type}`, { __proto__: null, detail } as CustomEventInit))
  }

  function emitElements(elements: readonly EventTarget[]): void {
    if (elements.length > 0) moveToPresentDocument()
    for (let index = 0; index < elements.length; index++) {
      const init = { __proto__: null, relatedTarget: elements[index] }
      dispatch(bus, new SafeMouseEvent(`${otherSide} element`, init as MouseEventInit))
    }
  }

  function listen(type: string, listener: (detail: Tuple) => void): void {
    addListener(bus, `${side} ${type}`, (event: Event) => {
      const detail = detailOf(event)
      if (isArray(detail)) listener(detail)
    })
  }

  // Values out

  function encodeMessage(
    value: unknown,
    depth: number,
  ): { readonly tree: unknown; readonly elements: readonly EventTarget[] } {
    const encoding: Encoding = { seen: new SafeMap(), elements: [] }
    return { tree: encode(value, encoding, depth), elements: encoding.elements }
  }

  function encode(value: unknown, encoding: Encoding, depth: number): unknown {
    switch (typeof value) {
      case 'function':
        return encodeFunction(value)
      case 'symbol':
        return encodeSymbol(value)
      case 'object':
        return value === null ? null : encodeObject(value, encoding, depth)
      default:
        return value
    }
  }

  function encodeFunction(value: object): Tuple {
    const record = weakGet(receivedRecords, value) as ReceivedFunction | undefined
    if (record) return ['F', record.id]
    const known = weakGet(sentIds, value) as number | undefined
    const entry = known === undefined ? undefined : (mapGet(sentFunctions, known) as SentFunction | undefined)
    if (entry && known !== undefined) {
      entry.sentCount++
      return ['f', known]
    }
    const id = ++lastId
    weakSet(sentIds, value, id)
    mapSet(sentFunctions, id, { __proto__: null, target: value, sentCount: 1 })
    return ['f', id]
  }

  function encodeSymbol(value: symbol): Tuple {
    for (let index = 0; index < wellKnownNames.length; index++) {
      const name = wellKnownNames[index]
      if ((wellKnownSymbols as Record<PropertyKey, unknown>)[name as string] === value) return ['w', name]
    }
    const received = mapGet(receivedSymbols, value)
    if (received !== undefined) return ['S', received]
    let id = mapGet(sentSymbols, value)
    if (id === undefined) {
      id = ++lastId
      mapSet(sentSymbols, value, id)
      mapSet(sentSymbols, id, value)
    }
    return ['s', id, symbolDescription(value)]
  }

  function encodeObject(value: object, encoding: Encoding, depth: number): unknown {
    if (depth >= maximumDepth)
      throw new SafeError(
        'Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.',
      )
    const index = mapGet(encoding.seen, value)
    if (index !== undefined) return ['r', index]
    mapSet(encoding.seen, value, mapSize(encoding.seen))
    if (isArray(value)) return encodeArray(value, encoding, depth)
    const prototype = getPrototypeOf(value)
    if (prototype === objectPrototype || prototype === null) return encodeProperties(value, encoding, depth)
    if (isError?.(value)) return ['e', messageOf(value)]
    const promise = encodePromise(value)
    if (promise) return promise
    if (hasBrand(tagNameOf, value)) {
      append(encoding.elements, value)
      return ['n', encoding.elements.length - 1]
    }
    if (isCloneable(value)) return ['c', cloned(value)]
    return encodeProperties(value, encoding, depth)
  }

  function encodeArray(value: readonly unknown[], encoding: Encoding, depth: number): Tuple {
    const tuple = ['l']
    const { length } = value
    for (let index = 0; index < length; index++) append(tuple, encode(value[index], encoding, depth + 1))
    return tuple
  }

  function encodeProperties(value: object, encoding: Encoding, depth: number): Tuple {
    const tuple = ['o']
    const keys = ownKeys(value)
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index] as PropertyKey
      const descriptor = getOwnPropertyDescriptor(value, key)
      if (!descriptor?.enumerable) continue
      append(tuple, typeof key === 'symbol' ? encodeSymbol(key) : key)
      append(tuple, encode((value as Record<PropertyKey, unknown>)[key], encoding, depth + 1))
    }
    return tuple
  }

  /** Null when the value is no promise. */
  function encodePromise(value: object): Tuple | null {
    if (!(value instanceof SafePromise)) return null
    const id = ++lastId
    const settle = (isResolved: boolean, result: unknown): void => {
      let answer: ReturnType<typeof encodeMessage>
      let hasResult = isResolved
      try {
        answer = encodeMessage(result, 0)
      } catch (error) {
        hasResult = false
        answer = encodeMessage(plainError(error), 0)
      }
      emitElements(answer.elements)
      emit('settle', [id, hasResult, answer.tree])
    }
    try {
      then(
        value,
        (result: unknown) => settle(true, result),
        (reason: unknown) => settle(false, reason),
      )
    } catch {
      // It only looked like a promise.
      return null
    }
    return ['p', id]
  }

  function hasBrand(brand: (self: unknown) => unknown, value: object): boolean {
    try {
      brand(value)
      return true
    } catch {
      return false
    }
  }

  function isCloneable(value: object): boolean {
    if (isView(value)) return true
    for (let index = 0; index < cloneableBrands.length; index++) {
      const brand = cloneableBrands[index]
      if (brand && hasBrand(brand, value)) return true
    }
    return false
  }

  function cloned(value: object): unknown {
    try {
      return clone(value)
    } catch {
      throw new SafeError('An object could not be cloned.')
    }
  }

  function messageOf(error: object): string {
    const { message } = error as { readonly message?: unknown }
    return typeof message === 'string' ? message : ''
  }

  /** Whatever was thrown, as an Error of this world that can be sent. */
  function plainError(error: unknown): Error {
    try {
      if (typeof error === 'object' && error !== null && 'message' in error)
        return new SafeError(messageOf(error))
    } catch {
      // A message that throws is as good as none.
    }
    return new SafeError(
      'An unknown exception occurred in the isolated context, an error occurred but a valid exception was not thrown.',
    )
  }

  // Values in

  function takeElements(): readonly EventTarget[] {
    const elements = arrivingElements
    arrivingElements = []
    return elements
  }

  function decodeMessage(tree: unknown, elements: readonly EventTarget[], isFrozen: boolean): unknown {
    return decode(tree, { seen: [], elements, isFrozen })
  }

  function decode(tree: unknown, decoding: Decoding): unknown {
    if (!isArray(tree)) return tree
    const parts: Tuple = tree
    switch (parts[0]) {
      case 'f':
        return decodeFunction(parts[1] as number, decoding.isFrozen)
      case 'F':
        return (mapGet(sentFunctions, parts[1]) as SentFunction | undefined)?.target
      case 'p':
        return keep(decoding, decodePromise(parts[1] as number))
      case 'w':
        return (wellKnownSymbols as Record<PropertyKey, unknown>)[parts[1] as string]
      case 's':
        return decodeSymbol(parts[1], parts[2] as string | undefined)
      case 'S':
        return mapGet(sentSymbols, parts[1])
      case 'e':
        return keep(decoding, new SafeError(parts[1] as string))
      case 'n':
        return keep(decoding, decoding.elements[parts[1] as number] as EventTarget)
      case 'c':
        return keep(decoding, parts[1] as object)
      case 'r':
        return decoding.seen[parts[1] as number]
      case 'l': {
        const list: unknown[] = []
        keep(decoding, list)
        for (let index = 1; index < parts.length; index++) append(list, decode(parts[index], decoding))
        return decoding.isFrozen ? freeze(list) : list
      }
      default:
        return decodeProperties(parts, decoding)
    }
  }

  function decodeProperties(parts: Tuple, decoding: Decoding): object {
    const target = {}
    keep(decoding, target)
    for (let index = 1; index < parts.length; index += 2)
      define(target, decode(parts[index], decoding) as PropertyKey, decode(parts[index + 1], decoding))
    return decoding.isFrozen ? freeze(target) : target
  }

  function keep<T extends object>(decoding: Decoding, value: T): T {
    append(decoding.seen, value)
    return value
  }

  function decodeFunction(id: number, isFrozen: boolean): object {
    const known = mapGet(receivedFunctions, id) as WeakRef<object> | undefined
    const live = known && deref(known)
    if (live) {
      const record = weakGet(receivedRecords, live) as ReceivedFunction
      record.receivedCount++
      return live
    }
    const proxy = (...args: unknown[]): unknown => call(id, args)
    const record = { __proto__: null, id, receivedCount: 1 } as unknown as ReceivedFunction
    weakSet(receivedRecords, proxy, record)
    mapSet(receivedFunctions, id, new SafeWeakRef(proxy))
    registerFinal(released, proxy, record)
    return isFrozen ? freeze(proxy) : proxy
  }

  function decodeSymbol(id: unknown, description: string | undefined): symbol {
    const known = mapGet(receivedSymbols, id)
    if (known !== undefined) return known as symbol
    const symbol = SafeSymbol(description)
    mapSet(receivedSymbols, id, symbol)
    mapSet(receivedSymbols, symbol, id)
    return symbol
  }

  function decodePromise(id: number): Promise<unknown> {
    return new SafePromise((resolve, reject) => {
      mapSet(pendingPromises, id, { __proto__: null, resolve, reject })
    })
  }

  // Calls

  function request(type: string, subject: unknown, value: unknown, depth: number): unknown {
    const { tree, elements } = encodeMessage(value, depth)
    const id = ++lastId
    emitElements(elements)
    emit(type, [id, subject, tree])
    const answer = mapGet(answers, id) as Tuple | undefined
    mapDelete(answers, id)
    if (!answer)
      throw new SafeError(
        'The other side of the context bridge is gone, or calls across it are nested too deeply',
      )
    const result = decodeMessage(answer[1], answer[2] as readonly EventTarget[], false)
    if (answer[0] === true) return result
    throw result
  }

  function call(functionId: number, args: readonly unknown[]): unknown {
    try {
      // Each argument counts for itself, not as a part of the list.
      return request('call', functionId, args, -1)
    } catch (error) {
      throw isError?.(error) ? error : plainError(error)
    }
  }

  function answer(requestId: unknown, action: () => unknown): void {
    let hasResult = true
    let message: ReturnType<typeof encodeMessage>
    try {
      message = encodeMessage(action(), 0)
    } catch (error) {
      hasResult = false
      message = encodeMessage(plainError(error), 0)
    }
    emitElements(message.elements)
    emit('answer', [requestId, hasResult, message.tree])
  }

  function listenToAll(): void {
    addListener(bus, `${side} element`, (event: Event) => append(arrivingElements, relatedTargetOf(event)))
    listen('answer', detail => {
      mapSet(answers, detail[0] as number, [detail[1], detail[2], takeElements()])
    })
    listen('call', detail => {
      const elements = takeElements()
      answer(detail[0], () => {
        const entry = mapGet(sentFunctions, detail[1]) as SentFunction | undefined
        if (!entry) throw new SafeError('The function is gone')
        const args = decodeMessage(detail[2], elements, false) as ArrayLike<unknown>
        return apply(entry.target as () => unknown, undefined, args)
      })
    })
    listen('expose', detail => {
      const elements = takeElements()
      answer(detail[0], () => {
        const name = detail[1] as string
        if (name in window)
          throw new SafeError('Cannot bind an API on top of an existing property on the window object')
        const value = decodeMessage(detail[2], elements, true)
        const descriptor = { __proto__: null, value, enumerable: true, writable: false, configurable: false }
        if (!defineProperty(window, name, descriptor as PropertyDescriptor))
          throw new SafeError('The property cannot be put on the window object')
      })
    })
    listen('execute', detail => {
      const elements = takeElements()
      answer(detail[0], () => {
        const made: unknown = SafeFunction(`return (${detail[1] as string})`)()
        const args = decodeMessage(detail[2], elements, false) as ArrayLike<unknown>
        return apply(made as () => unknown, undefined, args)
      })
    })
    listen('settle', detail => {
      const pending = mapGet(pendingPromises, detail[0]) as PendingPromise | undefined
      mapDelete(pendingPromises, detail[0])
      const result = decodeMessage(detail[2], takeElements(), false)
      if (pending && detail[1] === true) pending.resolve(result)
      else pending?.reject(result)
    })
    listen('release', detail => {
      const entry = mapGet(sentFunctions, detail[0]) as SentFunction | undefined
      if (!entry) return
      entry.sentCount -= detail[1] as number
      if (entry.sentCount <= 0) mapDelete(sentFunctions, detail[0])
    })
  }

  return sharedHost => {
    const found = shadowRootOf(sharedHost)
    const child = found && firstChildOf(found)
    if (!child) throw new SafeTypeError('The host of the bridge has no shadow tree')
    host = sharedHost
    bus = child
    listenToAll()
    return {
      expose(name, value) {
        request('expose', name, value, 0)
      },
      execute(source, args) {
        return request('execute', source, args, -1)
      },
    }
  }
}
