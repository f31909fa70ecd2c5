import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { addressFeatures } from '../../phishing/features.ts'

export interface LabelledAddress {
  readonly address: string
  readonly label: 0 | 1
  /** Where it is from, for measuring each source apart. */
  readonly source: string
}

/**
 * Writes the features of addresses as raw arrays: `<base>.numbers` float32, `.host` and `.path` uint16 rows with their
 * `.hostEnds` and `.pathEnds` int32, `.labels` uint8 and `.sources`, one a line.
 */
export function writeFeatures(base: string, rows: readonly LabelledAddress[]): void {
  const files = {
    numbers: openSync(`${base}.numbers`, 'w'),
    host: openSync(`${base}.host`, 'w'),
    path: openSync(`${base}.path`, 'w'),
  }
  const hostEnds = new Int32Array(rows.length)
  const pathEnds = new Int32Array(rows.length)
  let hostEnd = 0
  let pathEnd = 0
  rows.forEach(({ address }, index) => {
    const { numbers, hostBuckets, pathBuckets } = addressFeatures(address)
    writeSync(files.numbers, new Uint8Array(numbers.buffer))
    writeSync(files.host, new Uint8Array(Uint16Array.from(hostBuckets).buffer))
    writeSync(files.path, new Uint8Array(Uint16Array.from(pathBuckets).buffer))
    hostEnd += hostBuckets.length
    pathEnd += pathBuckets.length
    hostEnds[index] = hostEnd
    pathEnds[index] = pathEnd
    if (index % 50_000 === 49_999) console.log(`${index + 1} of ${rows.length} addresses`)
  })
  for (const file of Object.values(files)) closeSync(file)
  writeFileSync(`${base}.hostEnds`, new Uint8Array(hostEnds.buffer))
  writeFileSync(`${base}.pathEnds`, new Uint8Array(pathEnds.buffer))
  writeFileSync(
    `${base}.labels`,
    Uint8Array.from(rows, row => row.label),
  )
  writeFileSync(`${base}.sources`, rows.map(row => row.source).join('\n'))
}
