import { readFileSync } from 'node:fs'
import { type IntentLabel, intentLabels } from './examples.ts'

/** How people put it, written down before there was a model and never trained on: label and text of each line. */
export function readOwnWordings(): { readonly label: IntentLabel; readonly text: string }[] {
  const lines = readFileSync(new URL('own-wordings.tsv', import.meta.url), 'utf8').split('\n')
  return lines
    .filter(line => line !== '')
    .map(line => {
      const [name = '', text = ''] = line.split('\t')
      const label = intentLabels.find(known => known === name)
      if (label === undefined) throw new TypeError(`own-wordings.tsv: "${name}" is no label`)
      return { label, text }
    })
}
