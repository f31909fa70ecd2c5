import { languageFeatures } from '../../language/features.ts'
import type { ModelScript } from '../../language/script-rule.ts'
import { type LanguageNetwork, softmax } from './network.ts'
import type { LanguageData } from './samples.ts'

/**
 * The temperature by which logits are divided so that a confidence of .8 is right 8 times in 10 (Guo et al. 2017):
 * the one with the least loss on rows that were not trained on, whole and cut to 50 characters.
 */
export function calibrateTemperature(
  network: LanguageNetwork,
  groups: readonly LanguageData[],
  labels: readonly string[],
  allowedOf: (script: ModelScript) => Int32Array,
): number {
  const cases = groups.flatMap(({ label, script, sources }) => {
    const allowed = allowedOf(script)
    const place = allowed.indexOf(labels.indexOf(label))
    if (place === -1) return []
    return sources
      .flatMap(source => source.texts)
      .flatMap(text => [text, text.slice(0, 50)])
      .map(text => ({ place, logits: network.logits(languageFeatures(text, script), allowed).slice() }))
  })
  const loss = (temperature: number): number =>
    cases.reduce((sum, { place, logits }) => {
      const probabilities = softmax(logits.map(logit => logit / temperature))
      return sum - Math.log(Math.max(probabilities[place] ?? 0, 1e-9))
    }, 0) / cases.length
  let best = 1
  for (let temperature = 0.5; temperature <= 4; temperature += 0.05) {
    if (loss(temperature) < loss(best)) best = temperature
  }
  const right = cases.filter(({ place, logits }) => logits.indexOf(Math.max(...logits)) === place).length
  console.log(
    `${cases.length} calibration texts: accuracy ${(right / cases.length).toFixed(4)}, temperature ${best.toFixed(2)}, ` +
      `loss ${loss(1).toFixed(4)} -> ${loss(best).toFixed(4)}`,
  )
  return best
}
