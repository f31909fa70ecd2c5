import type { Messages } from '../transports/messages.ts'

/** Messages with the face of a MessagePort. */
export class PortFace {
  onmessage: ((event: { readonly data: unknown }) => void) | null = null
  readonly #messages: Messages

  constructor(messages: Messages) {
    this.#messages = messages
    messages.onMessage(data => this.onmessage?.({ data }))
  }

  postMessage(message: unknown): void {
    this.#messages.post(message)
  }

  addEventListener(): void {}

  start(): void {}

  close(): void {}
}
