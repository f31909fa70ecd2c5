/** Search engines on offer; any other address with `%s` may be typed in. */
export const searchEngines: readonly { readonly name: string; readonly template: string }[] = [
  { name: 'DuckDuckGo', template: 'https://duckduckgo.com/?q=%s' },
  { name: 'Startpage', template: 'https://www.startpage.com/do/search?query=%s' },
  { name: 'Google', template: 'https://www.google.com/search?q=%s' },
  { name: 'Wikipedia', template: 'https://en.wikipedia.org/w/index.php?search=%s' },
]

/** Why a template cannot be used, or null when it can. The controller checks again. */
export function templateProblem(template: string): string | null {
  if (!/^https?:\/\//.test(template)) return 'Begin with https:// or http://'
  if (!template.includes('%s')) return 'Put %s where the words go'
  try {
    const url = new URL(template.replaceAll('%s', 'words'))
    return url.host === '' ? 'The name of the site is missing' : null
  } catch {
    return 'This is not an address'
  }
}
