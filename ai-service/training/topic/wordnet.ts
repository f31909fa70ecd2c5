import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Topic } from './lexicon.ts'
import type { TopicRow } from './rows.ts'

/**
 * Words with their definitions, by topic, out of WordNet 3.0 (WordNet licence, free for any use; Debian package
 * wordnet-base). `folder` holds data.noun, data.verb, data.adj, data.adv and index.noun. Two things tell the topic:
 * WordNet's own pointer to a topic ("innings" to "cricket"), and what a thing is a kind of ("lasagne" is a dish).
 */
export function readWordNet(folder: string): TopicRow[] {
  const senses = readSenses(join(folder, 'index.noun'))
  const nouns = readSynsets(join(folder, 'data.noun'))
  const topicOfSynset = new Map<string, Topic>()
  for (const [topic, names] of Object.entries(roots) as [Topic, string][]) {
    for (const name of names.split(' ')) {
      const root = senses.get(name)
      if (root === undefined) throw new Error(`WordNet knows no ${name}`)
      for (const found of below(root, nouns)) topicOfSynset.set(found, topic)
    }
  }
  const domainOf = new Map<string, Topic>()
  for (const [topic, names] of Object.entries(domains) as [Topic, string][]) {
    for (const name of names.split(' ')) {
      const root = senses.get(name)
      if (root !== undefined) domainOf.set(root, topic)
    }
  }
  const rows: TopicRow[] = []
  for (const part of ['noun', 'verb', 'adj', 'adv']) {
    for (const synset of part === 'noun'
      ? nouns.values()
      : readSynsets(join(folder, `data.${part}`)).values()) {
      const topic =
        synset.domains.map(domain => domainOf.get(domain)).find(found => found !== undefined) ??
        (part === 'noun' ? topicOfSynset.get(synset.offset) : undefined)
      if (topic === undefined) continue
      rows.push({ title: synset.words.join(', '), text: synset.gloss, topic, src: 'wordnet' })
    }
  }
  return rows
}

/** Kinds of things, as word#sense. */
const roots: Partial<Record<Topic, string>> = {
  arts: 'painting#1 sculpture#2 musical_instrument#1 dance#3 artist#1 poem#1 photography#1 theater#2 drawing#2',
  autos: 'motor_vehicle#1 internal-combustion_engine#1 car#1 motorcycle#1',
  business: 'businessperson#1 financial_institution#1 currency#1 payment#1 commerce#1 security#4 tax#1',
  education: 'school#1 educator#1 student#1 academic_degree#1 educational_institution#1 teaching#1',
  entertainment: 'movie#1 performer#1 broadcast#2 popular_music#1',
  family: 'relative#1 marriage#1 child#1 parent#1',
  food: 'dish#2 beverage#1 foodstuff#2 baked_goods#1 cooking#1 restaurant#1 nutriment#1 produce#1 seafood#1',
  games: 'card_game#1 board_game#1 computer_game#1 gambling#1 chessman#1 parlor_game#1',
  health:
    'disease#1 symptom#1 medicine#2 medical_procedure#1 health_professional#1 injury#1 mental_disorder#1',
  law_crime: 'crime#1 criminal#1 lawyer#1 legal_document#1 court#1 lawman#1 penalty#1',
  politics:
    'politician#2 election#1 legislature#1 political_unit#1 political_party#1 political_orientation#1',
  religion: 'religion#1 clergyman#1 deity#1 religious_ceremony#1 sacred_text#1 place_of_worship#1 prayer#1',
  science:
    'natural_science#1 chemical_element#1 subatomic_particle#1 celestial_body#1 scientist#1 spermatophyte#1',
  shopping: 'furniture#1 home_appliance#1 mercantile_establishment#1',
  social: 'chat_room#1',
  sports: 'sport#1 athlete#1 sports_equipment#1 contest#1',
  style: 'garment#1 jewelry#1 cosmetic#1 fabric#1 footwear#1 hairdo#1 fashion#3',
  technology:
    'computer#1 software#1 computer_peripheral#1 electronic_device#1 telecommunication#1 programmer#1',
  travel: 'journey#1 hotel#1 traveler#1 resort#1',
  environment: 'pollution#1 storm#1 rain#1 wind#1',
  world: 'armed_forces#1 war#1 warplane#1 diplomat#1',
}

/** Topics that WordNet itself points to. */
const domains: Partial<Record<Topic, string>> = {
  arts: 'music#1 painting#1 art#1 dance#2 theater#1 photography#1 poetry#1 literature#1 architecture#1 ballet#2',
  business: 'commerce#1 finance#1 stock_exchange#1 accounting#1 economics#1 banking#2 business#1 industry#1',
  education: 'education#1 school#1 university#1',
  entertainment: 'film#1 movie#1 television#1 broadcasting#1 jazz#1',
  food: 'cooking#1 cuisine#1',
  games: 'game#1 card_game#1 chess#2 poker#1 bridge#4 board_game#1 gambling#1 checkers#1 cards#1',
  health:
    'medicine#1 pathology#1 psychiatry#1 anatomy#1 dentistry#1 surgery#1 pharmacology#1 disease#1 obstetrics#1',
  law_crime: 'law#1 criminal_law#1 crime#1 law#2',
  politics: 'politics#1 government#1 political_science#1',
  religion:
    'religion#1 church#1 roman_catholic#1 christianity#1 judaism#1 islam#1 hinduism#1 buddhism#1 bible#1',
  science:
    'biology#1 botany#2 zoology#1 physics#1 chemistry#1 astronomy#1 mathematics#1 geology#1 statistics#1 genetics#1 biochemistry#1 physiology#1 geometry#1 logic#1',
  sports:
    'sport#1 baseball#1 football#1 tennis#1 basketball#1 golf#1 cricket#2 boxing#1 soccer#1 hockey#2 athletics#1 skiing#1 wrestling#1 rugby#1',
  style: 'fashion#3 clothing#1',
  technology: 'computer_science#1 computer#1 telecommunication#1 electronics#1 internet#1 computing#1',
  world: 'military#1 war#1 diplomacy#1 armed_forces#1',
}

interface Synset {
  readonly offset: string
  readonly words: readonly string[]
  readonly gloss: string
  readonly kinds: readonly string[]
  readonly domains: readonly string[]
}

/** Format: wndb(5WN). */
function readSynsets(path: string): Map<string, Synset> {
  const synsets = new Map<string, Synset>()
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (!/^\d{8} /.test(line)) continue
    const [head = '', gloss = ''] = line.split(' | ')
    const fields = head.split(' ')
    const count = Number.parseInt(fields[3] ?? '0', 16)
    const words = Array.from({ length: count }, (_, index) =>
      (fields[4 + index * 2] ?? '').replaceAll('_', ' '),
    )
    const kinds: string[] = []
    const pointed: string[] = []
    for (const match of head.matchAll(/ (~i?|;c) (\d{8}) n/g)) {
      ;(match[1] === ';c' ? pointed : kinds).push(match[2] ?? '')
    }
    const offset = fields[0] ?? ''
    synsets.set(offset, { offset, words, gloss: gloss.trim(), kinds, domains: pointed })
  }
  return synsets
}

/** Offsets by word#sense. */
function readSenses(path: string): Map<string, string> {
  const senses = new Map<string, string>()
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line.startsWith(' ')) continue
    const word = line.split(' ', 1)[0] ?? ''
    const offsets = line.match(/\b\d{8}\b/g) ?? []
    for (const [index, offset] of offsets.entries()) senses.set(`${word}#${index + 1}`, offset)
  }
  return senses
}

function below(root: string, synsets: ReadonlyMap<string, Synset>): Set<string> {
  const found = new Set([root])
  for (const offset of found) for (const kind of synsets.get(offset)?.kinds ?? []) found.add(kind)
  return found
}
