import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import path from 'node:path'

const pageFolder = path.resolve(import.meta.dirname, '../page/compositor')

/** The text of a script of ours that runs in a page, its types taken out. */
export function pageScript(name: 'clipboard-end' | 'view-helper'): string {
  return stripTypeScriptTypes(readFileSync(path.join(pageFolder, `${name}.ts`), 'utf8'))
}
