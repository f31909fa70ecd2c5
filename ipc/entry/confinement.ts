import childProcess from 'node:child_process'
import dgram from 'node:dgram'
import dns from 'node:dns'
import fs from 'node:fs'
import inspector from 'node:inspector'
import module, { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import v8 from 'node:v8'
import workerThreads from 'node:worker_threads'

/** This process gave up what was asked for. */
class ConfinedError extends Error {
  override readonly name = 'ConfinedError'
  readonly code = 'CONFINED'

  constructor(who: string, what: string) {
    super(`${who} may not use ${what}`)
  }
}

/** Which files may be read and written, each by its absolute path without "..". */
export interface AllowedFiles {
  mayRead(file: string): boolean
  mayWrite(file: string): boolean
}

/** What a process keeps. Everything else that `confine` knows of goes. */
export interface Confinement {
  /** For messages: "The AI process". */
  readonly who: string
  /** Files by their names; what is open already stays open, for writing to standard error too. */
  readonly files: 'none' | AllowedFiles
  /** True for the one process whose work the network is. */
  readonly keepsNetwork?: boolean
  /** Native code that may still be loaded, by its path; null for none. */
  readonly nativeCode: RegExp | null
}

/**
 * Takes network, files where they are not needed, child processes, threads and debugging away from this process or
 * thread, for good: the operating system does not sandbox utility processes, and some of ours read what strangers
 * wrote. It is a second fence, not a wall: native code is not held by it, SQLite among it. Call it before anything else
 * runs, and after everything was imported where files are given up: then no module can be loaded any more either.
 */
export function confine({ who, files, nativeCode, keepsNetwork = false }: Confinement): void {
  const refuse = refuserFor(who)
  if (!keepsNetwork) refuseNetwork(refuse)
  refuse(childProcess.ChildProcess.prototype, ['spawn'], 'child processes')
  refuse(
    childProcess,
    ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'],
    'child processes',
  )
  refuse(process, ['kill', 'binding', '_linkedBinding', '_debugProcess', 'execve'], 'other processes')
  allowNativeCode(process, who, nativeCode)
  refuse(workerThreads, ['Worker'], 'threads')
  refuse(inspector, ['open', 'Session'], 'the debugger')
  refuse(v8, ['writeHeapSnapshot', 'setHeapSnapshotNearHeapLimit'], 'file writes')
  refuse(process.report, ['writeReport'], 'file writes')
  refuse(module, ['enableCompileCache'], 'file writes')
  refuseModules(who, refuse, files)
  if (files === 'none') refuseFiles(refuse)
  else confineFiles(files, refuse, who)
  syncBuiltinESMExports()
}

function refuseNetwork(refuse: Refuser): void {
  refuse(net.Socket.prototype, ['connect'], 'the network')
  refuse(net.Server.prototype, ['listen'], 'the network')
  refuse(dgram.Socket.prototype, ['bind', 'connect', 'send'], 'the network')
  refuse(dns, methodsOf(dns, /^(lookup|resolve|reverse)/), 'the network')
  refuse(dns.promises, methodsOf(dns.promises, /^(lookup|resolve|reverse)/), 'the network')
  refuse(globalThis, ['fetch', 'WebSocket', 'EventSource'], 'the network')
}

function refuseFiles(refuse: Refuser): void {
  for (const owner of [fs, fs.promises]) {
    refuse(owner, methodsOf(owner, writes), 'file writes')
    refuse(owner, methodsOf(owner, reads), 'files')
  }
}

function confineFiles(files: AllowedFiles, refuse: Refuser, who: string): void {
  for (const owner of [fs, fs.promises]) {
    // Nobody knows the place of these before they are opened, and nothing that is confined so needs them.
    refuse(owner, methodsOf(owner, placeless), 'streams and patterns of files')
    const isChecked = (name: string): boolean => !placeless.test(name) && !opens.test(name)
    allowBy(owner, methodsOf(owner, writes).filter(isChecked), who, file => files.mayWrite(file))
    allowBy(owner, methodsOf(owner, reads).filter(isChecked), who, file => mayRead(file, files))
    allowOpening(owner, methodsOf(owner, opens), who, files)
  }
}

/** Modules that write files by roads of their own; none of them is loaded here, so that their names can be refused. */
const refusedModules = /^(node:)?(sqlite|trace_events|wasi)$/

type Refuser = (owner: object, names: readonly string[], what: string) => void

/** True while Node finds a module of code and reads it, for which it uses the functions that are checked. */
let isLoadingCode = false

function whileLoadingCode<Result>(work: () => Result): Result {
  isLoadingCode = true
  try {
    return work()
  } finally {
    isLoadingCode = false
  }
}

/** Code may be loaded from anywhere; data, which is a way to read files, only from where they may be read. */
const code = /\.([cm]?[jt]s|node)$/

function refuseModules(who: string, refuse: Refuser, files: Confinement['files']): void {
  module.registerHooks({
    resolve(specifier, context, next) {
      const isRefused = refusedModules.test(specifier) || (files === 'none' && !specifier.startsWith('node:'))
      if (isRefused) throw new ConfinedError(who, specifier)
      const resolved = whileLoadingCode(() => next(specifier, context))
      if (files === 'none' || !resolved.url.startsWith('file:')) return resolved
      const file = fileURLToPath(resolved.url)
      if (!code.test(file) && !files.mayRead(file)) throw new ConfinedError(who, 'files elsewhere')
      return resolved
    },
    // What is no code was looked at when it was resolved, and is read as any file.
    load: (url, context, next) =>
      files !== 'none' && url.startsWith('file:') && code.test(fileURLToPath(url))
        ? whileLoadingCode(() => next(url, context))
        : next(url, context),
  })
  refuse(module, ['registerHooks', 'register'], 'hooks')
  const original: unknown = Reflect.get(process, 'getBuiltinModule')
  replace(process, 'getBuiltinModule', function getAllowedModule(this: unknown, ...args: unknown[]) {
    if (refusedModules.test(String(args[0]))) throw new ConfinedError(who, String(args[0]))
    return typeof original === 'function' ? Reflect.apply(original, this, args) : undefined
  })
}

/** Native code is not held by this fence, so that only what is known may come in. */
function allowNativeCode(owner: NodeJS.Process, who: string, allowed: RegExp | null): void {
  const original: unknown = Reflect.get(owner, 'dlopen')
  if (typeof original !== 'function') return
  replace(owner, 'dlopen', function openAllowed(this: unknown, ...args: unknown[]) {
    if (allowed?.test(String(args[1])) !== true) throw new ConfinedError(who, 'native code')
    return Reflect.apply(original, this, args)
  })
}

/** Everything that changes the file system by name; `open` is looked at by its flags. */
const writes =
  /^(appendFile|l?ch(mod|own)|copyFile|cp|createWriteStream|link|lutimes|mkdir|mkdtemp|mkdtempDisposable|rename|rm|rmdir|symlink|truncate|unlink|utimes|writeFile|WriteStream|FileWriteStream)(Sync)?$/

/** Streams open their file later, a pattern stands for many, and watching is for programs that are looked at. */
const placeless = /(WriteStream|ReadStream)$|^glob(Sync)?$|^(un)?watch(File)?$/
const opens = /^open(Sync)?$/
/** Of these the second argument is a place too. */
const withTwoPlaces = /^(copyFile|cp|link|rename|symlink)(Sync)?$/

/** Everything that tells of the file system, or opens something in it, by name. */
const reads =
  /^(access|createReadStream|exists|FileReadStream|glob|l?stat|open|openAsBlob|opendir|readFile|readdir|readlink|ReadStream|realpath|statfs|unwatchFile|watch|watchFile)(Sync)?$/

function methodsOf(owner: object, pattern: RegExp): string[] {
  return Object.getOwnPropertyNames(owner).filter(name => pattern.test(name))
}

function refuserFor(who: string): Refuser {
  return (owner, names, what) => {
    for (const name of names) {
      if (!(name in owner)) continue
      // Redefining a lazy global would load what it stands for: of `fetch` and its like, 40 ms of processor time.
      if (owner === globalThis) Reflect.deleteProperty(owner, name)
      // A function, not an arrow, so that `new` meets the same answer.
      replace(owner, name, function refused() {
        throw new ConfinedError(who, what)
      })
    }
  }
}

/** Lets those calls through whose every place is allowed. */
function allowBy(
  owner: object,
  names: readonly string[],
  who: string,
  isAllowed: (file: string) => boolean,
): void {
  for (const name of names) {
    const original: unknown = Reflect.get(owner, name)
    if (typeof original !== 'function') continue
    replace(owner, name, function allowed(this: unknown, ...args: unknown[]) {
      const places = args.slice(0, withTwoPlaces.test(name) ? 2 : 1)
      if (!places.every(place => isPlaceAllowed(place, isAllowed)))
        throw new ConfinedError(who, 'files elsewhere')
      return Reflect.apply(original, this, args)
    })
  }
}

function isPlaceAllowed(place: unknown, isAllowed: (file: string) => boolean): boolean {
  // What is open already was let through when it was opened.
  if (typeof place === 'number') return true
  return isAllowed(path.resolve(place instanceof URL ? fileURLToPath(place) : String(place)))
}

function allowOpening(owner: object, names: readonly string[], who: string, files: AllowedFiles): void {
  for (const name of names) {
    const original: unknown = Reflect.get(owner, name)
    if (typeof original !== 'function') continue
    replace(owner, name, function openAllowed(this: unknown, ...args: unknown[]) {
      const flags = args[1]
      // With a callback in its place, or nothing, a file is opened for reading.
      const isReading =
        flags === undefined || flags === null || typeof flags === 'function' || flags === 'r' || flags === 0
      const isAllowed = (file: string): boolean => (isReading ? mayRead(file, files) : files.mayWrite(file))
      if (!isPlaceAllowed(args[0], isAllowed)) throw new ConfinedError(who, 'files elsewhere')
      return Reflect.apply(original, this, args)
    })
  }
}

function mayRead(file: string, files: AllowedFiles): boolean {
  return isLoadingCode || files.mayRead(file)
}

function replace(owner: object, name: string, value: unknown): void {
  Object.defineProperty(owner, name, { value, writable: false, configurable: false, enumerable: true })
}
