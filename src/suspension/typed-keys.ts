import type { Input, WebContents } from 'electron'

/** Knows on which pages a person has typed since they came; what they typed it does not keep. */
export class TypedKeys {
  readonly #typed = new WeakSet<WebContents>()

  follow(contents: WebContents): void {
    contents.on('before-input-event', (_event, input) => {
      if (isWriting(input)) this.#typed.add(contents)
    })
    contents.on('did-navigate', () => this.#typed.delete(contents))
  }

  has(contents: WebContents): boolean {
    return this.#typed.has(contents)
  }
}

function isWriting({ type, key, control, meta, alt }: Input): boolean {
  return type === 'keyDown' && !control && !meta && !alt && [...key].length === 1
}
