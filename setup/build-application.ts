import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { build, type InlineConfig } from 'vite'
import { buildFilterLists } from './build-filter-lists.ts'
import { inProject, projectRoot } from './project.ts'

/** Folders whose change makes the built application stale. */
const sources = [
  'ipc',
  'contracts',
  'src',
  'renderer',
  'gpu',
  'assets/styles',
  'ai-service',
  'storage-service',
  'network-service',
  'audio-service',
  'assets/lists',
  'cli',
  'setup',
]

/** Where the built application lies; package.json's `main` points into it. */
const finished = inProject('build')
/** Built aside and moved at the end, so that whoever runs the old files meanwhile never finds half of the new ones. */
const output = inProject('.nexus', `build-${process.pid}`)

/** Builds everything that Electron and the command line run, unless nothing has changed since. */
export async function buildApplication(options: { force?: boolean } = {}): Promise<void> {
  if (options.force !== true && isFresh()) return
  mkdirSync(output, { recursive: true })
  try {
    await Promise.all([
      build(nodeProcesses()),
      build(preload('chrome')),
      build(preload('tab')),
      build(preload('compositor')),
      build(ownPage('chrome', 'renderer')),
      build(ownPage('compositor', 'gpu')),
    ])
    buildFilterLists(output)
    rmSync(finished, { recursive: true, force: true })
    renameSync(output, finished)
  } finally {
    rmSync(output, { recursive: true, force: true })
  }
}

/**
 * Left as they are in node_modules: two of them hold code under the LGPL, which whoever has the program must be able to
 * replace (docs/adr/0012-audio.md), and one reads a file beside its own.
 */
const soundCodecs = [
  'mpg123-decoder',
  '@wasm-audio-decoders/flac',
  '@wasm-audio-decoders/ogg-vorbis',
  'opus-decoder',
  'opusscript',
]

/** The main process, the service processes and the command line: ES modules for Node. */
function nodeProcesses(): InlineConfig {
  return {
    ...common,
    ssr: { noExternal: true, external: ['electron', 'onnxruntime-node', ...soundCodecs] },
    build: {
      outDir: output,
      emptyOutDir: false,
      target: 'node24',
      ssr: true,
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: {
          main: inProject('src/main.ts'),
          'services/ai': inProject('ai-service/main.ts'),
          'services/storage': inProject('storage-service/main.ts'),
          'services/network': inProject('network-service/main.ts'),
          'services/audio': inProject('audio-service/main.ts'),
          'services/audio-codecs': inProject('audio-service/codecs/codec-thread.ts'),
          cli: inProject('cli/main.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'shared/[name]-[hash].js' },
      },
    },
  }
}

/** A sandboxed preload is one CommonJS file that requires nothing but `electron`. */
function preload(name: 'chrome' | 'tab' | 'compositor'): InlineConfig {
  return {
    ...common,
    build: {
      outDir: path.join(output, 'preload'),
      emptyOutDir: false,
      target: 'chrome140',
      // Every page reads that of tabs anew, before its first script; half as long, it takes half the time.
      minify: name === 'tab',
      sourcemap: false,
      lib: { entry: inProject('src/preload', `${name}.ts`), formats: ['cjs'], fileName: () => `${name}.cjs` },
      rolldownOptions: { external: ['electron'], output: { codeSplitting: false } },
    },
  }
}

/** A page of our own: plain files, by the configuration in its folder. */
function ownPage(name: 'chrome' | 'compositor', folder: 'renderer' | 'gpu'): InlineConfig {
  return {
    configFile: inProject(folder, 'vite.config.mts'),
    logLevel: 'warn',
    clearScreen: false,
    build: { outDir: path.join(output, name) },
  }
}

const common: InlineConfig = {
  configFile: false,
  root: projectRoot,
  logLevel: 'warn',
  clearScreen: false,
  publicDir: false,
}

function isFresh(): boolean {
  const [page, main] = [path.join(finished, 'chrome', 'index.html'), path.join(finished, 'main.js')]
  if (!existsSync(page) || !existsSync(main)) return false
  const builtAt = Math.min(statSync(page).mtimeMs, statSync(main).mtimeMs)
  return sources.every(folder => newestChangeIn(inProject(folder)) < builtAt)
}

function newestChangeIn(folder: string): number {
  let newest = 0
  if (!existsSync(folder)) return 0
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) newest = Math.max(newest, statSync(path.join(entry.parentPath, entry.name)).mtimeMs)
  }
  return newest
}
