import { createHash, timingSafeEqual } from 'node:crypto'

/** The name that goes with the secret; it protects nothing. */
const userName = 'nexus'

/** The line with which a proxy asks for credentials. */
export const loginChallenge = 'Basic realm="Nexus"'

/** Tells who knows the secret from who does not, in a time that says nothing of how near they came. */
export class Login {
  readonly #expected: Buffer

  constructor(secret: string) {
    this.#expected = digest(`Basic ${Buffer.from(`${userName}:${secret}`).toString('base64')}`)
  }

  isValid(proxyAuthorization: string | undefined): boolean {
    return timingSafeEqual(this.#expected, digest(proxyAuthorization ?? ''))
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
