import { describe, expect, it } from 'vitest'
import { entriesOf, RecordedSession } from '../testing/recorded-session.ts'

describe('a reader of recordings', () => {
  it('names lines that are none by their number, and reads the others', () => {
    const session = new RecordedSession()
    session.request(1, 'library.count', { shelf: 'a' })
    const [header = '', request = ''] = session.lines
    const lines = [
      header,
      '{"kind":"message"',
      '',
      '[]',
      '{"kind":"message","id":7}',
      header,
      request,
      'null',
      '{"kind":"x"}',
    ]
    expect(
      entriesOf(lines).map(entry => [entry.line, entry.kind === 'bad' ? entry.reason : entry.kind]),
    ).toEqual([
      [1, 'header'],
      [2, 'not JSON; the file may have been cut off here'],
      [4, 'an unknown kind of line'],
      [5, expect.stringMatching(/^message/)],
      [6, 'a second beginning'],
      [7, 'message'],
      [8, 'an unknown kind of line'],
      [9, 'an unknown kind of line'],
    ])
  })

  it('stands what is nested without end', () => {
    const session = new RecordedSession()
    session.request(1, 'library.count', { shelf: 'DEEP' })
    const [header = '', request = ''] = session.lines
    const deep = request.replace('"DEEP"', `${'['.repeat(50_000)}${']'.repeat(50_000)}`)
    expect(entriesOf([header, deep])).toHaveLength(2)
  })

  it('takes no other file for a recording', () => {
    expect(entriesOf(['{"name":"nexus"}'])).toMatchObject([{ kind: 'bad', line: 1 }])
    const future = new RecordedSession().text.replace('"version":1', '"version":2')
    expect(entriesOf([future])).toMatchObject([{ kind: 'bad', line: 1 }])
  })
})
