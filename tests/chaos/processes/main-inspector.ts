import type { Application } from '../../../src/application.ts'

type Electron = typeof import('electron')

/** What runs within main: it sees its arguments and nothing else of this file. */
export type InMain<Argument, Result> = (
  nexus: Application,
  argument: Argument,
  electron: Electron,
) => Result | Promise<Result>

/** Main did not answer in time, or is gone. */
export class MainSilentError extends Error {
  override readonly name = 'MainSilentError'
}

const answerMs = 30_000
const pauseMs = 20

interface Reply {
  readonly id?: number
  readonly result?: {
    readonly result?: { readonly value?: unknown; readonly objectId?: string }
    readonly exceptionDetails?: {
      readonly text: string
      readonly exception?: { readonly description?: string }
    }
    readonly internalProperties?: readonly Property[]
  }
  readonly error?: { readonly message: string }
}

interface Property {
  readonly name: string
  readonly value?: { readonly objectId?: string; readonly value?: unknown }
}

/**
 * Main, seen through Node's inspector: the application needs no door of its own for tests. The application itself is
 * found where its own code keeps it, in the scope of the handler that reports faults.
 */
export class MainInspector implements Disposable {
  readonly #socket: WebSocket
  readonly #waiting = new Map<number, (reply: Reply) => void>()
  #calls = 0
  #application = ''

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.onmessage = ({ data }) => {
      const reply = JSON.parse(String(data)) as Reply
      const settle = this.#waiting.get(reply.id ?? 0)
      this.#waiting.delete(reply.id ?? 0)
      settle?.(reply)
    }
  }

  /** Resolves when the application is there. */
  static async connect(address: string): Promise<MainInspector> {
    const socket = new WebSocket(address)
    await new Promise((resolve, reject) => {
      socket.onopen = resolve
      socket.onerror = () => reject(new MainSilentError('The inspector of main takes no connection'))
    })
    const inspector = new MainInspector(socket)
    await inspector.#find()
    return inspector
  }

  /**
   * Runs a function in main, as a turn of its own, and hands over what it gives, as JSON would. The inspector's call by itself
   * interrupts whatever main is in the middle of, between any two calls of functions, which no code of an application allows for.
   */
  async run<Result>(work: InMain<undefined, Result>): Promise<Result>
  async run<Argument, Result>(work: InMain<Argument, Result>, argument: Argument): Promise<Result>
  async run<Argument, Result>(work: InMain<Argument, Result>, argument?: Argument): Promise<Result> {
    const reply = await this.#call('Runtime.callFunctionOn', {
      objectId: this.#application,
      functionDeclaration: `async function (argument) {
        await new Promise(resolve => setImmediate(resolve))
        return (${work})(this, argument, globalThis.electronInTest)
      }`,
      arguments: [{ value: argument }],
      awaitPromise: true,
      returnByValue: true,
    })
    return reply?.result?.value as Result
  }

  /** Bytes that main's heap holds once everything that nobody needs is gone. */
  async heapBytes(): Promise<number> {
    await this.#call('HeapProfiler.enable', {})
    for (let round = 0; round < 3; round += 1) await this.#call('HeapProfiler.collectGarbage', {})
    const { heapUsed, external } = await this.run(() => process.memoryUsage())
    return heapUsed + external
  }

  [Symbol.dispose](): void {
    this.#socket.close()
  }

  async #find(): Promise<void> {
    const giveUpAt = performance.now() + answerMs
    while (performance.now() < giveUpAt) {
      const handler = await this.#evaluate(
        `process.listeners('uncaughtException').find(one => String(one).includes('core:fault'))`,
      )
      const found = handler === null ? null : await this.#findInScopes(handler)
      if (found !== null) {
        this.#application = found
        await this.#evaluate(`globalThis.electronInTest = require('electron')`)
        return
      }
      await new Promise(resolve => setTimeout(resolve, pauseMs))
    }
    throw new MainSilentError('There is no application in main')
  }

  async #findInScopes(handler: string): Promise<string | null> {
    const { internalProperties = [] } =
      (await this.#call('Runtime.getProperties', { objectId: handler })) ?? {}
    const scopes = internalProperties.find(({ name }) => name === '[[Scopes]]')?.value?.objectId
    if (scopes === undefined) return null
    for (const scope of await this.#properties(scopes)) {
      if (scope.value?.objectId === undefined) continue
      const application = (await this.#properties(scope.value.objectId)).find(
        ({ name }) => name === 'application',
      )
      if (application?.value?.objectId !== undefined) return application.value.objectId
    }
    return null
  }

  async #properties(objectId: string): Promise<readonly Property[]> {
    const found = await this.#call('Runtime.getProperties', { objectId, ownProperties: true })
    return (found?.result as unknown as readonly Property[] | undefined) ?? []
  }

  /** The object that it gives; null for none. */
  async #evaluate(expression: string): Promise<string | null> {
    const reply = await this.#call('Runtime.evaluate', { expression, includeCommandLineAPI: true })
    return reply?.result?.objectId ?? null
  }

  #call(method: string, params: object): Promise<Reply['result']> {
    this.#calls += 1
    const id = this.#calls
    return new Promise((resolve, reject) => {
      const fail = (): void => {
        this.#waiting.delete(id)
        reject(new MainSilentError(`Main did not answer ${method} in ${answerMs} ms`))
      }
      const timer = setTimeout(fail, answerMs)
      this.#socket.addEventListener('close', fail, { once: true })
      this.#waiting.set(id, ({ result, error }) => {
        clearTimeout(timer)
        this.#socket.removeEventListener('close', fail)
        const fault = result?.exceptionDetails
        if (error !== undefined) reject(new Error(error.message))
        else if (fault !== undefined) reject(new Error(fault.exception?.description ?? fault.text))
        else resolve(result)
      })
      this.#socket.send(JSON.stringify({ id, method, params }))
    })
  }
}
