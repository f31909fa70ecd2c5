import { describe, expect, it } from 'vitest'
import { OutgoingCopies } from './framing-copies.ts'

describe('copies of large buffers on their way out', () => {
  it('are used again when they have left, and not before', () => {
    const copies = new OutgoingCopies()
    const first = copies.copy(new Uint8Array(100_000).fill(1))
    const firstLeft = copies.settle()
    const second = copies.copy(new Uint8Array(90_000).fill(2))
    const secondLeft = copies.settle()
    expect([first[0], second[0], first.buffer === second.buffer]).toEqual([1, 2, false])
    firstLeft?.()
    const third = copies.copy(new Uint8Array(80_000).fill(3))
    expect([third.length, third.every(byte => byte === 3)]).toEqual([80_000, true])
    expect([third.buffer === first.buffer, second[0]]).toEqual([true, 2])
    secondLeft?.()
  })

  it('are not taken for what is far smaller, nor kept without end', () => {
    const copies = new OutgoingCopies()
    const large = copies.copy(new Uint8Array(3_000_000))
    const other = copies.copy(new Uint8Array(3_000_000))
    copies.settle()?.()
    expect(copies.copy(new Uint8Array(100_000)).buffer).not.toBe(large.buffer)
    expect(copies.copy(new Uint8Array(3_000_000)).buffer).toBe(large.buffer)
    expect(copies.copy(new Uint8Array(3_000_000)).buffer).not.toBe(other.buffer)
  })

  it('of small buffers are left to Node', () => {
    const copies = new OutgoingCopies()
    const given = new Uint8Array([1])
    const copy = copies.copy(given)
    given[0] = 2
    expect([copy[0], copies.settle()]).toEqual([1, null])
  })
})
