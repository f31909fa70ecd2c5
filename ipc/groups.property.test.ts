import fc from 'fast-check'
import { expect, it } from 'vitest'
import { eventGroup, notificationGroup, responseGroup, withoutGroups } from './groups.ts'
import { kinds } from './message.ts'
import { type Outgoing, OutgoingPart, OutgoingText } from './outgoing.ts'
import { PacketWriter } from './packet-writer.ts'

const groups = [
  { group: responseGroup, whole: (value: unknown) => [kinds.response, 7, value, 1, 2] },
  { group: notificationGroup('"a.note"'), whole: (value: unknown) => [kinds.notification, 'a.note', value] },
  { group: notificationGroup('"b.note"'), whole: (value: unknown) => [kinds.notification, 'b.note', value] },
  { group: eventGroup('"a.event"'), whole: (value: unknown) => [kinds.event, 'a.event', value] },
]

const entry = fc.record({ which: fc.integer({ min: 0, max: groups.length }), value: fc.jsonValue() })

it('what is packed in groups comes out one by one, in its order, as it would have without', () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 40 }), entries => {
      const writer = new PacketWriter()
      const expected: unknown[] = []
      const messages = entries.map(({ which, value }): Outgoing => {
        const found = groups[which]
        const text = JSON.stringify(value)
        if (found === undefined) {
          expected.push([kinds.goodbye, JSON.parse(text)])
          return new OutgoingText(`[${kinds.goodbye},${text}]`)
        }
        expected.push(JSON.parse(JSON.stringify(found.whole(value))))
        const part = found.group === responseGroup ? `7,${text},1,2` : text
        return new OutgoingPart(found.group, part, 1, 'none')
      })
      messages.forEach((message, index) => {
        const isGrouped =
          message.group !== null &&
          (message.group === writer.group || message.group === messages[index + 1]?.group)
        const calls = { add: () => {} }
        if (isGrouped) writer.add(message.group, message.toPart(0, calls))
        else writer.add(null, message.toText(0, calls) ?? '')
      })
      expect(writer.count).toBe(entries.length)
      expect(withoutGroups(JSON.parse(writer.take()), 1_000)).toEqual(expected)
    }),
    { numRuns: 500 },
  )
})

it('takes nothing on trust: a group without values stays what it is, and one with too many is refused whole', () => {
  const broken = [[kinds.requests, 'a.b'], [kinds.responses, 7], [kinds.events, 'a.b', 'text'], 'x', null]
  expect(withoutGroups(broken, 100)).toEqual(broken)
  const flood = [[kinds.notifications, 'a.b', Array.from({ length: 101 }, () => 0)]]
  expect(withoutGroups(flood, 100)).toBeNull()
  expect(withoutGroups([[kinds.requests, 'a.b', [1, {}, 5, 2]]], 100)).toEqual([
    [kinds.request, 1, 'a.b', {}, 5],
    [kinds.request, 2, 'a.b', undefined, undefined],
  ])
})
