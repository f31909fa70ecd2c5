import type { InferenceSession } from 'onnxruntime-node'
import { ModelUnavailableError } from './errors.ts'
import { type ModelEntry, type TensorShape, wayOut } from './manifest.ts'

export type Runtime = typeof import('onnxruntime-node')

/**
 * Makes a session of a model's bytes, compares what goes in and comes out with the manifest, and runs it once on zeros,
 * so that the first answer does not pay for it. Throws ModelUnavailableError.
 */
export async function openSession(
  runtime: Runtime,
  entry: ModelEntry,
  bytes: Uint8Array,
): Promise<InferenceSession> {
  const session = await runtime.InferenceSession.create(bytes, {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    // Memory of past runs is not kept: the process holds several models, and pages differ in length.
    enableCpuMemArena: false,
  })
  try {
    checkValues(entry.name, 'takes', entry.inputs, session.inputMetadata)
    checkValues(entry.name, 'gives', entry.outputs, session.outputMetadata)
    await session.run(zeros(runtime, entry))
    return session
  } catch (error) {
    await session.release()
    throw error
  }
}

function checkValues(
  model: string,
  verb: 'takes' | 'gives',
  declared: readonly TensorShape[],
  found: readonly InferenceSession.ValueMetadata[],
): void {
  const fits =
    declared.length === found.length && declared.every((shape, index) => fitsShape(shape, found[index]))
  if (fits) return
  const list = (values: readonly { readonly name: string }[]): string =>
    values.map(value => JSON.stringify(value)).join()
  throw new ModelUnavailableError(
    'MODEL_DAMAGED',
    `The ${model} model ${verb} ${list(found)}, the manifest says ${list(declared)}. ${wayOut}`,
  )
}

/** Sizes that vary have names, and those are for people. */
function fitsShape(declared: TensorShape, found: InferenceSession.ValueMetadata | undefined): boolean {
  return (
    found?.isTensor === true &&
    found.name === declared.name &&
    found.type === declared.type &&
    found.shape.length === declared.shape.length &&
    declared.shape.every((size, axis) => typeof size === 'string' || size === found.shape[axis])
  )
}

function zeros(runtime: Runtime, entry: ModelEntry): InferenceSession.FeedsType {
  return Object.fromEntries(
    entry.inputs.map(({ name, type, shape }) => {
      const sizes = shape.map(size => (typeof size === 'number' ? size : 1))
      const count = sizes.reduce((product, size) => product * size, 1)
      return [name, new runtime.Tensor(type, emptyData(type, count), sizes)]
    }),
  )
}

function emptyData(type: TensorShape['type'], count: number) {
  switch (type) {
    case 'int8':
      return new Int8Array(count)
    case 'uint8':
      return new Uint8Array(count)
    case 'int32':
      return new Int32Array(count)
    case 'int64':
      return new BigInt64Array(count)
    case 'float32':
      return new Float32Array(count)
  }
}
