import { expect, it } from 'vitest'
import { readHostMappings } from './host-mappings.ts'

it('names are mapped as in a hosts file, and what is not understood is left out', () => {
  expect(
    readHostMappings(
      '127.0.0.1 a.test *.B.test ; ::1 six.test # why\nnonsense a.test\n10.0.0.1 bad/name ok.test;;',
    ),
  ).toEqual([
    { name: 'a.test', addresses: ['127.0.0.1'] },
    { name: '*.b.test', addresses: ['127.0.0.1'] },
    { name: 'six.test', addresses: ['::1'] },
    { name: 'ok.test', addresses: ['10.0.0.1'] },
  ])
  expect(readHostMappings('')).toEqual([])
})
