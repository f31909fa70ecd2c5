// Started by confinement.test.ts in a process of its own: tries what storage must not do, says what happened.
import childProcess, { spawn } from 'node:child_process'
import dgram from 'node:dgram'
import dns from 'node:dns'
import fs from 'node:fs'
import http from 'node:http'
import http2 from 'node:http2'
import inspector from 'node:inspector'
import module from 'node:module'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import tls from 'node:tls'
import { Worker } from 'node:worker_threads'
import { outcomesOf } from '../../ipc/testing/outcomes-of.ts'
import { threadInspector } from '../care/inspector-thread.ts'
import { confine } from '../confinement.ts'
import { openDatabase } from '../opening/opening.ts'

const [, , file = ''] = process.argv
const damagedFile = join(dirname(file), 'damaged.sqlite')
fs.writeFileSync(damagedFile, 'this is no database'.repeat(1_000))
confine(file)

const outcomes = await outcomesOf({
  thread: () => new Worker('0', { eval: true }),
  'native code': () => process.dlopen({ exports: {} }, join(tmpdir(), 'evil.node')),
  debugger: () => inspector.open(0),
  'hooks of modules': () => module.registerHooks({}),
  'read elsewhere': () => fs.readFileSync(import.meta.filename),
  'write elsewhere': () => fs.promises.writeFile(join(tmpdir(), 'nexus-elsewhere'), ''),
  'move elsewhere': () => fs.renameSync(file, join(tmpdir(), 'nexus-elsewhere')),
  'open elsewhere': () => fs.openSync('/nowhere', 'w'),
  'list elsewhere': () => fs.readdirSync(tmpdir()),
  'link elsewhere': () => fs.symlinkSync(import.meta.filename, `${file}-link`),
  spawn: () => spawn('true'),
  fork: () => childProcess.fork(file),
  exec: () => childProcess.execSync('true'),
  kill: () => process.kill(process.pid, 0),
  'udp send': () => dgram.createSocket('udp4').send('x', 9, '127.0.0.1'),
  'dns lookup': () => dns.promises.lookup('localhost'),
  'tcp listen': () => net.createServer().listen(0),
  'unix connect': () => net.connect(file),
  'secure connect': () => tls.connect(9, '127.0.0.1'),
  'http request': () => http.get('http://127.0.0.1:9/'),
  http2: () => http2.connect('http://127.0.0.1:9').destroy(),
  fetch: () => fetch('http://127.0.0.1:9/'),
})
const { database, report } = openDatabase(file, { wallClock: Date.now })
database.execute("INSERT INTO settings VALUES ('theme', '\"dark\"')")
const inspection = await threadInspector(file, new URL('../main.ts', import.meta.url)).faults()
const damaged = openDatabase(damagedFile, { wallClock: Date.now }).report.kind
console.log(JSON.stringify({ outcomes, report: report.kind, inspection, damaged }))
