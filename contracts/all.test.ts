import { readdir, readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { kindOf, listOf, recordOf } from '../ipc/schema-check.ts'
import { allContracts } from './all.ts'

/** Names that contracts give to what tells of the pages that a person visits, and of what they hold. */
const privateNames = new Set([
  'analysisJson',
  'author',
  'canonicalHost',
  'faviconHost',
  'host',
  'iconDataUrl',
  'imageUrl',
  'input',
  'openGraphSiteName',
  'paragraphs',
  'phrase',
  'publishedAt',
  'query',
  'refreshHost',
  'site',
  'siteName',
  'text',
  'title',
  'url',
])

it('every contract of these folders is among all contracts', async () => {
  const names: string[] = []
  for (const folder of [new URL('.', import.meta.url), new URL('../ipc/', import.meta.url)]) {
    for (const file of await readdir(folder)) {
      if (!file.endsWith('.ts') || file.includes('.test.')) continue
      const source = await readFile(new URL(file, folder), 'utf8')
      names.push(...[...source.matchAll(/= defineContract\('(\w+)'/g)].flatMap(([, name]) => name ?? []))
    }
  }
  expect(allContracts.map(({ name }) => name).toSorted()).toEqual(names.toSorted())
})

it('nothing that tells of the pages that a person visits gets into a recording', () => {
  const open: string[] = []
  for (const { name, methods, events } of allContracts) {
    for (const [method, { sensitive, args, result, progress, item, input }] of Object.entries(methods)) {
      if (sensitive === true) continue
      for (const schema of [args, result, progress, item, input]) {
        if (schema !== undefined) open.push(...openNames(schema).map(one => `${name}.${method}: ${one}`))
      }
    }
    for (const [event, { payload }] of Object.entries(events)) {
      open.push(...openNames(payload).map(one => `${name}.${event}: ${one}`))
    }
  }
  expect(open).toEqual([])
})

/** Private properties of a schema that are not marked sensitive. */
function openNames(schema: object): readonly string[] {
  const part = recordOf(schema)
  if (part.sensitive === true) return []
  switch (kindOf(part)) {
    case 'anyOf':
      return listOf(part.anyOf).flatMap(member => openNames(recordOf(member)))
    case 'array':
      return openNames(recordOf(part.items ?? {}))
    case 'object':
      return Object.entries(recordOf(part.properties ?? {})).flatMap(([name, property]) =>
        privateNames.has(name) && !isMarked(recordOf(property)) ? [name] : openNames(recordOf(property)),
      )
    default:
      return []
  }
}

/** Null and the like may stand beside what is marked. */
function isMarked(schema: Readonly<Record<string, unknown>>): boolean {
  if (schema.sensitive === true || kindOf(schema) === 'null') return true
  return kindOf(schema) === 'anyOf' && listOf(schema.anyOf).every(member => isMarked(recordOf(member)))
}
