import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
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
    // The manifest allows bare names only; this holds even if that check is loosened one day.
    const path = join(this.#folder, basename(entry.file))
    const bytes = await readFile(path).catch((cause: unknown) => {
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
