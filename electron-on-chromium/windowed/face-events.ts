import type { FaceKeyInput, FaceWindowEvents } from '../main/face.ts'

type AnyListener = (...values: never[]) => unknown
type Announcement = Exclude<keyof FaceWindowEvents, 'keyInput'>

/** Who listens to a window. */
export class FaceEvents {
  readonly #listeners = new Map<keyof FaceWindowEvents, Set<AnyListener>>()

  on<E extends keyof FaceWindowEvents>(event: E, listener: FaceWindowEvents[E]): Disposable {
    const listeners = this.#listeners.get(event) ?? new Set()
    this.#listeners.set(event, listeners)
    listeners.add(listener)
    return { [Symbol.dispose]: () => listeners.delete(listener) }
  }

  announce<E extends Announcement>(event: E, ...values: Parameters<FaceWindowEvents[E]>): void {
    for (const listener of this.#of(event))
      (listener as (...values: Parameters<FaceWindowEvents[E]>) => void)(...values)
  }

  /** Offers a key to the owner; true when it was swallowed. */
  offerKey(viewId: number, input: FaceKeyInput): boolean {
    let isSwallowed = false
    for (const listener of this.#of('keyInput'))
      if ((listener as FaceWindowEvents['keyInput'])(viewId, input)) isSwallowed = true
    return isSwallowed
  }

  #of(event: keyof FaceWindowEvents): readonly AnyListener[] {
    return [...(this.#listeners.get(event) ?? [])]
  }
}
