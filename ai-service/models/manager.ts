import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { InferenceSession } from 'onnxruntime-node'
import { ModelUnavailableError } from './errors.ts'
import { type ModelEntry, readManifest, wayOut } from './manifest.ts'

export interface LoadedModel {
  readonly entry: ModelEntry
  readonly session: InferenceSession
  /** The library that made the session; imported only when the first model is loaded. */
  readonly runtime: Runtime
}

export interface ModelStatus {
  readonly name: string
  readonly state: 'idle' | 'loaded' | 'unavailable'
  /** Why it is unavailable; null otherwise. */
  readonly reason: string | null
}

export type Runtime = typeof import('onnxruntime-node')

/**
 * Holds the models of one folder. Each is loaded on first use, after its checksum was compared with the manifest; the
 * file is read once and its bytes are handed to the runtime, so that what was checked is what runs. A model that
 * failed stays unavailable until the process starts again: a file that changes under a running browser is no repair.
 */
export class ModelManager implements AsyncDisposable {
  readonly #folder: string
  readonly #loadRuntime: () => Promise<Runtime>
  readonly #models = new Map<string, Promise<LoadedModel>>()
  readonly #states = new Map<string, ModelStatus>()
  #manifest: Promise<readonly ModelEntry[]> | null = null

  /** `folder` is the only place that models are read from. */
  constructor(folder: string, loadRuntime: () => Promise<Runtime> = () => import('onnxruntime-node')) {
    this.#folder = folder
    this.#loadRuntime = loadRuntime
  }

  /** The model by its name in the manifest. Throws ModelUnavailableError. */
  load(name: string): Promise<LoadedModel> {
    const known = this.#models.get(name)
    if (known !== undefined) return known
    const loading = this.#load(name).then(
      model => {
        this.#states.set(name, { name, state: 'loaded', reason: null })
        return model
      },
      (error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error)
        this.#states.set(name, { name, state: 'unavailable', reason })
        throw error
      },
    )
    this.#models.set(name, loading)
    return loading
  }

  /** One row a model of the manifest; one row named "manifest" when that itself cannot be read. */
  async statuses(): Promise<ModelStatus[]> {
    try {
      const entries = await this.#entries()
      return entries.map(({ name }) => this.#states.get(name) ?? { name, state: 'idle', reason: null })
    } catch (error) {
      if (!(error instanceof ModelUnavailableError)) throw error
      return [{ name: 'manifest', state: 'unavailable', reason: error.message }]
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const models = await Promise.allSettled(this.#models.values())
    this.#models.clear()
    await Promise.all(
      models.map(model => (model.status === 'fulfilled' ? model.value.session.release() : undefined)),
    )
  }

  #entries(): Promise<readonly ModelEntry[]> {
    this.#manifest ??= readManifest(this.#folder)
    return this.#manifest
  }

  async #load(name: string): Promise<LoadedModel> {
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
      const runtime = await this.#loadRuntime()
      const session = await runtime.InferenceSession.create(bytes, {
        executionProviders: ['cpu'],
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
        executionMode: 'sequential',
        graphOptimizationLevel: 'all',
      })
      checkNames(entry, session)
      return { entry, session, runtime }
    } catch (cause) {
      if (cause instanceof ModelUnavailableError) throw cause
      throw new ModelUnavailableError(
        'RUNTIME_FAILED',
        `The ${name} model does not load: ${path}. ${wayOut}`,
        {
          cause,
        },
      )
    }
  }
}

function checkNames(entry: ModelEntry, session: InferenceSession): void {
  const declared = [...entry.inputs, ...entry.outputs].map(shape => shape.name).join()
  const found = [...session.inputNames, ...session.outputNames].join()
  if (declared !== found) {
    throw new ModelUnavailableError(
      'MODEL_DAMAGED',
      `The ${entry.name} model takes and gives ${found}, the manifest says ${declared}. ${wayOut}`,
    )
  }
}
