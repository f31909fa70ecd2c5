import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** Folder of the checkout. */
export const projectRoot = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

export function inProject(...parts: string[]): string {
  return path.join(projectRoot, ...parts)
}
