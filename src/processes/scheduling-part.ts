import { areaContracts } from '../../contracts/areas.ts'
import type { SchedulingFacts } from '../../contracts/scheduling-for-chrome.ts'
import type { Settings } from '../../contracts/storage.ts'
import { systemClock } from '../../ipc/clock.ts'
import type { Application } from '../application.ts'
import { Affinity } from './affinity/affinity.ts'
import { type CorePlan, planCores } from './affinity/core-plan.ts'
import { readCores } from './affinity/read-cores.ts'
import { findTaskset, type Taskset } from './affinity/taskset.ts'
import type { ProcessBook } from './book/known-process.ts'
import { Priorities } from './priorities/priorities.ts'
import { ProcessNiceness } from './priorities/process-niceness.ts'
import { raisingAbility } from './priorities/raising-ability.ts'

/** How much of the processors each process gets, and which of them. */
export class SchedulingPart implements Disposable {
  readonly priorities: Priorities
  readonly #application: Application
  readonly #book: ProcessBook
  /** Looked for by the first who wants to know: a start needs neither. */
  #means: { readonly taskset: Taskset | null; readonly plan: CorePlan } | null = null
  /** Made by the first wish for it. */
  #affinity: Affinity | null = null

  constructor(application: Application, book: ProcessBook) {
    this.#application = application
    this.#book = book
    this.priorities = new Priorities({
      book,
      niceness: new ProcessNiceness(),
      ability: raisingAbility(),
      platform: process.platform,
      clock: systemClock,
      log: application.log,
    })
  }

  /** The settings may be others now. */
  follow({ setsPriorities, setsAffinity }: Settings): void {
    this.priorities.follow(setsPriorities)
    if (setsAffinity) this.#affinity ??= this.#makeAffinity()
    this.#affinity?.follow(setsAffinity)
  }

  /** Serves the chrome UI. */
  serve(): void {
    this.#application.switchboard.endpoint.serve(areaContracts.scheduling, { facts: () => this.#facts() })
  }

  [Symbol.dispose](): void {
    this.priorities[Symbol.dispose]()
    void this.#affinity?.[Symbol.asyncDispose]()
  }

  #makeAffinity(): Affinity {
    return new Affinity({ book: this.#book, ...this.#meansOfThisMachine(), log: this.#application.log })
  }

  #meansOfThisMachine(): { readonly taskset: Taskset | null; readonly plan: CorePlan } {
    this.#means ??= { taskset: findTaskset(), plan: planOfThisMachine() }
    return this.#means
  }

  #facts(): SchedulingFacts {
    return { raisesAgain: this.priorities.raisesAgain, affinity: this.#affinityFacts() }
  }

  #affinityFacts(): SchedulingFacts['affinity'] {
    if (process.platform !== 'linux') return { kind: 'notOnThisSystem' }
    const { taskset, plan } = this.#meansOfThisMachine()
    if (taskset === null) return { kind: 'noProgram' }
    if (plan.kind === 'tooFew') return { kind: 'tooFewCores', count: plan.count }
    return { kind: 'available', fast: [...plan.fast], batch: [...plan.batch] }
  }
}

function planOfThisMachine(): CorePlan {
  try {
    return planCores(process.platform === 'linux' ? readCores() : [])
  } catch {
    return { kind: 'tooFew', count: 0 }
  }
}
