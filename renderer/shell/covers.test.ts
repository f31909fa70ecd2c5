import { expect, test } from 'vitest'
import { coverOfAddress } from './covers.tsx'

test.each([
  ['nexus://downloads', 'downloads'],
  [' NEXUS://History/ ', 'history'],
  ['nexus://gpu', 'graphics'],
  ['nexus://crashes', 'crashes'],
])('%s opens %s', (input, kind) => expect(coverOfAddress(input)).toBe(kind))

test.each(['nexus://chrome/index.html', 'nexus://nothing', 'downloads', 'https://downloads'])(
  '%s opens no page of ours',
  input => expect(coverOfAddress(input)).toBeNull(),
)
