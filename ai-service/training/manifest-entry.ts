import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Value from 'typebox/value'
import { Manifest, type ModelEntry } from '../models/manifest.ts'

/** What the trainer of one model knows of it; size and checksum are read off its file. */
export type TrainedModel = Omit<ModelEntry, 'bytes' | 'sha256'>

/**
 * Writes a trained model beside the others and lists it in `<folder>/manifest.json`, in the place of an earlier one of
 * that name. Other entries stay as they are.
 */
export function shipModel(folder: string, model: TrainedModel, bytes: Uint8Array): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, model.file), bytes)
  const path = join(folder, 'manifest.json')
  const listed = existsSync(path) ? Value.Parse(Manifest, JSON.parse(readFileSync(path, 'utf8'))).models : []
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const { name, file, ...rest } = model
  const entry: ModelEntry = { name, file, sha256, bytes: bytes.length, ...rest }
  const models = [...listed.filter(other => other.name !== name), entry]
  models.sort((left, right) => (left.name < right.name ? -1 : 1))
  // Renamed into place: whoever reads the list meanwhile reads a whole one.
  writeFileSync(`${path}.new`, `${JSON.stringify({ version: 1, models }, null, 2)}\n`)
  renameSync(`${path}.new`, path)
  console.log(`${file}: ${bytes.length} bytes, sha256 ${sha256}`)
}
