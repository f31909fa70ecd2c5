import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The models that ship. */
export const shippedModels = fileURLToPath(new URL('../../assets/models', import.meta.url))

export interface ScratchModels extends Disposable {
  readonly folder: string
}

/** A copy of the shipped models that a test may damage. */
export function copyModels(): ScratchModels {
  const folder = mkdtempSync(join(tmpdir(), 'nexus-models-'))
  cpSync(shippedModels, folder, { recursive: true })
  return {
    folder,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}
