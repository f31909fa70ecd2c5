import { languageFeatures } from '../../language/features.ts'
import type { ModelScript } from '../../language/script-rule.ts'
import { type BagNetwork, bestTemperature } from '../bag-network.ts'
import type { LanguageData } from './samples.ts'

/** The best temperature on rows that were not trained on, whole and cut to 50 characters. */
export function calibrateTemperature(
  network: BagNetwork,
  groups: readonly LanguageData[],
  labels: readonly string[],
  allowedOf: (script: ModelScript) => Int32Array,
): number {
  return bestTemperature(
    groups.flatMap(({ label, script, sources }) => {
      const allowed = allowedOf(script)
      const place = allowed.indexOf(labels.indexOf(label))
      if (place === -1) return []
      return sources
        .flatMap(source => source.texts)
        .flatMap(text => [text, text.slice(0, 50)])
        .map(text => ({ place, logits: network.logits(languageFeatures(text, script), allowed).slice() }))
    }),
  )
}
