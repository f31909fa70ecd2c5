import { parseArgs } from 'node:util'

export interface Options {
  readonly json: boolean
  /** A minute instead of six: shows that everything runs, not how fast. */
  readonly quick: boolean
  /** Cells whose name holds this text. */
  readonly only: string
  /** A cell of which our side is profiled instead of measured. */
  readonly profile: string | null
}

export function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      profile: { type: 'string' },
    },
  })
  return { ...values, profile: values.profile ?? null }
}
