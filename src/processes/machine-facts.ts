import { cpus, freemem, totalmem } from 'node:os'
import type { ProcessTree } from '../../contracts/processes.ts'

/** Facts of the machine that are slow to get and do not change; read once, when somebody first looks. */
let description: string | null = null

/** Cores, memory and, from the second call on, the processor's name. */
export async function machineFacts(): Promise<ProcessTree['machine']> {
  return {
    cores: Math.max(1, cpus().length),
    memoryBytes: totalmem(),
    freeMemoryBytes: freemem(),
    description: description ?? (await describeOnce()),
  }
}

async function describeOnce(): Promise<string> {
  // Loaded on demand: it is only for the panel, and costs start-up time.
  const systeminformation = await import('systeminformation')
  try {
    const [cpu, os] = await Promise.all([systeminformation.cpu(), systeminformation.osInfo()])
    description = `${cpu.manufacturer} ${cpu.brand}, ${os.distro} ${os.release}`.trim().slice(0, 500)
  } catch {
    description = cpus()[0]?.model ?? ''
  }
  return description
}
