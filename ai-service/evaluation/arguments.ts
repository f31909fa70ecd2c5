import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

/** What is to be measured, and where. */
export interface EvaluationPlan {
  readonly isJson: boolean
  readonly withPeers: boolean
  readonly modelsFolder: string
  /** Names of tasks, each with the folder that holds its `test*.jsonl.gz`; null for the task's own. */
  readonly tasks: readonly { readonly name: string; readonly folder: string | null }[]
  /** Holds the folders of the tasks. */
  readonly dataFolder: string
}

/** The words of the command line cannot be followed; the message says why, for a person. */
export class EvaluationArgumentsError extends Error {
  override readonly name = 'EvaluationArgumentsError'
}

export const usage = `usage: npm run eval -- [--task <task>] [--data <folder>] [--models <folder>] [--no-peers] [--json]
  --task      one task instead of all of them
  --data      the folder that holds the task's test*.jsonl.gz; without --task: a folder of such folders
  --models    models other than those that ship
  --no-peers  our own models only
  --json      one object as the last line`

/**
 * Reads the words after `npm run eval --`. Paths are relative to `from`. Throws EvaluationArgumentsError for an unknown
 * task, a folder that is not there, or one without test files.
 */
export function readArguments(
  words: readonly string[],
  from: string,
  known: readonly string[],
  usual: { readonly dataFolder: string; readonly modelsFolder: string },
): EvaluationPlan {
  const { task, data, models, json, 'no-peers': noPeers } = parsed(words)
  if (task !== undefined && !known.includes(task)) {
    throw new EvaluationArgumentsError(`There is no task "${task}". Tasks: ${known.join(', ')}.`)
  }
  const dataFolder = data === undefined ? usual.dataFolder : resolve(from, data)
  if (!isFolder(dataFolder)) throw new EvaluationArgumentsError(`There is no folder ${dataFolder}.`)
  if (task !== undefined && data !== undefined && !holdsTests(dataFolder)) {
    throw new EvaluationArgumentsError(
      `${dataFolder} holds no test*.jsonl.gz: gzipped files of one JSON object a line.`,
    )
  }
  const modelsFolder = models === undefined ? usual.modelsFolder : resolve(from, models)
  if (!existsSync(join(modelsFolder, 'manifest.json'))) {
    throw new EvaluationArgumentsError(
      `${modelsFolder} holds no manifest.json, so there are no models in it.`,
    )
  }
  const folder = task !== undefined && data !== undefined ? dataFolder : null
  return {
    isJson: json,
    withPeers: !noPeers,
    modelsFolder,
    dataFolder,
    tasks: task === undefined ? known.map(name => ({ name, folder: null })) : [{ name: task, folder }],
  }
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        task: { type: 'string' },
        data: { type: 'string' },
        models: { type: 'string' },
        json: { type: 'boolean', default: false },
        'no-peers': { type: 'boolean', default: false },
      },
    }).values
  } catch (cause) {
    throw new EvaluationArgumentsError(cause instanceof Error ? cause.message : 'Unknown words', { cause })
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

function holdsTests(folder: string): boolean {
  return readdirSync(folder).some(name => /^test.*\.jsonl\.gz$/.test(name))
}
