/** An event that a listener can prevent, as Electron hands it to listeners. */
export class PreventableEvent {
  #isPrevented = false
  preventDefault = (): void => {
    this.#isPrevented = true
  }
  get defaultPrevented(): boolean {
    return this.#isPrevented
  }
}

/** An event with further properties. */
export function preventable<P extends object>(properties: P): PreventableEvent & P {
  return Object.assign(new PreventableEvent(), properties)
}
