import v8 from 'node:v8'
import { notCloneable } from './codec.ts'

/**
 * Structured clone as bytes, between two Node processes. Views (typed arrays, DataView, Buffer) are written with
 * the bytes they show and no more: a small Buffer lies in a pool that holds other people's data too.
 */
export function serialize(value: unknown): Uint8Array {
  const serializer = new CloneSerializer()
  serializer.writeHeader()
  try {
    serializer.writeValue(value)
  } catch {
    throw notCloneable()
  }
  return serializer.releaseBuffer()
}

/** The value of `serialize`'s bytes. */
export function deserialize(bytes: Uint8Array): unknown {
  const deserializer = new CloneDeserializer(bytes)
  deserializer.readHeader()
  return deserializer.readValue()
}

/** A deep copy that shares nothing with the original; throws `An object could not be cloned.` */
export function clone(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'undefined':
    case 'bigint':
      return value
    default:
      return value === null ? null : deserialize(serialize(value))
  }
}

const viewConstructors = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
] as const

interface ViewClass {
  new (buffer: ArrayBuffer, byteOffset: number, length: number): ArrayBufferView
  /** Missing on DataView. */
  readonly BYTES_PER_ELEMENT?: number
}

class CloneSerializer extends v8.Serializer {
  constructor() {
    super()
    this._setTreatArrayBufferViewsAsHostObjects(true)
  }

  /** Called by V8 for what is no plain JavaScript: views, by our wish, and native objects. */
  _writeHostObject(value: unknown): void {
    if (!ArrayBuffer.isView(value)) throw notCloneable()
    const kind = viewConstructors.findIndex(View => value instanceof View)
    if (kind === -1 || !(value.buffer instanceof ArrayBuffer)) throw notCloneable()
    this.writeUint32(kind)
    this.writeUint32(value.byteLength)
    this.writeRawBytes(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
  }

  _getDataCloneError = Error

  _getSharedArrayBufferId(): never {
    throw notCloneable()
  }

  declare _setTreatArrayBufferViewsAsHostObjects: (isWanted: boolean) => void
}

class CloneDeserializer extends v8.Deserializer {
  _readHostObject(): ArrayBufferView {
    const View = viewConstructors[this.readUint32()] as ViewClass | undefined
    const byteLength = this.readUint32()
    if (!View) throw new TypeError('not a structured clone')
    const bytes = new Uint8Array(byteLength)
    bytes.set(this.readRawBytes(byteLength))
    if (View === Uint8Array) return bytes
    return new View(bytes.buffer, 0, byteLength / (View.BYTES_PER_ELEMENT ?? 1))
  }
}
