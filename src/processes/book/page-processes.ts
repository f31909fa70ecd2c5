import type { Actor } from 'xstate'
import type { ProcessExit, processMachine } from '../../controller/process-machine.ts'
import { followedLife } from './followed-life.ts'
import type { EndCause } from './known-process.ts'
import type { ProcessFacts, ProcessRegister } from './process-register.ts'

/** What is known of one tab that has, or had, a process. */
export interface SeenPage {
  readonly tabId: string
  readonly pid: number | null
  readonly site: string | null
  readonly isPrivate: boolean
  /** It is drawn where the person looks. */
  readonly isInView: boolean
  readonly isLoading: boolean
  readonly isFrozen: boolean
  /** A document was committed in it. */
  readonly hasDocument: boolean
  /** How its process was lost, until the page comes again. */
  readonly loss: ProcessExit | null
  /** Frames of other sites, each with its process. */
  readonly frames: readonly SeenFrame[]
}

export interface SeenFrame {
  readonly pid: number
  readonly site: string | null
}

interface Life {
  readonly pid: number
  readonly isFrame: boolean
  readonly actor: Actor<typeof processMachine>
  facts: ProcessFacts
  /** The tabs that it was last seen in. */
  tabIds: readonly string[]
}

/**
 * The lives of the renderer processes of pages. The engine starts and ends them; what tabs show of it is compared with
 * what was known, and each difference sent to the machine of the process.
 */
export class PageProcesses {
  readonly #register: ProcessRegister
  readonly #now: () => number
  readonly #lives = new Map<string, Life>()
  /** How often a tab had to be given another process because it lost one. */
  readonly #restarts = new Map<string, number>()

  constructor(register: ProcessRegister, now: () => number) {
    this.#register = register
    this.#now = now
  }

  /** `spare` are processes that wait for a tab. */
  follow(pages: readonly SeenPage[], spare: readonly number[] = []): void {
    const seen = new Set<string>()
    const withProcess = pages.filter(page => page.pid !== null && page.loss === null)
    const sharing = Map.groupBy(withProcess, page => page.pid ?? 0)
    const mainPids = new Set(sharing.keys())
    for (const [pid, shared] of sharing) {
      const id = `renderer:${pid}`
      seen.add(id)
      this.#followPage(this.#life(id, pid, false, factsOf(shared)), shared)
    }
    for (const pid of spare) {
      if (mainPids.has(pid)) continue
      const id = `renderer:${pid}`
      seen.add(id)
      mainPids.add(pid)
      const life = this.#life(id, pid, false, spareFacts)
      if (life.actor.getSnapshot().matches('created')) life.actor.send({ type: 'welcomed' })
    }
    for (const [pid, shared] of sharing) this.#followFrames(pid, shared, mainPids, seen)
    this.#followEnds(pages, seen)
    const open = new Set(pages.map(page => page.tabId))
    for (const tabId of this.#restarts.keys()) if (!open.has(tabId)) this.#restarts.delete(tabId)
  }

  #followPage(life: Life, pages: readonly SeenPage[]): void {
    const { actor } = life
    life.tabIds = pages.map(page => page.tabId)
    if (!pages.some(page => page.hasDocument)) return
    if (actor.getSnapshot().matches('created')) actor.send({ type: 'welcomed' })
    const isBusy = pages.some(page => page.isInView || page.isLoading)
    if (isBusy) actor.send({ type: 'busy' })
    else if (pages.every(page => page.isFrozen)) actor.send({ type: 'suspend' })
    else {
      actor.send({ type: 'resume' })
      actor.send({ type: 'quiet' })
    }
  }

  /** A frame whose process serves a tab as well is no process of its own; one of several tabs stands below the first. */
  #followFrames(parentPid: number, pages: readonly SeenPage[], taken: Set<number>, seen: Set<string>): void {
    for (const page of pages) {
      for (const frame of page.frames) {
        if (taken.has(frame.pid)) continue
        taken.add(frame.pid)
        const id = `frame:${frame.pid}:renderer:${parentPid}`
        seen.add(id)
        const facts = factsOf(pages)
        const name = page.isPrivate ? 'Private frame' : (frame.site ?? 'Blank frame')
        const site = page.isPrivate ? null : frame.site
        this.#followPage(this.#life(id, frame.pid, true, { ...facts, name, site }), pages)
      }
    }
  }

  #followEnds(pages: readonly SeenPage[], seen: ReadonlySet<string>): void {
    for (const [id, life] of this.#lives) {
      if (seen.has(id)) continue
      const owners = pages.filter(page => life.tabIds.includes(page.tabId))
      const loss = owners.find(page => page.loss !== null)?.loss ?? null
      if (loss !== null && !life.isFrame) {
        if (life.actor.getSnapshot().matches('awaitingPerson')) continue
        for (const tabId of life.tabIds) this.#restarts.set(tabId, (this.#restarts.get(tabId) ?? 0) + 1)
        life.actor.send({ type: 'exited', exit: loss })
        continue
      }
      this.#lives.delete(id)
      // Gone without a word while its tab is there: whoever ended it has said why.
      if (owners.length > 0 && isLoss(this.#register.causeOf(life.pid)))
        life.actor.send({ type: 'exited', exit: { reason: 'killed', exitCode: 9 } })
      life.actor.send({ type: 'stop' })
    }
  }

  #life(id: string, pid: number, isFrame: boolean, facts: ProcessFacts): Life {
    const known = this.#lives.get(id)
    if (known !== undefined) {
      const isOther = !isSame(known.facts, facts)
      known.facts = facts
      if (isOther) this.#register.changed()
      return known
    }
    const restarts = Math.max(0, ...facts.tabIds.map(tabId => this.#restarts.get(tabId) ?? 0))
    const actor = followedLife(id, isFrame ? 0 : restarts)
    const life: Life = { pid, isFrame, actor, facts, tabIds: facts.tabIds }
    this.#lives.set(id, life)
    life.actor.send({ type: 'spawned', pid, at: this.#now() })
    this.#register.add({ id, kind: 'tab', actor: life.actor, about: () => life.facts })
    return life
  }
}

function isSame(one: ProcessFacts, other: ProcessFacts): boolean {
  return (
    one.name === other.name &&
    one.site === other.site &&
    one.isPrivate === other.isPrivate &&
    one.isInView === other.isInView &&
    one.tabIds.join() === other.tabIds.join()
  )
}

/** Ended because something was wrong, or because a person wanted it: more than that its page has left it. */
function isLoss(cause: EndCause | null): boolean {
  return cause !== null && cause.kind !== 'rest'
}

const spareFacts: ProcessFacts = {
  name: 'Spare page',
  tabIds: [],
  site: null,
  isPrivate: false,
  isInView: false,
}

function factsOf(pages: readonly SeenPage[]): ProcessFacts {
  const isPrivate = pages.some(page => page.isPrivate)
  const site = isPrivate ? null : (pages[0]?.site ?? null)
  return {
    name: isPrivate ? 'Private tab' : (site ?? 'Blank page'),
    tabIds: pages.map(page => page.tabId),
    site,
    isPrivate,
    isInView: pages.some(page => page.isInView),
  }
}
