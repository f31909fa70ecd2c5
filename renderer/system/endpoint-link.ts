import { type AreaContract, type AreaName, areaContracts } from '../../contracts/areas.ts'
import { browserContract, type WindowState } from '../../contracts/browser.ts'
import type { MessageTraffic } from '../../contracts/messages.ts'
import type { ProcessTree } from '../../contracts/processes.ts'
import type { Client } from '../../ipc/client.ts'
import type { Endpoint } from '../../ipc/endpoint.ts'
import {
  introductionFromPreload,
  type MessageWindow,
  startRendererEndpoint,
} from '../../ipc/entry/renderer.ts'
import type {
  BrowserArgs,
  BrowserLink,
  BrowserMethod,
  BrowserResult,
  LinkSnapshot,
  PageShortcut,
} from './browser-link.ts'
import { ControllerLostError } from './controller-lost-error.ts'

type BrowserClient = Client<typeof browserContract>
/** The client without its events, indexed so that a method's arguments and result stay paired. */
type Methods = { readonly [M in BrowserMethod]: (args: BrowserArgs<M>) => Promise<BrowserResult<M>> }

/** The link over the port that main hands to the chrome UI. Begins to listen at once; never throws. */
export class EndpointLink implements BrowserLink {
  #snapshot: LinkSnapshot = { kind: 'connecting' }
  #client: BrowserClient | null = null
  #clientOf: (<A extends AreaName>(name: A) => Client<AreaContract<A>>) | null = null
  readonly #listeners = new Set<() => void>()
  readonly #shortcutListeners = new Set<(shortcut: PageShortcut) => void>()
  readonly #processListeners = new Set<(tree: ProcessTree) => void>()
  readonly #messageListeners = new Set<(traffic: MessageTraffic) => void>()

  constructor(window: MessageWindow) {
    startRendererEndpoint(introductionFromPreload(window)).then(
      endpoint => this.#begin(endpoint),
      (error: unknown) => this.#lose(reasonOf(error)),
    )
  }

  snapshot(): LinkSnapshot {
    return this.#snapshot
  }

  subscribe(listener: () => void): () => void {
    return added(this.#listeners, listener)
  }

  onShortcut(listener: (shortcut: PageShortcut) => void): () => void {
    return added(this.#shortcutListeners, listener)
  }

  onProcesses(listener: (tree: ProcessTree) => void): () => void {
    return added(this.#processListeners, listener)
  }

  onMessages(listener: (traffic: MessageTraffic) => void): () => void {
    return added(this.#messageListeners, listener)
  }

  call<M extends BrowserMethod>(method: M, args: BrowserArgs<M>): Promise<BrowserResult<M>> {
    if (this.#client === null) return Promise.reject(new ControllerLostError())
    const methods: Methods = this.#client
    return methods[method](args)
  }

  area<A extends AreaName>(name: A): Client<AreaContract<A>> {
    if (this.#clientOf === null) throw new ControllerLostError()
    return this.#clientOf(name)
  }

  #begin(endpoint: Endpoint): void {
    // main introduces itself first: the controller is whoever is there
    const [connection] = endpoint.metrics.snapshot().connections
    if (connection === undefined) {
      this.#lose('Nobody was there to be connected to.')
      return
    }
    const controller = connection.peer.id
    const client = endpoint.client(browserContract, controller)
    this.#client = client
    this.#clientOf = name => endpoint.client(areaContracts[name], controller)
    client.on('stateChanged', state => this.#take(state))
    client.on('processesSampled', tree => {
      for (const listener of this.#processListeners) listener(tree)
    })
    client.on('messagesSampled', traffic => {
      for (const listener of this.#messageListeners) listener(traffic)
    })
    client.on('shortcut', shortcut => {
      for (const listener of this.#shortcutListeners) listener(shortcut)
    })
    endpoint.connectionTo(controller)?.onClose(reason => this.#lose(reason))
    client.state({}).then(
      state => this.#take(state),
      (error: unknown) => this.#lose(reasonOf(error)),
    )
  }

  #take(state: WindowState): void {
    if (this.#snapshot.kind === 'lost') return
    this.#change({ kind: 'connected', state })
  }

  #lose(reason: string): void {
    this.#client = null
    this.#clientOf = null
    this.#change({ kind: 'lost', reason })
  }

  #change(snapshot: LinkSnapshot): void {
    this.#snapshot = snapshot
    for (const listener of this.#listeners) listener()
  }
}

function added<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
