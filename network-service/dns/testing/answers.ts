/** Answers of the domain name system, made by hand for tests. */
type Answered =
  | { readonly type: 'A' | 'AAAA'; readonly ttl: number; readonly address: readonly number[] }
  | { readonly type: 'CNAME'; readonly ttl: number; readonly name: string }

const types = { A: 1, CNAME: 5, AAAA: 28 } as const

export function encodeAnswer(
  name: string,
  records: readonly Answered[],
  others: {
    readonly code?: number
    readonly flags?: number
    readonly soa?: { readonly ttl: number; readonly minimum: number }
  } = {},
): Buffer {
  const { code = 0, flags = 0x8180, soa } = others
  const header = Buffer.alloc(12)
  header.writeUInt16BE(flags | code, 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(records.length, 6)
  header.writeUInt16BE(soa === undefined ? 0 : 1, 8)
  const minimum = Buffer.alloc(20)
  minimum.writeUInt32BE(soa?.minimum ?? 0, 16)
  return Buffer.concat([
    header,
    nameBytes(name),
    Buffer.from([0, 1, 0, 1]),
    ...records.map(one =>
      record(types[one.type], one.ttl, one.type === 'CNAME' ? nameBytes(one.name) : Buffer.from(one.address)),
    ),
    ...(soa === undefined
      ? []
      : [record(6, soa.ttl, Buffer.concat([nameBytes('ns.test'), nameBytes('who.test'), minimum]))]),
  ])
}

/** The record of the name in the question: a pointer to it, as servers write it. */
function record(type: number, ttl: number, data: Buffer): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt16BE(0xc00c, 0)
  head.writeUInt16BE(type, 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt32BE(ttl, 6)
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}

function nameBytes(name: string): Buffer {
  const labels = name.split('.').flatMap(label => [Buffer.from([label.length]), Buffer.from(label)])
  return Buffer.concat([...labels, Buffer.from([0])])
}
