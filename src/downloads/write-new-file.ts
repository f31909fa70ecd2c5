import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** Names that are tried before it is given up: nobody exports that often in one second. */
const mostNames = 50

export interface NewFile {
  readonly folder: string
  /** The time is added to it. */
  readonly name: string
  /** With its dot. */
  readonly extension: string
  readonly text: string
  /** Milliseconds since the epoch. */
  readonly at: number
}

/**
 * Writes a file that was not there, never over another one, and readable by its owner only; the folder is made. Gives its
 * path. Throws what the system says.
 */
export async function writeNewFile({ folder, name, extension, text, at }: NewFile): Promise<string> {
  const time = new Date(at).toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.')
  await mkdir(folder, { recursive: true })
  const stem = path.join(folder, `${name} ${time}`)
  for (let number = 1; ; number += 1) {
    const file = number === 1 ? `${stem}${extension}` : `${stem} (${number})${extension}`
    try {
      await writeFile(file, text, { flag: 'wx', mode: 0o600 })
      return file
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EEXIST'
      if (!isTaken || number >= mostNames) throw error
    }
  }
}
