// Started by confinement.test.ts in a process of its own: tries what the AI process must not do, says what happened.
import childProcess, { spawn } from 'node:child_process'
import cluster from 'node:cluster'
import dgram from 'node:dgram'
import dns from 'node:dns'
import fs, { writeFileSync } from 'node:fs'
import { mkdir, open, writeFile } from 'node:fs/promises'
import http from 'node:http'
import http2 from 'node:http2'
import inspector from 'node:inspector'
import module from 'node:module'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import v8 from 'node:v8'
import { Worker } from 'node:worker_threads'
import { outcomesOf } from '../../ipc/testing/outcomes-of.ts'
import { confine } from '../confinement.ts'
import { LanguageIdentifier } from '../language/identifier.ts'
import { ModelManager } from '../models/manager.ts'
import { shippedModels } from './models-folder.ts'

/** Taken before it is taken away. */
const isThere = fs.existsSync
confine(shippedModels)

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
  'promised append': () => fs.promises.appendFile(file, 'x'),
  'promised rename': () => fs.promises.rename(file, `${file}-2`),
  'promised open to append': () => fs.promises.open(file, 'a+'),
  truncate: () => fs.truncateSync(file),
  'stream by class': () => new fs.WriteStream(file as never),
  copy: () => fs.cpSync(import.meta.filename, file),
  link: () => fs.symlinkSync(import.meta.filename, file),
  'heap snapshot': () => v8.writeHeapSnapshot(file),
  'process report': () => process.report.writeReport(file),
  'compile cache': () => module.enableCompileCache(file),
  wasi: () => import('node:wasi'),
  'trace events': () => import('node:trace_events'),
  'database imported': () => import('node:sqlite'),
  'database required': () => module.createRequire(import.meta.url)('node:sqlite'),
  'database at hand': () => process.getBuiltinModule('node:sqlite'),
  'hooks of modules': () => module.registerHooks({}),
  'native code': () => process.dlopen({ exports: {} }, join(tmpdir(), 'evil.node')),
  binding: () => Reflect.apply(Reflect.get(process, 'binding'), process, ['fs']),
  debugger: () => inspector.open(0),
  'debugger session': () => new inspector.Session(),
  'event source': () =>
    Reflect.construct(Reflect.get(globalThis, 'EventSource') ?? WebSocket, ['http://127.0.0.1:9/']),
  'secure connect': () => tls.connect(9, '127.0.0.1'),
  http2: () => http2.connect('http://127.0.0.1:9').destroy(),
  cluster: () => cluster.fork(),
  execFile: () => childProcess.execFileSync('true'),
  'read elsewhere': () => fs.readFileSync(import.meta.filename),
  'promised read elsewhere': () => fs.promises.readFile(import.meta.filename),
  'open elsewhere': () => fs.openSync(import.meta.filename, 'r'),
  'look elsewhere': () => fs.existsSync(import.meta.filename),
  'list elsewhere': () => fs.readdirSync(tmpdir()),
  'out of its folder': () => fs.readFileSync(`${shippedModels}/../../package.json`),
  'read stream': () => fs.createReadStream(import.meta.filename),
  pattern: () => fs.globSync('*'),
  'data as a module': () =>
    import(join(import.meta.dirname, '../../package.json'), { with: { type: 'json' } }),
  'required data': () => module.createRequire(import.meta.url)('../../package.json'),
  'put back': () => Object.assign(fs, { writeFileSync: () => {} }),
}

const outcomes = await outcomesOf(attempts)
await using models = new ModelManager(shippedModels)
const isFileThere = isThere(file)
const [guess] = await new LanguageIdentifier(models).identify(['Der Zug fährt heute später als geplant.'])
// Code that is loaded by its first use comes after everything else was given up.
const { clusterByAverage: late } = await import('../organising/cluster.ts')
console.log(JSON.stringify({ outcomes, language: guess?.tag, isFileThere, lateCode: typeof late }))
