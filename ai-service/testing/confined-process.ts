// Started by confinement.test.ts in a process of its own: tries what the AI process must not do, says what happened.
import childProcess, { spawn } from 'node:child_process'
import dgram from 'node:dgram'
import dns from 'node:dns'
import fs, { writeFileSync } from 'node:fs'
import { mkdir, open, writeFile } from 'node:fs/promises'
import http from 'node:http'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { confine } from '../confinement.ts'
import { LanguageIdentifier } from '../language/identifier.ts'
import { ModelManager } from '../models/manager.ts'
import { shippedModels } from './models-folder.ts'

confine()

const file = join(tmpdir(), `nexus-confined-${process.pid}`)
const attempts: Readonly<Record<string, () => unknown>> = {
  fetch: () => fetch('http://127.0.0.1:9/'),
  'http request': () => http.get('http://127.0.0.1:9/'),
  'tcp connect': () => net.connect(9, '127.0.0.1'),
  'unix connect': () => net.connect(file),
  'tcp listen': () => net.createServer().listen(0),
  'udp send': () => dgram.createSocket('udp4').send('x', 9, '127.0.0.1'),
  'dns lookup': () => dns.promises.lookup('localhost'),
  'web socket': () => new WebSocket('ws://127.0.0.1:9/'),
  spawn: () => spawn('true'),
  spawnSync: () => childProcess.spawnSync('true'),
  exec: () => childProcess.execSync('true'),
  fork: () => childProcess.fork(file),
  kill: () => process.kill(process.pid, 0),
  thread: () => new Worker('0', { eval: true }),
  writeFileSync: () => writeFileSync(file, 'x'),
  writeFile: () => writeFile(file, 'x'),
  'open to write': () => open(file, 'w'),
  'openSync to append': () => fs.openSync(file, 'a'),
  'open by flags': () => fs.openSync(file, fs.constants.O_WRONLY | fs.constants.O_CREAT),
  'write stream': () => fs.createWriteStream(file),
  mkdir: () => mkdir(file),
  unlink: () => fs.unlinkSync(file),
  'put back': () => Object.assign(fs, { writeFileSync: () => {} }),
}

const outcomes: Record<string, string> = {}
for (const [name, attempt] of Object.entries(attempts)) {
  try {
    await attempt()
    outcomes[name] = 'allowed'
  } catch (error) {
    outcomes[name] = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}
await using models = new ModelManager(shippedModels)
const [guess] = await new LanguageIdentifier(models).identify(['Der Zug fährt heute später als geplant.'])
console.log(JSON.stringify({ outcomes, language: guess?.tag, isFileThere: fs.existsSync(file) }))
