import type { CommandAction } from '../../../../contracts/intent.ts'
import { commandActions } from '../../../../contracts/intent.ts'
import type { Random } from '../../../random.ts'
import { browserWays } from './browser.ts'
import { colloquialWays } from './colloquial.ts'
import { pageWays } from './page.ts'
import { expandWay, pick, type Topics } from './slots.ts'
import { tabWays } from './tabs.ts'
import type { Ways } from './ways.ts'

const plainWays: Ways = { ...tabWays, ...pageWays, ...browserWays }
const picturedWays: Ways = colloquialWays

function waysOf(action: CommandAction): readonly string[] {
  return [...(plainWays[action] ?? []), ...(picturedWays[action] ?? [])]
}

/** Said before a request, by the share of requests that it stands before. */
const before = [
  'please ', 'please ', 'pls ', 'plz ', 'can you ', 'can you ', 'can you please ', 'could you ', 'could you please ', 'can u ', 'would you ', 'would you please ', 'will you ', 'i want to ', 'i want you to ', 'i would like to ', 'i\'d like to ', 'i\'d like you to ', 'i need to ', 'i need you to ', 'i wanna ', 'let us ', 'lets ', 'let\'s ', 'let me ', 'hey ', 'hi ', 'ok ', 'okay ', 'ok now ', 'now ', 'just ', 'nexus ', 'nexus, ', 'hey nexus ', 'hey browser ', 'browser ', 'go ahead and ', 'quickly ', 'kindly ', 'help me ', 'can we ', 'could we ', 'can i ', 'may i ', 'try to ', 'you should ', 'yo ', 'so ', 'and ', 'then ', 'alright ', 'computer ', 'dear browser ', 'quick ', 'would it be possible to ', 'i think you should ', 'do me a favor and ', 'i am trying to ', 'is it possible to ', 'time to ', 'we should ', 'feel free to ', 'immediately ', 'i\'m going to need you to ', 'i need help to ', 'it would be great if you could ', 'are you able to ', 'how about you ', 'why don\'t you ', 'um ', 'uh ',
] // biome-ignore format: a list of words
const after = [
  ' please', ' please', ' pls', ' plz', ' now', ' right now', ' for me', ' for me please', ' thanks', ' thank you', ' quickly', ' asap', ' ok', ' if you can', ' immediately', ' again', ' would you', ' can you', ' will you', ' real quick', ' thx', ' at once', '!', '.', '?', ' ...', ' if possible', ' here', ' now please', ' in the browser', ' in nexus', ' straight away', ' dude', ' mate', ' cheers', ' ta',
] // biome-ignore format: a list of words
const beforeStatements = [
  'hey ',
  'ok ',
  'nexus ',
  'so ',
  'um ',
  'please ',
  'hey nexus ',
  'browser ',
  'well ',
  'hi ',
]

/** A request for `action` as a person may put it. */
export function makeRequest(action: CommandAction, topics: Topics, random: Random): string {
  const way = pick(waysOf(action), random)
  const isStatement = way.startsWith('!')
  let text = expandWay(isStatement ? way.slice(1) : way, topics, random)
  if (random() < (isStatement ? 0.1 : 0.38)) {
    text = pick(isStatement ? beforeStatements : before, random) + text
  }
  if (random() < 0.16) text += pick(after, random)
  return text
}

/** Fails when an action has no ways: a model would never learn it. */
export function checkWays(): void {
  const missing = commandActions.filter(action => waysOf(action).length === 0)
  if (missing.length > 0) throw new Error(`Nobody says how to ask for ${missing.join(', ')}`)
}
