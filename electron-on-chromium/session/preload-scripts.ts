import { randomUUID } from 'node:crypto'
import path from 'node:path'
import type { PreloadScript, PreloadScriptRegistration } from 'electron'
import { UnsupportedApiError } from '../platform/unsupported.ts'

/** The preload scripts of a session; they run in every page of it, before the page's own preload. */
export class PreloadScripts {
  readonly #scripts = new Map<string, PreloadScript>()

  register(script: PreloadScriptRegistration): string {
    if (script.type !== 'frame')
      throw new UnsupportedApiError('session.registerPreloadScript', 'only the type "frame" is made')
    if (script.matches || script.excludeMatches || script.includeGlobs || script.excludeGlobs)
      throw new UnsupportedApiError('session.registerPreloadScript', 'URL filters are not made')
    if (!path.isAbsolute(script.filePath)) throw new Error('filePath must be absolute')
    const id = script.id ?? randomUUID()
    if (this.#scripts.has(id)) throw new Error(`Cannot register preload script with existing ID '${id}'`)
    this.#scripts.set(id, { type: script.type, filePath: script.filePath, id })
    return id
  }

  unregister(id: string): void {
    if (!this.#scripts.delete(id))
      throw new Error(`Cannot unregister preload script with non-existing ID '${id}'`)
  }

  get all(): PreloadScript[] {
    return [...this.#scripts.values()]
  }
}
