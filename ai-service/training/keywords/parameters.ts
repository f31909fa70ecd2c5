import type { Static } from 'typebox'
import type { KeywordParameters } from '../../text/keywords/extractor.ts'

/** Global settings, chosen on the training part of the key-phrase sets; nothing else was learnt from them. */
export const parameters: Static<typeof KeywordParameters> = { sizes: [-0.5, 1, 1, 0], title: 1 }
