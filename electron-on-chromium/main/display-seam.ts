/** The size of the primary display; without a display, that of a common one. */
export interface DisplaySize {
  readonly width: number
  readonly height: number
}

let read: () => DisplaySize = () => ({ width: 1920, height: 1080 })

/** @internal Called once, by the start. */
export function setPrimaryDisplay(newRead: () => DisplaySize): void {
  read = newRead
}

export function primaryDisplay(): DisplaySize {
  return read()
}
