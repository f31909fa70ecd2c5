/** Addresses that somebody gave for a name, and how long they hold; none when the name does not exist. */
export interface FoundAddresses {
  readonly addresses: readonly string[]
  readonly ttlSeconds: number
}

/** One that knows names. Rejects with a NetworkError when it cannot be asked; a name without addresses is an answer. */
export interface NameSource {
  lookUp(name: string): Promise<FoundAddresses>
}
