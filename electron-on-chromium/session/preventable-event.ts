/** The first argument of Electron's events that can be prevented. */
export interface PreventableEvent {
  readonly defaultPrevented: boolean
  preventDefault(): void
}

export function preventableEvent(): PreventableEvent {
  let isPrevented = false
  return {
    get defaultPrevented() {
      return isPrevented
    },
    preventDefault: () => {
      isPrevented = true
    },
  }
}
