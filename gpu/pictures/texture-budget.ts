import { IpcError } from '../../ipc/errors.ts'

export interface ContextFacts {
  readonly id: string
  readonly textures: number
  readonly bytes: number
  readonly budgetBytes: number
  readonly evictions: number
}

interface Share {
  readonly budgetBytes: number
  /** Bytes by texture, those used longest ago first. */
  readonly textures: Map<string, number>
  bytes: number
  evictions: number
}

/**
 * Who may keep how many bytes of textures. Counts only; who draws frees what is evicted. Within a context what was not
 * used longest makes room; contexts never take from one another.
 */
export class TextureBudget {
  readonly totalBytes: number
  readonly #shares = new Map<string, Share>()

  constructor(totalBytes: number) {
    this.totalBytes = totalBytes
  }

  get bytes(): number {
    return sum(this.#shares, share => share.bytes)
  }

  /** Throws CONTEXT_EXISTS, or NO_MEMORY_LEFT when all budgets together would exceed what there is. */
  create(contextId: string, budgetBytes: number): void {
    if (this.#shares.has(contextId))
      throw new IpcError('CONTEXT_EXISTS', `There is a context "${contextId}".`)
    const left = this.totalBytes - sum(this.#shares, share => share.budgetBytes)
    if (budgetBytes > left)
      throw new IpcError('NO_MEMORY_LEFT', `${budgetBytes} bytes were asked for and ${left} are left.`)
    this.#shares.set(contextId, { budgetBytes, textures: new Map(), bytes: 0, evictions: 0 })
  }

  /** What it counts is forgotten. Throws UNKNOWN_CONTEXT. */
  destroy(contextId: string): void {
    this.#share(contextId)
    this.#shares.delete(contextId)
  }

  /** Those used longest ago first. Throws UNKNOWN_CONTEXT. */
  texturesOf(contextId: string): string[] {
    return [...this.#share(contextId).textures.keys()]
  }

  /**
   * Counts a texture in, in place of an earlier one of its name. Gives those that have to be freed for it; the texture
   * itself is among them when it alone exceeds the budget. Throws UNKNOWN_CONTEXT.
   */
  put(contextId: string, texture: string, bytes: number): string[] {
    const share = this.#share(contextId)
    this.remove(contextId, texture)
    if (bytes > share.budgetBytes) {
      share.evictions += 1
      return [texture]
    }
    share.textures.set(texture, bytes)
    share.bytes += bytes
    const evicted: string[] = []
    for (const [oldest, oldestBytes] of share.textures) {
      if (share.bytes <= share.budgetBytes) break
      share.textures.delete(oldest)
      share.bytes -= oldestBytes
      share.evictions += 1
      evicted.push(oldest)
    }
    return evicted
  }

  /** The texture is drawn: it is the last to make room now. */
  touch(contextId: string, texture: string): void {
    const textures = this.#shares.get(contextId)?.textures
    const bytes = textures?.get(texture)
    if (textures === undefined || bytes === undefined) return
    textures.delete(texture)
    textures.set(texture, bytes)
  }

  remove(contextId: string, texture: string): void {
    const share = this.#share(contextId)
    const bytes = share.textures.get(texture)
    if (bytes === undefined) return
    share.textures.delete(texture)
    share.bytes -= bytes
  }

  /** Forgets all textures and keeps the contexts: their graphics context was lost. */
  clear(): void {
    for (const share of this.#shares.values()) {
      share.textures.clear()
      share.bytes = 0
    }
  }

  facts(): ContextFacts[] {
    return [...this.#shares].map(([id, { textures, bytes, budgetBytes, evictions }]) => ({
      id,
      textures: textures.size,
      bytes,
      budgetBytes,
      evictions,
    }))
  }

  #share(contextId: string): Share {
    const share = this.#shares.get(contextId)
    if (share === undefined) throw new IpcError('UNKNOWN_CONTEXT', `There is no context "${contextId}".`)
    return share
  }
}

function sum(shares: ReadonlyMap<string, Share>, of: (share: Share) => number): number {
  let total = 0
  for (const share of shares.values()) total += of(share)
  return total
}
