import { NetworkError } from '../network-error.ts'

/** A chunk's size with its extensions is never this long. */
const mostLineBytes = 4_096
/** Fields after the body, all together. They are read and dropped. */
const mostTrailerBytes = 16 * 1024

type State = 'size' | 'data' | 'afterData' | 'trailer' | 'done'

/** Takes the chunks of a body apart (RFC 9112, 7.1). Throws a NetworkError (`badResponse`) for what are no chunks. */
export class ChunkedBody {
  #state: State = 'size'
  #line = ''
  #left = 0
  #trailerBytes = 0

  get isDone(): boolean {
    return this.#state === 'done'
  }

  /** Hands on what is body in these bytes; answers how many of them belonged to it and its frames. */
  read(bytes: Buffer, take: (part: Buffer) => void): number {
    let at = 0
    while (at < bytes.length && this.#state !== 'done') {
      if (this.#state === 'data') {
        const part = bytes.subarray(at, at + this.#left)
        take(part)
        at += part.length
        this.#left -= part.length
        if (this.#left === 0) this.#state = 'afterData'
        continue
      }
      const end = bytes.indexOf(10, at)
      const piece = bytes.toString('latin1', at, end === -1 ? bytes.length : end)
      if (this.#line.length + piece.length > mostLineBytes) throw bad()
      this.#line += piece
      if (end === -1) return bytes.length
      at = end + 1
      const line = this.#line.endsWith('\r') ? this.#line.slice(0, -1) : this.#line
      this.#line = ''
      this.#step(line)
    }
    return at
  }

  #step(line: string): void {
    if (this.#state === 'size') {
      const [, size] = /^([0-9a-f]{1,12})[ \t]*(?:;.*)?$/i.exec(line) ?? []
      if (size === undefined) throw bad()
      this.#left = Number.parseInt(size, 16)
      this.#state = this.#left === 0 ? 'trailer' : 'data'
    } else if (this.#state === 'afterData') {
      if (line !== '') throw bad()
      this.#state = 'size'
    } else {
      this.#trailerBytes += line.length
      if (this.#trailerBytes > mostTrailerBytes) throw bad()
      if (line === '') this.#state = 'done'
    }
  }
}

function bad(): NetworkError {
  return new NetworkError('badResponse', 'The body is not in chunks as it says')
}
