import type { CommandLine } from 'electron'

/**
 * Switches of the engine that keep it from speaking past the proxy, each with its reason.
 * @see https://www.electronjs.org/docs/latest/api/command-line-switches
 * @see https://peter.sh/experiments/chromium-command-line-switches/
 */
const switches: readonly { readonly name: string; readonly value?: string; readonly reason: string }[] = [
  { name: 'disable-quic', reason: 'It is spoken over UDP, which no HTTP proxy carries.' },
  {
    name: 'webrtc-ip-handling-policy',
    value: 'disable_non_proxied_udp',
    reason:
      'WebRTC would send UDP to whomever a page names, and tell the page the addresses of this machine.',
  },
  { name: 'dns-prefetch-disable', reason: 'Names are looked up by the network process only.' },
  { name: 'no-pings', reason: 'Links do not report that they were followed.' },
  { name: 'disable-background-networking', reason: 'The engine fetches nothing on its own account.' },
  { name: 'disable-domain-reliability', reason: 'The engine reports no failures to anyone.' },
  { name: 'disable-component-update', reason: 'The engine fetches no parts of itself.' },
]

/** To be called before the engine is ready. */
export function confineEngine(commandLine: CommandLine): void {
  for (const { name, value } of switches) {
    if (!commandLine.hasSwitch(name)) commandLine.appendSwitch(name, value)
  }
}
