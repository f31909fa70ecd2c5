/** Chromium's switches as the application sees them through `app.commandLine`. */
export class CommandLineSwitches {
  readonly #switches = new Map<string, string>()
  readonly #added: string[] = []
  readonly #args: string[]

  /** @param args process.argv without the executable */
  constructor(args: readonly string[]) {
    this.#args = [...args]
    for (const argument of args) {
      if (argument === '--') break
      const match = /^--([^=]+)(?:=(.*))?$/s.exec(argument)
      if (match?.[1]) this.#switches.set(match[1].toLowerCase(), match[2] ?? '')
    }
  }

  appendSwitch(name: string, value = ''): void {
    if (typeof name !== 'string') throw new TypeError('Error processing argument at index 0')
    const key = name.toLowerCase()
    this.#switches.set(key, String(value))
    this.#added.push(key)
  }

  appendArgument(value: string): void {
    this.#args.push(String(value))
  }

  hasSwitch(name: string): boolean {
    return this.#switches.has(name.toLowerCase())
  }

  getSwitchValue(name: string): string {
    return this.#switches.get(name.toLowerCase()) ?? ''
  }

  removeSwitch(name: string): void {
    this.#switches.delete(name.toLowerCase())
  }

  /** What is handed on to Chromium: every switch that is not the application's or Node's own. */
  forChromium(): string[] {
    return [...this.#switches]
      .filter(([name]) => !withheldSwitches.has(name) && this.#isForChromium(name))
      .map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`))
  }

  #isForChromium(name: string): boolean {
    return this.#added.includes(name) || passedOnSwitches.some(pattern => pattern.test(name))
  }
}

/**
 * Switches given on our own command line reach Chromium only when they are known to be Chromium's: the
 * application's own (`--config=x`) could mean something else there.
 */
const passedOnSwitches = [
  /^no-sandbox$/,
  /^remote-debugging-port$/,
  /^remote-allow-origins$/,
  /^(enable|disable)-/,
  /^force-/,
  /^ignore-certificate-errors/,
  /^proxy-/,
  /^no-proxy-server$/,
  /^host-(resolver-)?rules$/,
  /^lang$/,
  /^use-/,
  /^autoplay-policy$/,
  /^js-flags$/,
  /^user-agent$/,
  /^allow-/,
  /^unsafely-/,
  /^ip-address-space-overrides$/,
  /^site-per-process$/,
  /^renderer-process-limit$/,
  /^window-size$/,
  /^v$/,
  /^vmodule$/,
]

/** Ours to set: two of them would break the pipe, the profile or the face. */
const withheldSwitches = new Set([
  'user-data-dir',
  'headless',
  'remote-debugging-pipe',
  'inspect',
  'inspect-brk',
  'inspect-port',
  'require',
  'app',
])
