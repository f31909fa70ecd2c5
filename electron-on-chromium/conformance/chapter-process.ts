import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CaseResult, patience, type ResultRecord, type RunRequest } from './registry.ts'

export interface Launch {
  readonly executable: string
  readonly flags: readonly string[]
  /** The staged folder: `app/`, `apps/`. */
  readonly work: string
  readonly verbose: boolean
}

/** A chapter, and the file in app/chapters that has it. */
export interface ChapterCases {
  readonly name: string
  readonly file: string
  readonly titles: readonly string[]
}

/** Nothing recorded for this long means that the whole application hangs, not only a case. */
const silenceLimitMs = 70_000 * patience
/** After so many lost processes the rest of a chapter is given up. */
const maximumRelaunches = 4

/**
 * Runs these cases of one chapter in an application process of its own. When the process dies the case that was
 * running has failed, and the rest goes on in a fresh process.
 */
export async function runChapter(
  chapter: ChapterCases,
  titles: readonly string[],
  launch: Launch,
  accept: (result: CaseResult) => void,
): Promise<void> {
  let remaining = [...titles]
  for (let attempt = 0; remaining.length > 0; attempt++) {
    const failed = (title: string, reason: string): void =>
      accept({ chapter: chapter.name, title, verdict: 'failed', milliseconds: 0, reason })
    const giveUp = (reason: string): void => {
      for (const title of remaining) failed(title, reason)
    }
    if (attempt > maximumRelaunches) return giveUp(`not run: ${attempt} processes of this chapter died`)
    let running: string | undefined
    const ended = new Set<string>()
    const outcome = await runProcess(chapter, remaining, launch, record => {
      if (record.kind === 'began') running = record.title
      else {
        running = undefined
        ended.add(record.result.title)
        accept(record.result)
      }
    })
    remaining = remaining.filter(title => !ended.has(title))
    if (remaining.length === 0) return
    if (running === undefined && ended.size === 0) return giveUp(`no case began: ${outcome}`)
    const culprit = running ?? remaining[0]
    if (culprit === undefined) return
    failed(culprit, outcome)
    remaining = remaining.filter(title => title !== culprit)
  }
}

/** Resolves with how the process ended, once it has. */
async function runProcess(
  chapter: ChapterCases,
  titles: readonly string[],
  launch: Launch,
  onRecord: (record: ResultRecord) => void,
): Promise<string> {
  const folder = mkdtempSync(join(launch.work, 'run-'))
  const resultsFile = join(folder, 'results.jsonl')
  const userData = join(folder, 'profile')
  mkdirSync(userData)
  const request: RunRequest = { resultsFile, userData, file: chapter.file, chapter: chapter.name, titles }
  const child = spawn(launch.executable, [...launch.flags, join(launch.work, 'app')], {
    env: { ...process.env, STANDIN_HEADLESS: '1', CONFORMANCE_REQUEST: JSON.stringify(request) },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that a hung application goes together with its children.
    detached: true,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      output = (output + chunk).slice(-2_000)
      if (launch.verbose) process.stderr.write(chunk)
    })
  }
  let read = 0
  let lastRecordAt = performance.now()
  const drain = (): void => {
    if (!existsSync(resultsFile)) return
    const text = readFileSync(resultsFile, 'utf8')
    for (let end = text.indexOf('\n', read); end >= 0; end = text.indexOf('\n', read)) {
      onRecord(JSON.parse(text.slice(read, end)))
      read = end + 1
      lastRecordAt = performance.now()
    }
  }
  let hung = false
  const timer = setInterval(() => {
    drain()
    if (performance.now() - lastRecordAt > silenceLimitMs) {
      hung = true
      if (child.pid !== undefined) killGroup(child.pid)
    }
  }, 100)
  const ending = await new Promise<string>(resolve => {
    child.once('error', error => resolve(`could not be started: ${error.message}`))
    child.once('exit', (code, signal) =>
      resolve(`the application process ended (${signal ?? `code ${code}`})`),
    )
  })
  clearInterval(timer)
  drain()
  const said = output.trim() === '' ? '' : `; it said:\n${output.trim()}`
  return (hung ? `the application hung for ${silenceLimitMs} ms` : ending) + said
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has gone by itself in between.
  }
}
