import childProcess from 'node:child_process'
import dgram from 'node:dgram'
import dns from 'node:dns'
import fs from 'node:fs'
import inspector from 'node:inspector'
import module, { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import v8 from 'node:v8'
import workerThreads from 'node:worker_threads'

/** This process gave up what was asked for. */
export class ConfinedError extends Error {
  override readonly name = 'ConfinedError'
  readonly code = 'CONFINED'

  constructor(what: string) {
    super(`The AI process may not use ${what}`)
  }
}

/**
 * Takes network, file writes, child processes, threads and debugging away from this process, for good: the operating
 * system does not sandbox utility processes, and this one reads text from untrusted pages. It is a second fence, not
 * a wall: native code is not held by it. Call it before anything else runs.
 */
export function confine(): void {
  refuse(net.Socket.prototype, ['connect'], 'the network')
  refuse(net.Server.prototype, ['listen'], 'the network')
  refuse(dgram.Socket.prototype, ['bind', 'connect', 'send'], 'the network')
  refuse(dns, methodsOf(dns, /^(lookup|resolve|reverse)/), 'the network')
  refuse(dns.promises, methodsOf(dns.promises, /^(lookup|resolve|reverse)/), 'the network')
  refuse(globalThis, ['fetch', 'WebSocket', 'EventSource'], 'the network')
  refuse(childProcess.ChildProcess.prototype, ['spawn'], 'child processes')
  refuse(
    childProcess,
    ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'],
    'child processes',
  )
  refuse(process, ['kill', 'binding', '_linkedBinding', '_debugProcess', 'execve'], 'other processes')
  allowRuntimeOnly(process)
  refuse(workerThreads, ['Worker'], 'threads')
  refuse(inspector, ['open', 'Session'], 'the debugger')
  refuse(fs, methodsOf(fs, writes), 'file writes')
  refuse(v8, ['writeHeapSnapshot', 'setHeapSnapshotNearHeapLimit'], 'file writes')
  refuse(process.report, ['writeReport'], 'file writes')
  refuse(module, ['enableCompileCache'], 'file writes')
  refuseModules()
  refuse(fs.promises, methodsOf(fs.promises, writes), 'file writes')
  allowReadingOnly(fs, ['open', 'openSync'])
  allowReadingOnly(fs.promises, ['open'])
  syncBuiltinESMExports()
}

/** Modules that write files by roads of their own; none of them is loaded here, so that their names can be refused. */
const refusedModules = /^(node:)?(sqlite|trace_events|wasi)$/

function refuseModules(): void {
  module.registerHooks({
    resolve(specifier, context, next) {
      if (refusedModules.test(specifier)) throw new ConfinedError(specifier)
      return next(specifier, context)
    },
  })
  refuse(module, ['registerHooks', 'register'], 'hooks')
  const original: unknown = Reflect.get(process, 'getBuiltinModule')
  replace(process, 'getBuiltinModule', function getAllowedModule(this: unknown, ...args: unknown[]) {
    if (refusedModules.test(String(args[0]))) throw new ConfinedError(String(args[0]))
    return typeof original === 'function' ? Reflect.apply(original, this, args) : undefined
  })
}

/** Native code is not held by this fence, so that none may come in but the runtime of the models. */
function allowRuntimeOnly(owner: NodeJS.Process): void {
  const original: unknown = Reflect.get(owner, 'dlopen')
  if (typeof original !== 'function') return
  replace(owner, 'dlopen', function openRuntime(this: unknown, ...args: unknown[]) {
    if (!runtimeLibrary.test(String(args[1]))) throw new ConfinedError('native code')
    return Reflect.apply(original, this, args)
  })
}

const runtimeLibrary =
  /[\\/]onnxruntime-node[\\/]bin[\\/]napi-v\d+[\\/][\w\\/]+[\\/]onnxruntime_binding\.node$/

/** Everything that changes the file system by name; `open` is looked at by its flags. */
const writes =
  /^(appendFile|l?ch(mod|own)|copyFile|cp|createWriteStream|link|lutimes|mkdir|mkdtemp|mkdtempDisposable|rename|rm|rmdir|symlink|truncate|unlink|utimes|writeFile|WriteStream|FileWriteStream)(Sync)?$/

function methodsOf(owner: object, pattern: RegExp): string[] {
  return Object.getOwnPropertyNames(owner).filter(name => pattern.test(name))
}

function refuse(owner: object, names: readonly string[], what: string): void {
  for (const name of names) {
    if (!(name in owner)) continue
    // Redefining a lazy global would load what it stands for: of `fetch` and its like, 40 ms of processor time.
    if (owner === globalThis) Reflect.deleteProperty(owner, name)
    // A function, not an arrow, so that `new` meets the same answer.
    replace(owner, name, function refused() {
      throw new ConfinedError(what)
    })
  }
}

function allowReadingOnly(owner: object, names: readonly string[]): void {
  for (const name of names) {
    const original: unknown = Reflect.get(owner, name)
    if (typeof original !== 'function') continue
    replace(owner, name, function openForReading(this: unknown, ...args: unknown[]) {
      const flags = args[1]
      // With a callback in its place, or nothing, a file is opened for reading.
      const isReading =
        flags === undefined || flags === null || typeof flags === 'function' || flags === 'r' || flags === 0
      if (!isReading) throw new ConfinedError('file writes')
      return Reflect.apply(original, this, args)
    })
  }
}

function replace(owner: object, name: string, value: unknown): void {
  Object.defineProperty(owner, name, { value, writable: false, configurable: false, enumerable: true })
}
