import { describe, expect, it } from 'vitest'
import { readManifest } from '../models/manifest.ts'
import { languageName } from './language-name.ts'

describe('the name of a language', () => {
  it('is the one that the platform gives, for every language that the model knows', async () => {
    const platform = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' })
    const parameters = (await readManifest('assets/models')).find(
      ({ name }) => name === 'language',
    )?.parameters
    const labels: unknown = Reflect.get(Object(parameters), 'labels')
    expect(Array.isArray(labels)).toBe(true)
    for (const tag of Array.isArray(labels) ? labels.map(String) : []) {
      expect(languageName(tag)).toBe(platform.of(tag))
    }
  })

  it("is the platform's for other languages, and the tag where there is none", () => {
    expect(languageName('tlh')).toBe('Klingon')
    expect(languageName('qqx')).toBe('qqx')
  })
})
