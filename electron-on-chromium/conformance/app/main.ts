// The application in which the cases run. It is started by ../run.ts, which has stripped its types: real Electron
// runs it as plain ES modules.
import { appendFileSync } from 'node:fs'
import { app } from 'electron'
import { type ResultRecord, type RunRequest, runCase } from '../registry.ts'
import { registry } from './chapters/registry.ts'
import { registerSchemes } from './chapters/schemes.ts'
import { startFixtureServer } from './harness/server.ts'

const request: RunRequest = JSON.parse(process.env.CONFORMANCE_REQUEST ?? '{}')

app.setPath('userData', request.userData)
registerSchemes()
// Cases close all their windows; the application must outlive that.
app.on('window-all-closed', () => {})
process.on('unhandledRejection', reason => console.error('unhandled rejection:', reason))

// Not a top-level await: Electron emits `ready` only after the entry module has been evaluated.
void app.whenReady().then(run)

async function run(): Promise<void> {
  await import(`./chapters/${request.file}.mjs`)
  const server = await startFixtureServer()
  for (const title of request.titles) {
    const entry = registry.cases.find(each => each.chapter === request.chapter && each.title === title)
    if (!entry) throw new Error(`no such case: ${request.chapter}: ${title}`)
    record({ kind: 'began', chapter: entry.chapter, title: entry.title })
    const result = await runCase(entry, base => ({ ...base, server }))
    record({ kind: 'ended', result })
  }
  server.close()
  app.exit(0)
}

function record(line: ResultRecord): void {
  appendFileSync(request.resultsFile, `${JSON.stringify(line)}\n`)
}
