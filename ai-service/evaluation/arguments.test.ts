import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { shippedModels } from '../testing/models-folder.ts'
import { readArguments } from './arguments.ts'

const folder = mkdtempSync(join(tmpdir(), 'nexus-evaluation-'))
afterAll(() => rmSync(folder, { recursive: true }))

const read = (...words: string[]) =>
  readArguments(words, folder, ['langid', 'topics'], { dataFolder: folder, modelsFolder: shippedModels })

it('measures every task with its peers unless told otherwise', () => {
  expect(read()).toEqual({
    isJson: false,
    withPeers: true,
    modelsFolder: shippedModels,
    dataFolder: folder,
    tasks: [
      { name: 'langid', folder: null },
      { name: 'topics', folder: null },
    ],
  })
  expect(read('--json', '--no-peers', '--task', 'topics')).toMatchObject({
    isJson: true,
    withPeers: false,
    tasks: [{ name: 'topics', folder: null }],
  })
})

it('takes a folder of a stranger for one task, relative to where the person is', () => {
  expect(() => read('--task', 'topics', '--data', '.')).toThrow('holds no test*.jsonl.gz')
  writeFileSync(join(folder, 'test-own.jsonl.gz'), '')
  expect(read('--task', 'topics', '--data', '.').tasks).toEqual([{ name: 'topics', folder }])
})

it.each([
  [['--task', 'weather'], 'There is no task "weather". Tasks: langid, topics.'],
  [['--data', 'nowhere'], 'There is no folder'],
  [['--models', '.'], 'holds no manifest.json'],
  [['--tasks', 'topics'], '--tasks'],
])('says what is wrong with %j', (words, message) => {
  expect(() => read(...words)).toThrow(message)
})
