import { describe, expect, it } from 'vitest'
import { documentOf, quietPace } from '../../testing/texts.ts'
import { findEntities } from './entities.ts'

async function named(text: string, language = 'en'): Promise<string[]> {
  const entities = await findEntities(await documentOf([text], language), quietPace())
  return entities.map(({ kind, name }) => `${kind} ${name}`).sort()
}

/** Written for this: 14 texts, 33 names. Missed ones are listed too: they count against recall. */
const sample: readonly (readonly [text: string, language: string, names: readonly string[]])[] = [
  [
    'Maria Keller met Senator Hughes in Berlin on Monday.',
    'en',
    ['person Maria Keller', 'person Hughes', 'place Berlin'],
  ],
  [
    'The University of Leeds and Acme Systems Ltd signed a contract.',
    'en',
    ['organisation University of Leeds', 'organisation Acme Systems Ltd'],
  ],
  [
    'Yesterday Prime Minister Jonas Lind flew from Oslo to New York.',
    'en',
    ['person Jonas Lind', 'place Oslo', 'place New York'],
  ],
  ['Summer was hot in Spain, and Lake Garda was low.', 'en', ['place Spain', 'place Lake Garda']],
  [
    'NASA said on Friday that Dr. Ida Holm would lead the mission.',
    'en',
    ['organisation NASA', 'person Ida Holm'],
  ],
  [
    'Thousands marched through Nairobi. Police closed Uhuru Park.',
    'en',
    ['place Nairobi', 'place Uhuru Park'],
  ],
  [
    'Apple and Samsung compete; Tim Cook disagrees.',
    'en',
    ['organisation Apple', 'organisation Samsung', 'person Tim Cook'],
  ],
  [
    'Ursula von der Leyen spoke to the European Commission about Ukraine.',
    'en',
    ['person Ursula von der Leyen', 'organisation European Commission', 'place Ukraine'],
  ],
  ['I like to read. Then I sleep. Nothing else matters on Sundays in May.', 'en', []],
  [
    'Le président Emmanuel Dupont est arrivé en Allemagne avec la Société Générale.',
    'fr',
    ['person Emmanuel Dupont', 'place Allemagne', 'organisation Société Générale'],
  ],
  [
    'La Universidad de Salamanca recibió a Carlos Ruiz en Madrid.',
    'es',
    ['organisation Universidad de Salamanca', 'person Carlos Ruiz', 'place Madrid'],
  ],
  [
    'Die Katze liegt auf dem Sofa, sagt Hans Meier aus Frankreich.',
    'de',
    ['person Hans Meier', 'place Frankreich'],
  ],
  [
    'Xavi Quintana and Okonkwo Eze visited Timbuktu.',
    'en',
    ['person Xavi Quintana', 'person Okonkwo Eze', 'place Timbuktu'],
  ],
  ['Il ministro Marco Rossi vive a Roma.', 'it', ['person Marco Rossi', 'place Roma']],
]

describe('entities', () => {
  it('are right nine times of ten, and found three times of four, in the sample', async () => {
    let hits = 0
    let found = 0
    let wanted = 0
    for (const [text, language, names] of sample) {
      const given = await named(text, language)
      hits += given.filter(name => names.includes(name)).length
      found += given.length
      wanted += names.length
    }
    expect({
      precision: hits / found >= 0.9,
      recall: hits / wanted >= 0.75,
      hits,
      found,
      wanted,
    }).toMatchObject({
      precision: true,
      recall: true,
    })
  })

  it('count a surname for the one who bears it', async () => {
    const document = await documentOf(['Ida Holm came back. “It is late,” said Holm. We thanked Holm.'], 'en')
    expect(await findEntities(document, quietPace())).toEqual([
      { name: 'Ida Holm', kind: 'person', count: 3 },
    ])
  })

  it('are none in scripts without capitals, in headlines and in noise', async () => {
    expect(await named('东京是日本的首都。', 'zh')).toEqual([])
    expect(await named('Ten Great Reasons Why Maria Should Visit Every Town')).toEqual([])
    expect(await named('\u0000\ud800 \u202eMr Mr Mr of of of')).toEqual([])
  })
})
