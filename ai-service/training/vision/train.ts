/**
 * Draws pages of made-up sites, trains the picture model on them and writes it with its manifest entry.
 *
 *   node ai-service/training/vision/train.ts [--designs=<number>] [--out=<models folder>]
 *
 * Needs no data, but Chromium (`NEXUS_CHROMIUM`, else /usr/bin/chromium) and Python with PyTorch and onnx. Pictures are
 * kept in `.nexus/training/vision/` and drawn once.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { looksBytes } from '../../../contracts/looks.ts'
import { thumbnailHeight, thumbnailWidth } from '../../vision/thumbnail.ts'
import { shipModel } from '../manifest-entry.ts'
import { runPython } from '../run-python.ts'
import { drawPictures } from './pictures.ts'

const { values: options } = parseArgs({
  options: {
    designs: { type: 'string', default: '1500' },
    epochs: { type: 'string', default: '60' },
    out: { type: 'string', default: 'assets/models' },
  },
})
const work = '.nexus/training/vision'
await drawPictures(join(work, 'designs.bin'), Number(options.designs), 20_261_120)
const file = join(work, 'vision.onnx')
runPython(join(import.meta.dirname, 'fit.py'), [
  join(work, 'designs.bin'),
  file,
  `--designs=${options.designs}`,
  `--epochs=${options.epochs}`,
])
shipModel(
  options.out,
  {
    name: 'vision',
    file: 'vision.onnx',
    inputs: [{ name: 'pictures', type: 'float32', shape: ['pictures', 3, thumbnailHeight, thumbnailWidth] }],
    outputs: [{ name: 'looks', type: 'float32', shape: ['pictures', looksBytes] }],
    card: 'vision.md',
    parameters: {},
  },
  readFileSync(file),
)
