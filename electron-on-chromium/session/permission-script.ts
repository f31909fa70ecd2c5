import { randomBytes } from 'node:crypto'
import { awakenFunction } from '../messaging/page-scripts.ts'

/**
 * The two halves, in the page, that hold back the functions by which a page asks for a permission until the
 * application has answered. They only make the question visible: what was not allowed stays denied in Chromium, so a
 * page that gets around them gains nothing.
 */
interface PermissionScripts {
  readonly worldName: string
  readonly bindingName: string
  /** For the page's own world. */
  readonly mainSource: string
  /** For the isolated world: it alone has the binding. */
  readonly isolatedSource: string
  /** An expression for the isolated world that lets a held call go on. */
  answer(requestId: number, isGranted: boolean): string
}

export function permissionScripts(): PermissionScripts {
  const nonce = randomBytes(16).toString('hex')
  const worldName = `standin permissions ${nonce}`
  const bindingName = 'standinAskPermission'
  return {
    worldName,
    bindingName,
    mainSource: `(${mainHalf})(${JSON.stringify(nonce)})`,
    isolatedSource: `{ ${awakenFunction()}\n(${isolatedHalf})(${JSON.stringify(nonce)}, ${JSON.stringify(bindingName)}) }`,
    answer: (requestId, isGranted) =>
      `globalThis.standinPermissionAnswer?.(${JSON.stringify([requestId, isGranted])})`,
  }
}

// The private EventTarget travels from one world to the other as `relatedTarget` of an event that the page never
// sees: both halves run before its first script, and find each other as soon as events are heard.
const isolatedHalf = `function (nonce, bindingName) {
  const channel = new EventTarget()
  const ask = globalThis[bindingName]
  channel.addEventListener('ask', event => ask(event.detail))
  globalThis.standinPermissionAnswer = answer =>
    channel.dispatchEvent(new CustomEvent('answer', { detail: answer }))
  const onHearing = () => window.dispatchEvent(new MouseEvent(nonce, { relatedTarget: channel }))
  awaken({ onHearing, onGoingOn: () => {} })
}`

const mainHalf = `function (nonce) {
  const { apply } = Reflect
  const NativePromise = Promise
  const NativeEvent = CustomEvent
  const stringify = JSON.stringify
  const dispatch = EventTarget.prototype.dispatchEvent
  let channel = null
  let lastId = 0
  const waiting = new Map()
  const { set, get, delete: remove } = Map.prototype
  const listen = event => {
    window.removeEventListener(nonce, listen)
    event.stopImmediatePropagation()
    channel = event.relatedTarget
    channel.addEventListener('answer', ({ detail }) => {
      const proceed = apply(get, waiting, [detail[0]])
      apply(remove, waiting, [detail[0]])
      proceed?.(detail[1])
    })
  }
  window.addEventListener(nonce, listen)
  const ask = (permission, mediaTypes) => new NativePromise(resolve => {
    if (!channel) return resolve(false)
    const id = ++lastId
    apply(set, waiting, [id, resolve])
    apply(dispatch, channel, [new NativeEvent('ask', { detail: stringify({ id, permission, mediaTypes }) })])
  })
  const replace = (owner, name, permissionOf, wrap) => {
    const native = owner?.[name]
    if (typeof native !== 'function') return
    const replacement = { [name](...args) {
      const wanted = permissionOf(args)
      if (wanted === null) return apply(native, this, args)
      return wrap(ask(wanted.permission, wanted.mediaTypes), () => apply(native, this, args))
    } }[name]
    try {
      Object.defineProperty(replacement, 'length', { value: native.length, configurable: true })
      Object.defineProperty(owner, name, { value: replacement, writable: true, configurable: true, enumerable: true })
    } catch {}
  }
  // Whether it was allowed or not: Chromium knows by now, and answers the page in its own words.
  const asPromise = (answered, proceed) => answered.then(() => proceed())
  const asVoid = (answered, proceed) => { answered.then(() => proceed()) }
  // Chromium has no permission for these: a page that gets around its own half may have them.
  const orRefuse = (answered, proceed) => answered.then(isGranted => {
    if (isGranted) return proceed()
    throw new TypeError('Permissions check failed')
  })
  const is = permission => () => ({ permission })
  const prototypeOf = name => globalThis[name]?.prototype
  replace(prototypeOf('Geolocation'), 'getCurrentPosition', is('geolocation'), asVoid)
  let lastWatch = 1 << 20
  const geolocation = prototypeOf('Geolocation')
  if (geolocation) {
    const { watchPosition, clearWatch } = geolocation
    const watches = new Map()
    geolocation.watchPosition = function (...args) {
      const id = ++lastWatch
      watches.set(id, null)
      ask('geolocation').then(() => { if (watches.has(id)) watches.set(id, apply(watchPosition, this, args)) })
      return id
    }
    geolocation.clearWatch = function (id) {
      const native = watches.get(id)
      watches.delete(id)
      return apply(clearWatch, this, [native ?? id])
    }
  }
  replace(globalThis.Notification, 'requestPermission', is('notifications'), asPromise)
  const mediaOf = ([constraints]) => {
    const mediaTypes = []
    if (constraints?.video) mediaTypes.push('video')
    if (constraints?.audio) mediaTypes.push('audio')
    return mediaTypes.length === 0 ? null : { permission: 'media', mediaTypes }
  }
  replace(prototypeOf('MediaDevices'), 'getUserMedia', mediaOf, asPromise)
  replace(prototypeOf('MediaDevices'), 'getDisplayMedia', is('display-capture'), asPromise)
  for (const name of ['read', 'readText']) replace(prototypeOf('Clipboard'), name, is('clipboard-read'), asPromise)
  for (const name of ['write', 'writeText'])
    replace(prototypeOf('Clipboard'), name, is('clipboard-sanitized-write'), asPromise)
  replace(prototypeOf('Navigator'), 'requestMIDIAccess',
    ([options]) => ({ permission: options?.sysex ? 'midiSysex' : 'midi' }), asPromise)
  replace(prototypeOf('Element'), 'requestPointerLock', is('pointerLock'), orRefuse)
  for (const name of ['requestFullscreen', 'webkitRequestFullscreen'])
    replace(prototypeOf('Element'), name, is('fullscreen'), orRefuse)
  replace(prototypeOf('StorageManager'), 'persist', is('persistent-storage'), asPromise)
  replace(prototypeOf('WakeLock'), 'request', is('screen-wake-lock'), asPromise)
  replace(globalThis.IdleDetector, 'requestPermission', is('idle-detection'), asPromise)
  replace(globalThis, 'getScreenDetails', is('window-management'), asPromise)
  replace(globalThis, 'queryLocalFonts', is('local-fonts'), asPromise)
  replace(prototypeOf('Document'), 'requestStorageAccess', is('storage-access'), asPromise)
  replace(prototypeOf('Keyboard'), 'lock', is('keyboardLock'), asPromise)
}`
