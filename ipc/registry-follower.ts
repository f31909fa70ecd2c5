import type { RegistryDelta, RegistrySnapshot } from './hub-contract.ts'
import { type Identity, isEndpointId } from './identity.ts'
import type { Log } from './log.ts'
import { Registry, type RegistryView } from './registry-view.ts'
import { parseVisibleTarget, type VisibleTarget } from './target.ts'

/** More changes than this are not kept while a snapshot is on its way; another one is asked for then. */
const maxHeldDeltas = 1_000

/** Follows what main tells of who is here: numbered changes after a snapshot, and a new snapshot when one was missed. */
export class RegistryFollower {
  readonly #registry = new Registry()
  readonly #ask: () => Promise<RegistrySnapshot>
  readonly #log: Log
  #self: Identity | null = null
  #controller: VisibleTarget | null = null
  #version = 0
  #held: RegistryDelta[] = []
  /** The question that is under way; whatever an older one brings is out of date. */
  #question: object | null = null

  constructor(options: { readonly ask: () => Promise<RegistrySnapshot>; readonly log: Log }) {
    this.#ask = options.ask
    this.#log = options.log
  }

  get view(): RegistryView {
    return this.#registry
  }

  /** Main has named this process and told it what it may know. */
  welcome(self: Identity, controller: Identity, snapshot: RegistrySnapshot): void {
    this.#self = self
    this.#controller = { id: controller.id, role: controller.role, processType: 'main' }
    this.#question = null
    this.#held = []
    this.#take(snapshot)
  }

  receive(delta: RegistryDelta): void {
    if (this.#question !== null) {
      if (this.#held.length < maxHeldDeltas) this.#held.push(delta)
      return
    }
    if (delta.version <= this.#version) return
    if (delta.version > this.#version + 1) {
      this.#held = [delta]
      this.#askAgain()
      return
    }
    this.#version = delta.version
    this.#registry.apply({
      removed: delta.removed.filter(isEndpointId).filter(id => id !== this.#controller?.id),
      present: this.#others(delta.present),
    })
  }

  #askAgain(): void {
    const question = {}
    this.#question = question
    this.#ask().then(
      snapshot => {
        if (this.#question !== question) return
        this.#question = null
        this.#take(snapshot)
        for (const delta of this.#held.splice(0)) this.receive(delta)
      },
      error => {
        if (this.#question !== question) return
        // The next change shows the same gap again and asks once more.
        this.#question = null
        this.#held = []
        this.#log({ level: 'warning', message: 'The registry could not be read', details: { error } })
      },
    )
  }

  #take(snapshot: RegistrySnapshot): void {
    this.#version = snapshot.version
    const others = this.#others(snapshot.targets)
    this.#registry.reset(this.#controller === null ? others : [this.#controller, ...others])
  }

  /** Everybody but this process, which a role that sees its own kind is told of too. */
  #others(targets: RegistrySnapshot['targets']): readonly VisibleTarget[] {
    return targets.flatMap(shape => {
      const target = parseVisibleTarget(shape)
      if (target === null || target.id === this.#self?.id || target.id === this.#controller?.id) return []
      return [target]
    })
  }
}
