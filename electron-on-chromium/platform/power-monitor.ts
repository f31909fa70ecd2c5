import { spawnSync } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const powerSupplyFolder = '/sys/class/power_supply'
const pollIntervalMs = 5000
const helperTimeoutMs = 500

/** The `powerMonitor` module. Power is polled while somebody listens; sleep and locking are not seen. */
export class PowerMonitor extends EventEmitter {
  #timer: NodeJS.Timeout | null = null
  #wasOnBattery = false
  readonly #folder: string

  /** @internal */
  constructor(folder = powerSupplyFolder) {
    super()
    this.#folder = folder
    this.on('newListener', event => {
      if (event === 'on-ac' || event === 'on-battery') this.#watch()
    })
    this.on('removeListener', () => {
      if (this.listenerCount('on-ac') + this.listenerCount('on-battery') === 0) this.#unwatch()
    })
  }

  isOnBatteryPower(): boolean {
    const supplies = this.#supplies()
    const isPlugged = supplies.some(({ type, online }) => type !== 'Battery' && online === '1')
    return !isPlugged && supplies.some(({ type, status }) => type === 'Battery' && status === 'Discharging')
  }

  get onBatteryPower(): boolean {
    return this.isOnBatteryPower()
  }

  /** In seconds. Without an X display that tells (by xprintidle) nobody is known to be idle. */
  getSystemIdleTime(): number {
    if (!process.env.DISPLAY) return 0
    const { status, stdout } = spawnSync('xprintidle', { timeout: helperTimeoutMs, encoding: 'utf8' })
    return status === 0 ? Math.floor(Number(stdout) / 1000) || 0 : 0
  }

  getSystemIdleState(idleThreshold: number): 'active' | 'idle' | 'locked' | 'unknown' {
    if (!(idleThreshold > 0))
      throw new TypeError('Invalid idle threshold, must be greater than or equal to 0')
    return this.getSystemIdleTime() >= idleThreshold ? 'idle' : 'active'
  }

  getCurrentThermalState(): 'unknown' {
    return 'unknown'
  }

  #watch(): void {
    if (this.#timer) return
    this.#wasOnBattery = this.isOnBatteryPower()
    this.#timer = setInterval(() => this.#compare(), pollIntervalMs)
    this.#timer.unref()
  }

  #unwatch(): void {
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
  }

  #compare(): void {
    const isOnBattery = this.isOnBatteryPower()
    if (isOnBattery === this.#wasOnBattery) return
    this.#wasOnBattery = isOnBattery
    this.emit(isOnBattery ? 'on-battery' : 'on-ac')
  }

  #supplies(): { type: string; online: string; status: string }[] {
    const read = (name: string, file: string) => {
      try {
        return readFileSync(path.join(this.#folder, name, file), 'utf8').trim()
      } catch {
        return ''
      }
    }
    try {
      return readdirSync(this.#folder).map(name => ({
        type: read(name, 'type'),
        online: read(name, 'online'),
        status: read(name, 'status'),
      }))
    } catch {
      return []
    }
  }
}

export const powerMonitor = new PowerMonitor()
