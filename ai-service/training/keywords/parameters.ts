import type { Static } from 'typebox'
import type { KeywordParameters } from '../../text/keywords/extractor.ts'

/**
 * Global settings, chosen by search on training parts of the key-phrase sets (Inspec, Nguyen2007, SemEval2017), then
 * drawn back towards single words for readers; nothing else was learnt from them.
 */
export const parameters: Static<typeof KeywordParameters> = {
  sizes: [-1.5, 1.5, 1.5, 0],
  count: 0.2,
  early: 2.1,
  cValue: 2.2,
  whole: 1.7,
  units: 1.3,
  title: 1,
  allowsParts: true,
  mostUses: 4,
}
