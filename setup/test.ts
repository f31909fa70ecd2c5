import { spawn } from 'node:child_process'
import { cpus } from 'node:os'
import {
  chromiumPackage,
  ensureDebianPackages,
  MissingPackagesError,
  windowTestPackages,
} from './debian-packages.ts'
import { chooseElectron, describeChoice, electronEnvironment } from './electron.ts'
import { inProject, projectRoot } from './project.ts'

/** One check: a program of the project's own tools, run by Node 24. */
interface Check {
  readonly name: string
  readonly program: readonly string[]
}

interface Outcome {
  readonly name: string
  readonly isPassed: boolean
  readonly seconds: number
}

const bin = (...parts: string[]): string => inProject('node_modules', ...parts)

/** Checks that only read; they run side by side. */
const readers: readonly Check[] = [
  { name: 'types: node', program: [bin('typescript', 'bin', 'tsc'), '-p', 'tsconfig.node.json'] },
  { name: 'types: dom', program: [bin('typescript', 'bin', 'tsc'), '-p', 'tsconfig.dom.json'] },
  {
    name: 'lint and format',
    program: [bin('@biomejs', 'biome', 'bin', 'biome'), 'ci', '--error-on-warnings', '.'],
  },
  { name: 'layers', program: ['setup/layers.ts'] },
  { name: 'dead code', program: [bin('knip', 'bin', 'knip.js')] },
  { name: 'duplicates', program: [bin('jscpd', 'bin', 'jscpd'), '--config', '.jscpd.json', '.'] },
]

/** Checks that start processes; they run one after another. */
const runners: readonly Check[] = [
  { name: 'build', program: ['setup/build.ts'] },
  { name: 'unit tests', program: [bin('vitest', 'vitest.mjs'), 'run', '--reporter=dot'] },
  { name: 'chaos tests', program: ['setup/chaos.ts'] },
  { name: 'conformance of the stand-in', program: ['setup/conformance.ts'] },
  { name: 'end-to-end tests', program: ['setup/end-to-end.ts'] },
]

const only = process.argv.slice(2)
const isWanted = (check: Check): boolean => only.length === 0 || only.some(word => check.name.includes(word))

try {
  ensureDebianPackages([chromiumPackage, ...windowTestPackages])
} catch (error) {
  if (!(error instanceof MissingPackagesError)) throw error
  console.error(error.message)
  process.exit(1)
}
const choice = await chooseElectron()
if (choice.kind === 'standIn') console.log(describeChoice(choice))
const environment = { ...electronEnvironment(choice), NEXUS_ELECTRON: choice.executable, NO_COLOR: '1' }

const outcomes = [
  ...(await inParallel(readers.filter(isWanted), Math.max(1, Math.min(2, cpus().length)))),
  ...(await inParallel(runners.filter(isWanted), 1)),
]

console.log('')
for (const { name, isPassed, seconds } of outcomes) {
  console.log(`${isPassed ? 'passed' : 'FAILED'}  ${seconds.toFixed(1).padStart(6)} s  ${name}`)
}
const failed = outcomes.filter(outcome => !outcome.isPassed).length
console.log(`\n${outcomes.length - failed} passed, ${failed} failed`)
process.exit(failed === 0 && outcomes.length > 0 ? 0 : 1)

/** Runs the checks, at most `width` at a time, and prints what each had to say once it has ended. */
async function inParallel(checks: readonly Check[], width: number): Promise<Outcome[]> {
  const waiting = [...checks]
  const done: Outcome[] = []
  async function work(): Promise<void> {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift())
      done.push(await run(check, width === 1))
  }
  await Promise.all(Array.from({ length: width }, work))
  return done
}

function run({ name, program }: Check, isLive: boolean): Promise<Outcome> {
  const startedAt = performance.now()
  if (isLive) console.log(`\n── ${name}`)
  return new Promise(resolve => {
    const child = spawn(process.execPath, program, {
      cwd: projectRoot,
      env: environment,
      stdio: ['ignore', isLive ? 'inherit' : 'pipe', isLive ? 'inherit' : 'pipe'],
    })
    const output: Buffer[] = []
    child.stdout?.on('data', chunk => output.push(chunk))
    child.stderr?.on('data', chunk => output.push(chunk))
    child.on('close', code => {
      const seconds = (performance.now() - startedAt) / 1_000
      const isPassed = code === 0
      if (!isLive) {
        console.log(`\n── ${name}: ${isPassed ? 'passed' : 'FAILED'} (${seconds.toFixed(1)} s)`)
        if (!isPassed) process.stdout.write(Buffer.concat(output))
      }
      resolve({ name, isPassed, seconds })
    })
  })
}
