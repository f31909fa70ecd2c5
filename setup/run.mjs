// Entry of every npm script. Runs on the system's Node (20 or later) with nothing installed, makes sure that the
// project's own packages and its own Node 24 are there, and hands over to a TypeScript script that runs on Node 24.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const commands = new Set([
  'start',
  'test',
  'build',
  'nexus',
  'bench',
  'bench-ai',
  'bench-ipc',
  'bench-audio',
  'bench-gpu',
  'bench-network',
  'bench-processes',
  'bench-storage',
  'chaos',
  'eval',
  'fuzz',
  'leak',
  'soak',
  'conformance',
  'draw',
  'make',
  'end-to-end',
])
const [command, ...rest] = process.argv.slice(2)

if (command === undefined || !commands.has(command)) {
  console.error(`usage: node setup/run.mjs <${[...commands].join('|')}> [arguments]`)
  process.exit(2)
}
if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(
    `Node ${process.versions.node} is too old to set Nexus up. Install Node 20 or later and try again.`,
  )
  process.exit(1)
}

installPackages()
handOver()

/** Runs `npm ci` when node_modules does not match the lock file. */
function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex')
  const stamp = path.join(root, 'node_modules', '.nexus-lock')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock && existsSync(ownNode())) return
  console.error('Installing packages (npm ci); this takes about a minute the first time.')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const result = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (result.status !== 0) {
    console.error(`npm ci failed (${result.status ?? result.error?.message}). Nexus was not started.`)
    console.error('Check that the npm registry can be reached, then run the same command again.')
    process.exit(1)
  }
  if (!existsSync(ownNode())) {
    console.error(
      `npm ci left no Node 24 at ${ownNode()}. Delete node_modules and run the same command again.`,
    )
    process.exit(1)
  }
  writeFileSync(stamp, lock)
}

function ownNode() {
  return path.join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
}

function handOver() {
  const separator = process.platform === 'win32' ? ';' : ':'
  const tools = [path.dirname(ownNode()), path.join(root, 'node_modules', '.bin')]
  const child = spawn(ownNode(), [path.join(root, 'setup', `${command}.ts`), ...rest], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: [...tools, process.env.PATH].join(separator),
      NEXUS_CALLED_FROM: process.env.INIT_CWD ?? process.cwd(),
    },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}
