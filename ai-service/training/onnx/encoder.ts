/**
 * Writes ONNX files: just enough of the protocol buffer wire format and of `onnx.proto` (ONNX 1.17, IR version 8) for
 * small models. Field numbers stand beside each field as in that file.
 */

/** Element types of `TensorProto.DataType` that are written here. */
export const elementTypes = { float: 1, uint8: 2, int8: 3, int32: 6, int64: 7 } as const
export type ElementType = keyof typeof elementTypes

/** One dimension: a fixed size, or the name of a size that is known at run time. */
export type Dimension = number | string

export interface TensorData {
  readonly name: string
  readonly type: ElementType
  readonly dimensions: readonly number[]
  /** Little-endian elements, row by row. */
  readonly data: Int8Array | Uint8Array | Float32Array | Int32Array | BigInt64Array
}

export interface ValueShape {
  readonly name: string
  readonly type: ElementType
  readonly dimensions: readonly Dimension[]
}

export interface GraphNode {
  readonly operator: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  /** Whole numbers only: no operator in use needs more. */
  readonly attributes?: Readonly<Record<string, number>>
}

export interface ModelParts {
  readonly name: string
  readonly documentation: string
  readonly opset: number
  readonly nodes: readonly GraphNode[]
  readonly initializers: readonly TensorData[]
  readonly inputs: readonly ValueShape[]
  readonly outputs: readonly ValueShape[]
  readonly metadata: Readonly<Record<string, string>>
}

/** The bytes of a `ModelProto`. */
export function encodeModel(parts: ModelParts): Uint8Array {
  const graph = message([
    ...parts.nodes.map(node => bytesField(1, encodeNode(node))), // GraphProto.node = 1
    textField(2, parts.name), // GraphProto.name = 2
    ...parts.initializers.map(tensor => bytesField(5, encodeTensor(tensor))), // GraphProto.initializer = 5
    ...parts.inputs.map(value => bytesField(11, encodeValue(value))), // GraphProto.input = 11
    ...parts.outputs.map(value => bytesField(12, encodeValue(value))), // GraphProto.output = 12
  ])
  return message([
    numberField(1, 8), // ModelProto.ir_version = 1
    textField(2, 'nexus'), // ModelProto.producer_name = 2
    numberField(5, 1), // ModelProto.model_version = 5
    textField(6, parts.documentation), // ModelProto.doc_string = 6
    bytesField(7, graph), // ModelProto.graph = 7
    bytesField(8, message([textField(1, ''), numberField(2, parts.opset)])), // ModelProto.opset_import = 8 (domain 1, version 2)
    ...Object.entries(parts.metadata).map(
      ([key, value]) => bytesField(14, message([textField(1, key), textField(2, value)])), // ModelProto.metadata_props = 14
    ),
  ])
}

function encodeNode(node: GraphNode): Uint8Array {
  return message([
    ...node.inputs.map(name => textField(1, name)), // NodeProto.input = 1
    ...node.outputs.map(name => textField(2, name)), // NodeProto.output = 2
    textField(3, node.outputs[0] ?? ''), // NodeProto.name = 3
    textField(4, node.operator), // NodeProto.op_type = 4
    ...Object.entries(node.attributes ?? {}).map(
      ([name, value]) =>
        bytesField(5, message([textField(1, name), numberField(3, value), numberField(20, 2)])), // NodeProto.attribute = 5: name 1, i 3, type 20 (INT = 2)
    ),
  ])
}

function encodeTensor(tensor: TensorData): Uint8Array {
  const size = tensor.dimensions.reduce((product, dimension) => product * dimension, 1)
  if (size !== tensor.data.length) {
    throw new RangeError(`Tensor ${tensor.name} has ${tensor.data.length} elements, its shape says ${size}`)
  }
  const raw = new Uint8Array(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength)
  return message([
    ...tensor.dimensions.map(dimension => numberField(1, dimension)), // TensorProto.dims = 1
    numberField(2, elementTypes[tensor.type]), // TensorProto.data_type = 2
    textField(8, tensor.name), // TensorProto.name = 8
    bytesField(9, raw), // TensorProto.raw_data = 9
  ])
}

function encodeValue(value: ValueShape): Uint8Array {
  const shape = message(
    value.dimensions.map(dimension =>
      // TensorShapeProto.dim = 1: dim_value 1, dim_param 2
      bytesField(
        1,
        message([typeof dimension === 'number' ? numberField(1, dimension) : textField(2, dimension)]),
      ),
    ),
  )
  const tensorType = message([numberField(1, elementTypes[value.type]), bytesField(2, shape)]) // TypeProto.Tensor: elem_type 1, shape 2
  return message([
    textField(1, value.name), // ValueInfoProto.name = 1
    bytesField(2, message([bytesField(1, tensorType)])), // ValueInfoProto.type = 2: tensor_type 1
  ])
}

/** Unsigned numbers below 2^53 as base-128 varints. */
function varint(value: number): Uint8Array {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no whole number`)
  const bytes: number[] = []
  // Negative numbers are sign-extended to 64 bits, as protocol buffers ask for.
  let rest = BigInt.asUintN(64, BigInt(value))
  do {
    const low = Number(rest & 0x7fn)
    rest >>= 7n
    bytes.push(rest === 0n ? low : low | 0x80)
  } while (rest !== 0n)
  return Uint8Array.from(bytes)
}

function numberField(field: number, value: number): Uint8Array {
  return message([varint(field * 8), varint(value)])
}

function bytesField(field: number, bytes: Uint8Array): Uint8Array {
  return message([varint(field * 8 + 2), varint(bytes.length), bytes])
}

function textField(field: number, text: string): Uint8Array {
  return bytesField(field, new TextEncoder().encode(text))
}

function message(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}
