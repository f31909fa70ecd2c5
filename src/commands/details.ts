import type { BrowserCommand, PlainCommand } from '../../contracts/command.ts'

/** What a request says beyond its action: in or out, on or off. Words decide, since only a few can stand there. */

export function zoomOf(text: string): PlainCommand {
  if (/\b(?:reset|normal|default|original|actual|standard|100|back to)\b/.test(text)) return 'zoomReset'
  if (/\b(?:too|so|way|very|really)\s+(?:small|tiny|little|hard)\b/.test(text)) return 'zoomIn'
  if (/\btoo\s+(?:big|large|huge)\b/.test(text)) return 'zoomOut'
  const isOut = /\b(?:out|smaller|shrink|reduce|decrease|less|lower|down|tinier|small)\b/.test(text)
  return isOut ? 'zoomOut' : 'zoomIn'
}

export function muteOf(text: string): PlainCommand {
  const isOn =
    /\b(?:unmute|un-mute|sound on|hear|restore|back on|audio on|enable|bring back)\b/.test(text) ||
    /\b(?:turn|switch|put)\b.*\bon\b/.test(text)
  const isAll = /\b(?:all|every|everything|tabs)\b/.test(text)
  if (isAll) return isOn ? 'unmuteAll' : 'muteAll'
  return isOn ? 'unmute' : 'mute'
}

export function pinOf(text: string): PlainCommand {
  return /\bun-?pin|\b(?:remove|take)\b.*\bpin|\bpin\b.*\b(?:off|away)\b|\bno longer\b/.test(text)
    ? 'unpinTab'
    : 'pinTab'
}

export function themeOf(text: string): PlainCommand {
  if (/\bsystem\b/.test(text)) return 'systemTheme'
  if (/\btoo\s+(?:bright|white|light)\b/.test(text) || /\blights?\s+(?:off|out|down)\b/.test(text)) {
    return 'darkTheme'
  }
  const isOff = /\b(?:off|disable|exit|leave|stop|deactivate|no)\b/.test(text)
  const isLight = /\b(?:light|lighter|white|bright|brighter|day|lights on)\b/.test(text)
  return isLight === isOff ? 'darkTheme' : 'lightTheme'
}

export function reloadOf(text: string): PlainCommand {
  if (/\b(?:all|every|everything)\b/.test(text)) return 'reloadAll'
  return /\b(?:hard|force|cache|scratch|fresh|clean)\b/.test(text) ? 'reloadFresh' : 'reload'
}

/** Everything that leaves traces, unless something of it is named. */
export function clearingOf(text: string): BrowserCommand {
  const cookies = /\b(?:cookies?|site data|log me out|sign me out)\b/.test(text)
  const cache = /\b(?:cached?|temporary files)\b/.test(text)
  const history = /\b(?:history|searches|tracks|visited|browsed)\b/.test(text)
  const isAll = !cookies && !cache && !history
  return {
    kind: 'clearData',
    history: history || isAll,
    cookies: cookies || isAll,
    cache: cache || isAll,
  }
}

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth']

/** Which tab by its place, counted from 0; -1 is the last one. Null where no place is named. */
export function placeOf(text: string): number | null {
  if (/\blast tab\b|\btab on the far right\b/.test(text)) return -1
  const ordinal = ordinals.findIndex(word => new RegExp(`\\b${word}\\b`).test(text))
  if (ordinal !== -1) return ordinal
  const number = /\btab (?:number )?(\d{1,3})\b/.exec(text)?.[1]
  return number === undefined ? null : Number(number) - 1
}

export function stepOf(text: string): PlainCommand | null {
  if (/\b(?:next|right|following|forward)\b/.test(text)) return 'nextTab'
  return /\b(?:previous|prev|left|preceding|back a)\b/.test(text) ? 'previousTab' : null
}

/** Words of a request that name no tab. */
const fillers = new Set(
  (
    'a about again all an and any anything are at back bring browser can change close could do done down drop end every ' +
    'everything exit find finished flip focus for from get go had has have hey hi i im in is it its jump kill let lets ' +
    'look lose me move my nexus now of off ok on one ones open over page pages please plz pls put quit related remove rid ' +
    'search select shop show shut sites skip some somewhere stuff switch tab tabs take than that the them there these thing ' +
    'things this those through to topic under up want was we where which window with would you your'
  ).split(' '),
)

/** What a request is about: its words that are not the request itself. */
export function subjectOf(text: string): readonly string[] {
  return (text.match(/[\p{L}\p{N}]+/gu) ?? []).filter(word => !fillers.has(word))
}
