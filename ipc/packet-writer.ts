import type { Group } from './groups.ts'

/** Puts the text of a packet together; neighbours of one group share their words. */
export class PacketWriter {
  #text = ''
  #count = 0
  #group: Group | null = null

  /** Messages that are in it. */
  get count(): number {
    return this.#count
  }

  /** Characters so far. */
  get length(): number {
    return this.#text.length
  }

  /** The group that a next message could join. */
  get group(): Group | null {
    return this.#group
  }

  /** Adds a whole message, or with a group what the message says of its own. */
  add(group: Group | null, text: string): void {
    if (group !== null && group === this.#group) {
      this.#text = `${this.#text},${text}`
    } else {
      this.#closeGroup()
      const before = this.#count === 0 ? '' : `${this.#text},`
      this.#text = group === null ? `${before}${text}` : `${before}${group.open}${text}`
      this.#group = group
    }
    this.#count += 1
  }

  /** The packet; the writer is empty again. */
  take(): string {
    this.#closeGroup()
    const packet = `[${this.#text}]`
    this.#text = ''
    this.#count = 0
    return packet
  }

  #closeGroup(): void {
    if (this.#group === null) return
    this.#text = `${this.#text}]]`
    this.#group = null
  }
}
