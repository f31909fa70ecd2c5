import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Type, { type Static } from 'typebox'
import Value from 'typebox/value'
import { ModelUnavailableError } from './errors.ts'

/** One input or output of a model. */
const TensorShape = Type.Object({
  name: Type.String({ minLength: 1 }),
  type: Type.Union([
    Type.Literal('int8'),
    Type.Literal('uint8'),
    Type.Literal('int32'),
    Type.Literal('int64'),
    Type.Literal('float32'),
  ]),
  /** Fixed sizes, or names of sizes that vary. */
  shape: Type.Array(Type.Union([Type.Integer({ minimum: 1 }), Type.String({ minLength: 1 })])),
})

export type TensorShape = Static<typeof TensorShape>

/** One model: its file beside the manifest, what must be in it, what goes in and comes out. */
export const ModelEntry = Type.Object({
  name: Type.String({ pattern: '^[a-z][a-z-]*$' }),
  /** A bare file name: models come from the models folder and from nowhere else. */
  file: Type.String({ pattern: '^[a-z][a-z0-9-]*\\.onnx$' }),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  bytes: Type.Integer({ minimum: 1 }),
  inputs: Type.Array(TensorShape),
  outputs: Type.Array(TensorShape),
  /** File name of the model card. */
  card: Type.String({ pattern: '^[a-z][a-z0-9-]*\\.md$' }),
  /** What the code around the model needs to know; its own module checks the shape. */
  parameters: Type.Unknown(),
})
export type ModelEntry = Static<typeof ModelEntry>

/** `manifest.json`. */
export const Manifest = Type.Object({ version: Type.Literal(1), models: Type.Array(ModelEntry) })

/**
 * Reads `<folder>/manifest.json`. Throws ModelUnavailableError with code MANIFEST_MISSING or MANIFEST_DAMAGED.
 */
export async function readManifest(folder: string): Promise<readonly ModelEntry[]> {
  const path = join(folder, 'manifest.json')
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    throw new ModelUnavailableError(
      'MANIFEST_MISSING',
      `The list of models cannot be read: ${path}. ${wayOut}`,
      {
        cause,
      },
    )
  }
  try {
    return Value.Parse(Manifest, JSON.parse(text)).models
  } catch (cause) {
    throw new ModelUnavailableError('MANIFEST_DAMAGED', `The list of models is damaged: ${path}. ${wayOut}`, {
      cause,
    })
  }
}

/** What a person can do about a model that does not load. */
export const wayOut = 'Install Nexus again, or restore the models folder from its release.'
