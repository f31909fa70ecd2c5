import type { Random } from '../../../random.ts'
import { below } from '../../../random.ts'

/** Words that stand in for each other in many ways of asking. */
const synonyms: Readonly<Record<string, string>> = {
  close:
    '(close|close|close|close|close down|close out|shut|shut|shut down|kill|get rid of|remove|exit|dismiss|drop|ditch|end|clear|clear out|clean up|lose|delete|quit|throw away|toss|trash|terminate|x out|nuke|zap|collapse)',
  summarize:
    '(summarize|summarise|summarize|summarise|sum up|give a summary of|give me a summary of|recap|condense|tldr|tl;dr|outline|write a summary of|create a summary of|get a summary of|give me the gist of|provide a summary of|provide an overview of|do a summary of|break down|make a summary of|wrap up|brief me on|give me a rundown of|give me the short version of)',
  translate:
    '(translate|translate|translate|translate|convert|can you translate|auto translate|machine translate|google translate)',
  bookmark:
    '(bookmark|bookmark|bookmark|bookmark|save|star|favorite|favourite|add a bookmark for|make a bookmark of|create a bookmark for|fave|book mark|mark)',
  open: '(open|open|open|show|show|show me|go to|see|view|display|bring up|pull up|take me to|open up|list|let me see|get|launch|access|look at|check|give me|navigate to|browse|visit|jump to|i want to see|i wanna see|i need|i need to see|where is|where are|find|let me look at|switch to|load)',
  clear:
    '(clear|clear|clear|delete|delete|erase|wipe|remove|get rid of|clean|clean up|clean out|clear out|purge|empty|reset|destroy|flush|wipe out|dump|drop|trash|scrub|forget|nuke|eliminate|throw away|discard|wipe clean)',
}

const lists: Readonly<Record<string, readonly string[]>> = {
  site: 'youtube,gmail,reddit,twitter,amazon,wikipedia,netflix,facebook,instagram,github,spotify,ebay,linkedin,pinterest,tiktok,twitch,discord,slack,whatsapp,telegram,outlook,hotmail,yahoo,bbc,cnn,stackoverflow,medium,quora,etsy,airbnb,booking,paypal,dropbox,notion,trello,figma,zoom,imdb,espn,guardian,nytimes,hulu,disney,steam,walmart,target,ikea,google maps,google docs,google drive,google calendar,stack overflow,hacker news,the news,bank,my bank,google,docs,calendar,inbox,email,mail,the weather,jira,confluence,the wiki,maps,drive,news,shopping,recipes,prime video,my blog,chatgpt,soundcloud,vimeo,craigslist,the times,duolingo,wordpress,shopify,zillow,expedia,tripadvisor'.split(
    ',',
  ),
  language:
    'english,spanish,french,german,italian,portuguese,chinese,japanese,korean,russian,arabic,hindi,dutch,polish,turkish,swedish,greek,czech,danish,norwegian,finnish,hungarian,romanian,ukrainian,hebrew,vietnamese,thai,indonesian,mandarin,latin,welsh,my language,my own language,something i can read,simple english,plain english,brazilian portuguese'.split(
      ',',
    ),
  person:
    'john,anna,mike,sarah,david,emma,tom,lisa,peter,maria,alex,kate,paul,jane,mom,dad,my sister,my brother,grandma,my teacher,my girlfriend,my boyfriend,uncle bob,our group,the kids,my manager'.split(
      ',',
    ),
  day: 'monday,tuesday,wednesday,thursday,friday,saturday,sunday,the weekend'.split(','),
  number: '2,3,4,5,6,7,50,75,80,90,110,120,125,150,175,200,300'.split(','),
}

/** What people search for: fills `<topic>` and `<word>`, so that no word of theirs speaks for a command. */
export interface Topics {
  readonly phrases: readonly string[]
  readonly words: readonly string[]
}

/** One text of a way of asking: choices made, slots filled. */
export function expandWay(way: string, topics: Topics, random: Random): string {
  let text = way
  for (let depth = 0; depth < 40; depth++) {
    const next = text
      .replace(/<(\w+)>/g, (_, name: string) => slot(name, topics, random))
      .replace(/\(([^()]*)\)/g, (_, choices: string) => pick(choices.split('|'), random))
    if (next === text) break
    text = next
  }
  return text
    .replace(/\s+([,?])/g, '$1')
    .replace(/\s+/g, ' ')
    .replace(/^,|,$/g, '')
    .trim()
}

function slot(name: string, topics: Topics, random: Random): string {
  const choices = synonyms[name]
  if (choices !== undefined) return choices
  const list = lists[name]
  if (list !== undefined) return pick(list, random)
  if (name === 'topic') return plain(pick(topics.phrases, random))
  if (name === 'word') return plain(pick(topics.words, random))
  throw new Error(`No slot is named ${name}`)
}

/** Without the characters that the grammar reads. */
function plain(text: string): string {
  return text.replace(/[()<>|]/g, ' ')
}

export function pick<T>(choices: readonly T[], random: Random): T {
  const choice = choices[below(random, choices.length)]
  if (choice === undefined) throw new RangeError('Nothing to choose from')
  return choice
}
