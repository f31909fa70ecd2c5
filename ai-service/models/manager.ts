import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Clock, systemClock } from '../../ipc/clock.ts'
import { ModelUnavailableError } from './errors.ts'
import { HeldModel, type ModelSession, type OpenModel } from './held-model.ts'
import { type ModelEntry, readManifest, wayOut } from './manifest.ts'
import { openSession, type Runtime } from './session.ts'

export type { ModelSession, Runtime }

export interface LoadedModel {
  readonly entry: ModelEntry
  readonly session: ModelSession
  /** The library that makes tensors. */
  readonly runtime: Runtime
}

export interface ModelStatus {
  readonly name: string
  readonly state: 'idle' | 'loaded' | 'unavailable'
  /** Why it is unavailable; null otherwise. */
  readonly reason: string | null
}

export interface ModelManagerOptions {
  readonly clock?: Clock
  readonly loadRuntime?: () => Promise<Runtime>
  /** A model that nobody has used for so long is released. */
  readonly idleMs?: number
  /** Memory that this process holds. */
  readonly residentBytes?: () => number
  /** When the process holds more than this, models that are not in use are released. */
  readonly residentLimitBytes?: number
}

const usualIdleMs = 2 * 60_000
/** Far above what all models together take: it is for what pages of unusual size leave behind. */
const usualResidentLimitBytes = 600 * 1_048_576

/**
 * Holds the models of one folder. Each is opened on first use, after its checksum was compared with the manifest; the
 * file is read once and its bytes are handed to the runtime, so that what was checked is what runs. One that is idle is
 * released, and opened again by its next run. A model that failed stays unavailable until the process starts again: a
 * file that changes under a running browser is no repair.
 */
export class ModelManager implements AsyncDisposable {
  readonly #folder: string
  readonly #options: Required<ModelManagerOptions>
  readonly #held = new Map<string, HeldModel>()
  readonly #loaded = new Map<string, Promise<LoadedModel>>()
  readonly #failures = new Map<string, ModelUnavailableError>()
  /** Files that are read ahead of their first use; each is taken once. */
  readonly #ahead = new Map<string, Promise<Uint8Array>>()
  #manifest: Promise<readonly ModelEntry[]> | null = null
  #timer: Disposable | null = null

  /** `folder` is the only place that models are read from. */
  constructor(folder: string, options: ModelManagerOptions = {}) {
    this.#folder = folder
    this.#options = {
      clock: systemClock,
      loadRuntime: () => import('onnxruntime-node'),
      idleMs: usualIdleMs,
      residentBytes: () => process.memoryUsage.rss(),
      residentLimitBytes: usualResidentLimitBytes,
      ...options,
    }
  }

  /** The model by its name in the manifest, the same for everybody who asks. Throws ModelUnavailableError. */
  load(name: string): Promise<LoadedModel> {
    const known = this.#loaded.get(name)
    if (known !== undefined) return known
    const held = new HeldModel(
      () => this.#openOnce(name),
      () => this.#options.clock.now(),
    )
    this.#held.set(name, held)
    const loading = held.ready().then(
      ({ entry, runtime, session: { inputNames, outputNames } }): LoadedModel => ({
        entry,
        runtime,
        session: {
          inputNames,
          outputNames,
          run: (feeds, fetches) => held.run(feeds, fetches).catch(rethrowAsUnavailable(name)),
        },
      }),
    )
    this.#loaded.set(name, loading)
    return loading
  }

  /**
   * Begins to read the files of models that will be used soon, and to load the runtime, while this thread does other
   * work. They are opened, in the order of their use, by `load`; what is wrong with one is told there.
   */
  expect(names: readonly string[]): void {
    const first = names.filter(name => !this.#held.has(name) && !this.#ahead.has(name))
    if (first.length === 0) return
    const entries = this.#entries()
    for (const name of first) {
      const reading = entries.then(all => {
        const entry = all.find(candidate => candidate.name === name)
        if (entry === undefined) throw new TypeError(`No model "${name}"`)
        return readWhole(this.#pathOf(entry), entry.bytes)
      })
      reading.catch(() => this.#ahead.delete(name))
      this.#ahead.set(name, reading)
    }
    this.#options.loadRuntime().catch(() => {})
  }

  /** One row a model of the manifest; one row named "manifest" when that itself cannot be read. */
  async statuses(): Promise<ModelStatus[]> {
    try {
      const entries = await this.#entries()
      return entries.map(({ name }) => this.#statusOf(name))
    } catch (error) {
      if (!(error instanceof ModelUnavailableError)) throw error
      return [{ name: 'manifest', state: 'unavailable', reason: error.message }]
    }
  }

  /** Frees the memory of every model that is not in use; answers with their names. Nothing is lost but time. */
  async releaseMemory(): Promise<string[]> {
    return this.#releaseIdleFor(0)
  }

  /** Waits for no run: whoever disposes has ended the work before. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#timer?.[Symbol.dispose]()
    this.#timer = null
    await this.releaseMemory()
    this.#held.clear()
    this.#ahead.clear()
    this.#loaded.clear()
  }

  #statusOf(name: string): ModelStatus {
    const failure = this.#failures.get(name)
    if (failure !== undefined) return { name, state: 'unavailable', reason: failure.message }
    return { name, state: this.#held.get(name)?.isOpen === true ? 'loaded' : 'idle', reason: null }
  }

  #entries(): Promise<readonly ModelEntry[]> {
    this.#manifest ??= readManifest(this.#folder)
    return this.#manifest
  }

  /** A failure is remembered: what failed once is not tried again. */
  async #openOnce(name: string): Promise<OpenModel> {
    const failure = this.#failures.get(name)
    if (failure !== undefined) throw failure
    try {
      const opened = await this.#open(name)
      this.#watchIdleness()
      this.#watchMemory(name)
      return opened
    } catch (error) {
      if (error instanceof ModelUnavailableError) this.#failures.set(name, error)
      throw error
    }
  }

  async #open(name: string): Promise<OpenModel> {
    const entry = (await this.#entries()).find(candidate => candidate.name === name)
    const manifest = join(this.#folder, 'manifest.json')
    if (entry === undefined) {
      throw new ModelUnavailableError('MODEL_MISSING', `${manifest} lists no model "${name}". ${wayOut}`)
    }
    const path = this.#pathOf(entry)
    const ahead = this.#ahead.get(name)
    this.#ahead.delete(name)
    const bytes = await (ahead ?? readWhole(path, entry.bytes)).catch((cause: unknown) => {
      throw new ModelUnavailableError('MODEL_MISSING', `The ${name} model is missing: ${path}. ${wayOut}`, {
        cause,
      })
    })
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    if (bytes.length !== entry.bytes || sha256 !== entry.sha256) {
      throw new ModelUnavailableError(
        'MODEL_DAMAGED',
        `The ${name} model is damaged: ${path} is not the file that ${manifest} lists. ${wayOut}`,
      )
    }
    try {
      const runtime = await this.#options.loadRuntime()
      return { entry, runtime, session: await openSession(runtime, entry, bytes) }
    } catch (cause) {
      if (cause instanceof ModelUnavailableError) throw cause
      throw new ModelUnavailableError(
        'RUNTIME_FAILED',
        `The ${name} model does not load: ${path}. ${wayOut}`,
        { cause },
      )
    }
  }

  #pathOf(entry: ModelEntry): string {
    // The manifest allows bare names only; this holds even if that check is loosened one day.
    return join(this.#folder, basename(entry.file))
  }

  #watchIdleness(): void {
    const { clock, idleMs } = this.#options
    this.#timer ??= clock.after(idleMs, () => {
      this.#timer = null
      void this.#releaseIdleFor(idleMs)
      if ([...this.#held.values()].some(model => model.isOpen)) this.#watchIdleness()
    })
  }

  #watchMemory(justOpened: string): void {
    const { residentBytes, residentLimitBytes } = this.#options
    if (residentBytes() > residentLimitBytes) void this.#releaseIdleFor(0, justOpened)
  }

  async #releaseIdleFor(idleMs: number, except: string | null = null): Promise<string[]> {
    const idle = [...this.#held].filter(([name, model]) => name !== except && model.idleMs >= idleMs)
    const released = await Promise.all(
      idle.map(async ([name, model]) => ((await model.release()) ? [name] : [])),
    )
    return released.flat()
  }
}

/** What the runtime throws at one input costs that answer, as a missing model would. */
function rethrowAsUnavailable(name: string): (cause: unknown) => never {
  return cause => {
    if (cause instanceof ModelUnavailableError) throw cause
    throw new ModelUnavailableError('RUNTIME_FAILED', `The ${name} model could not be run on this text.`, {
      cause,
    })
  }
}

/**
 * A file that should hold `bytes`, in one go: `readFile` comes back to this thread for every half megabyte. Of a longer
 * file one byte more is read, so that it is found out.
 */
async function readWhole(path: string, bytes: number): Promise<Uint8Array> {
  await using file = await open(path)
  const buffer = Buffer.allocUnsafeSlow(bytes + 1)
  let filled = 0
  while (filled < buffer.length) {
    const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return buffer.subarray(0, filled)
}
