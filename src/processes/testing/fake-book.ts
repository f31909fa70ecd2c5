import type { ProcessKind } from '../../../contracts/processes.ts'
import type { KnownProcess, ProcessBook } from '../book/known-process.ts'

/** A process for tests. */
export function knownProcess(
  id: string,
  kind: ProcessKind,
  pid: number | null,
  rest: Partial<KnownProcess> = {},
): KnownProcess {
  return {
    id,
    kind,
    pid,
    name: id,
    state: 'active',
    startedAt: 0,
    restarts: 0,
    tabIds: [],
    site: null,
    isPrivate: false,
    isInView: false,
    priority: null,
    ...rest,
  }
}

/** A book that a test writes itself; listeners hear of it at once. */
export class FakeBook implements Pick<ProcessBook, 'all' | 'find' | 'onDidChange'> {
  readonly #known = new Map<string, KnownProcess>()
  readonly #listeners = new Set<() => void>()

  put(...processes: readonly KnownProcess[]): void {
    for (const process of processes) this.#known.set(process.id, process)
    this.#announce()
  }

  drop(id: string): void {
    this.#known.delete(id)
    this.#announce()
  }

  all(): readonly KnownProcess[] {
    return [...this.#known.values()]
  }

  find(id: string): KnownProcess | null {
    return this.#known.get(id) ?? null
  }

  onDidChange(listener: () => void): Disposable {
    this.#listeners.add(listener)
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) }
  }

  #announce(): void {
    for (const listener of this.#listeners) listener()
  }
}
