/**
 * Trains the model that finds the main content of a page, and writes its weights for the tab's preload.
 *
 *   node ai-service/training/content/train.ts [folder] [--pages=<number>] [--seed=<number>] [--out=<file>]
 *
 * The folder (default .nexus/training/content/packages) holds the Debian packages of `documentation-pages.ts`,
 * unpacked, each under its name (`apt-get download`, `dpkg-deb -x`). The other pages are made up here. Rows are kept
 * in .nexus/training/content and made anew when the features or the pages have changed: delete `rows` then.
 */
import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { runPython } from '../run-python.ts'
import { documentationPages } from './documentation-pages.ts'
import { type LabelledPage, readRowsOfPages } from './page-rows.ts'
import { syntheticPage } from './synthetic-pages.ts'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pages: { type: 'string', default: '2500' },
    seed: { type: 'string', default: '20261120' },
    out: { type: 'string', default: 'src/preload/content/weights.json' },
  },
})
const folder = '.nexus/training/content'
const packages = positionals[0] ?? path.join(folder, 'packages')
const rowsFolder = path.join(folder, 'rows')

if (!existsSync(rowsFolder)) {
  const unfinished = `${rowsFolder}-${process.pid}`
  mkdirSync(unfinished, { recursive: true })
  await writeAllRows(unfinished)
  renameSync(unfinished, rowsFolder)
}
runPython(path.join(import.meta.dirname, 'fit.py'), [rowsFolder, options.out, '--seed', options.seed])

async function writeAllRows(target: string): Promise<void> {
  const files = ['values', 'labels', 'weights', 'pages'].map(name => openSync(path.join(target, name), 'w'))
  const [values = 0, labels = 0, weights = 0, sizes = 0] = files
  let pages = 0
  let rows = 0
  let width = 0
  for await (const page of readRowsOfPages(allPages())) {
    writeSync(values, page.values)
    writeSync(labels, page.labels)
    writeSync(weights, page.weights)
    writeSync(sizes, Int32Array.of(page.labels.length))
    width = page.width
    rows += page.labels.length
    pages++
    if (pages % 100 === 0) console.log(`${pages} pages, ${rows} blocks`)
  }
  for (const file of files) closeSync(file)
  writeFileSync(path.join(target, 'shape.json'), JSON.stringify({ pages, rows, width }))
}

function* allPages(): Generator<LabelledPage> {
  yield* documentationPages(packages, 40)
  const seed = Number(options.seed)
  for (let index = 0; index < Number(options.pages); index++) {
    yield { html: syntheticPage(seed + index), main: '', notMain: '' }
  }
}
