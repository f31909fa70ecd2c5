import { spawnSync } from 'node:child_process'
import { inProject, projectRoot } from './project.ts'

/** Fewer modules than this, and dependency-cruiser has gone blind: it then reports no violation at all. */
const fewestModules = 150

const folders = [
  'ipc',
  'contracts',
  'src',
  'renderer',
  'ai-service',
  'storage-service',
  'cli',
  'setup',
  'tests',
  'electron-on-chromium',
]

/** Checks the layer rules, and that the tool saw the code that it judges. */
const result = spawnSync(
  process.execPath,
  [
    inProject('node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
    '--config',
    '.dependency-cruiser.mjs',
    '--output-type',
    'err',
    ...folders,
  ],
  { cwd: projectRoot, encoding: 'utf8' },
)
process.stdout.write(result.stdout)
process.stderr.write(result.stderr)
const modules = Number(/(\d+) modules/.exec(result.stdout)?.[1] ?? '0')
if (modules < fewestModules) {
  console.error(`The layer check saw only ${modules} modules; at least ${fewestModules} were expected.`)
  process.exit(1)
}
process.exit(result.status ?? 1)
