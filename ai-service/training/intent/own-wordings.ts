import { readFileSync } from 'node:fs'
import { type IntentLabel, intentLabels } from './examples.ts'

/**
 * How people put it, never trained on: label and text of each line. `own` was written down before there was a model,
 * `later` after the first one, to be harder.
 */
export function readOwnWordings(
  written: 'own' | 'later',
): { readonly label: IntentLabel; readonly text: string }[] {
  const name = `${written}-wordings.tsv`
  const lines = readFileSync(new URL(name, import.meta.url), 'utf8').split('\n')
  return lines
    .filter(line => line !== '')
    .map(line => {
      const [labelName = '', text = ''] = line.split('\t')
      const label = intentLabels.find(known => known === labelName)
      if (label === undefined) throw new TypeError(`${name}: "${labelName}" is no label`)
      return { label, text }
    })
}
