import type { ProxyConfig } from 'electron'

/** The proxy of a session in the words of Chromium's command line; null: what the system says. */
export interface ProxySettings {
  readonly proxyServer: string
  readonly proxyBypassList: string
}

/** Hosts of the application's own schemes; no proxy could answer for them. */
const ownHosts = '*.standin.localhost'

/** What a browser context is made with. Without a proxy of its own it would take over that of the default session. */
export function contextProxyOf(settings: ProxySettings | null): ProxySettings {
  if (settings === null) return { proxyServer: 'direct://', proxyBypassList: '' }
  return { ...settings, proxyBypassList: withOwnHosts(settings) }
}

/** The settings as Chromium's preference `proxy` has them. */
export function proxyPreferenceOf(settings: ProxySettings | null): Readonly<Record<string, string>> {
  if (settings === null) return { mode: 'system' }
  if (settings.proxyServer === 'direct://') return { mode: 'direct' }
  return { mode: 'fixed_servers', server: settings.proxyServer, bypass_list: withOwnHosts(settings) }
}

function withOwnHosts({ proxyBypassList }: ProxySettings): string {
  return [...proxyBypassList.split(/[;,]/).filter(rule => rule.trim() !== ''), ownHosts].join(';')
}

/** Null for the system's settings. Throws a TypeError for what Chromium cannot be told for one session. */
export function proxySettingsOf(config: ProxyConfig): ProxySettings | null {
  const mode = config.mode ?? (config.pacScript ? 'pac_script' : 'fixed_servers')
  switch (mode) {
    case 'direct':
      return { proxyServer: 'direct://', proxyBypassList: '' }
    case 'fixed_servers':
      return config.proxyRules
        ? { proxyServer: config.proxyRules, proxyBypassList: config.proxyBypassRules ?? '' }
        : { proxyServer: 'direct://', proxyBypassList: '' }
    case 'system':
      return null
    case 'pac_script':
    case 'auto_detect':
      throw new TypeError(`the proxy mode ${mode} cannot be set for one session`)
  }
}

/** As `session.resolveProxy`: in the form of a PAC result. */
export function resolveWith(settings: ProxySettings | null, url: string): string {
  if (!settings || settings.proxyServer === 'direct://') return 'DIRECT'
  const { protocol, hostname } = new URL(url)
  if (isBypassed(hostname, settings.proxyBypassList)) return 'DIRECT'
  const rules = settings.proxyServer.split(';').map(rule => rule.trim())
  const scheme = protocol.slice(0, -1)
  const forScheme = rules.find(rule => rule.startsWith(`${scheme}=`))?.slice(scheme.length + 1)
  const forAll = rules.find(rule => !rule.includes('='))
  const servers = forScheme ?? forAll
  if (!servers) return 'DIRECT'
  return servers.split(',').map(pacEntryOf).join(';')
}

function pacEntryOf(server: string): string {
  const [, scheme = 'http', rest = server] = /^(?:([a-z0-9]+):\/\/)?(.*)$/.exec(server.trim()) ?? []
  switch (scheme) {
    case 'direct':
      return 'DIRECT'
    case 'socks':
    case 'socks5':
      return `SOCKS5 ${withPort(rest, '1080')}`
    case 'socks4':
      return `SOCKS ${withPort(rest, '1080')}`
    case 'https':
      return `HTTPS ${withPort(rest, '443')}`
    default:
      return `PROXY ${withPort(rest, '80')}`
  }
}

function withPort(host: string, port: string): string {
  return /:\d+$/.test(host) ? host : `${host}:${port}`
}

/** Loopback never goes through a proxy, unless the list says `<-loopback>`. */
function isBypassed(hostname: string, bypassList: string): boolean {
  const rules = bypassList.split(/[;,]/).map(rule => rule.trim().toLowerCase())
  const isLoopback = /(^|\.)localhost$|^127\.|^\[::1\]$/.test(hostname)
  if (isLoopback && !rules.includes('<-loopback>')) return true
  return rules.some(rule => {
    if (rule === '') return false
    if (rule === '<local>') return !hostname.includes('.')
    const pattern = rule.startsWith('.') ? `*${rule}` : rule
    const expression = pattern.split('*').map(part => part.replace(/[.\\+?^${}()|[\]]/g, '\\$&'))
    return new RegExp(`^${expression.join('.*')}$`).test(hostname)
  })
}
