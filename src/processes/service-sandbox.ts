import type { ServiceName } from './service-definitions.ts'

/** Environment variables that a service needs to run at all. Nothing else of the person's environment reaches it. */
const passedOn = [
  'PATH',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'HOME',
  'USERPROFILE',
]

/** The scrubbed environment of a service process. */
export function serviceEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const name of passedOn) {
    const value = environment[name]
    if (value !== undefined) kept[name] = value
  }
  return kept
}

/**
 * Extra arguments for Node in a service. The capabilities of a service are taken away inside it (see each service's
 * entry); memory is bounded here. What is left to the network process is the network, the file of its cache, and the
 * folders that main names for downloads (network-service/confinement.ts).
 */
export function servicePermissions(name: ServiceName): string[] {
  switch (name) {
    case 'ai':
      return ['--max-old-space-size=1536']
    case 'storage':
      return ['--max-old-space-size=384']
    case 'network':
      return ['--max-old-space-size=384']
    case 'audio':
      return ['--max-old-space-size=384']
  }
}
