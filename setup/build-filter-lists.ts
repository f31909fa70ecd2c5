import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { compileLists } from '../network-service/filtering/compiled-lists.ts'
import { inProject } from './project.ts'

/** The lists that ship, by the names under which the browser speaks of them. assets/lists/README.md says more. */
const lists = [
  { name: 'EasyList', file: 'easylist.txt' },
  { name: 'EasyPrivacy', file: 'easyprivacy.txt' },
]

/** Compiles the filter lists into `<output>/filters/lists.bin`, which the network process loads at its start. */
export function buildFilterLists(output: string): void {
  const compiled = compileLists(
    lists.map(({ name, file }) => ({ name, text: readFileSync(inProject('assets/lists', file), 'utf8') })),
  )
  const folder = path.join(output, 'filters')
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'lists.bin'), compiled)
}
