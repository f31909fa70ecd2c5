import type { LaunchStep, SandboxConfiguration } from '../../contracts/processes.ts'

/** What a process may do, in a sentence. */
export function sandboxWords(sandbox: SandboxConfiguration): string {
  const may = [
    sandbox.network ? 'network' : 'no network of its own',
    sandbox.gpu ? 'graphics processor' : 'no graphics processor',
    sandbox.childProcesses ? 'may start processes' : 'starts no processes',
  ]
  return [filesWords(sandbox), ...may].join(', ')
}

function filesWords({ readsFiles, writesFiles }: SandboxConfiguration): string {
  if (readsFiles === 'none' && writesFiles === 'none') return 'no files'
  if (readsFiles === writesFiles) return `reads and writes ${placesWords(readsFiles)}`
  return `reads ${placesWords(readsFiles)}, writes ${placesWords(writesFiles)}`
}

function placesWords(places: SandboxConfiguration['readsFiles']): string {
  switch (places) {
    case 'none':
      return 'no files'
    case 'folders':
      return 'its own folders'
    case 'any':
      return 'any file'
  }
}

/** Who sees to it that a process does no more than it may. */
export function enforcerWords(sandbox: SandboxConfiguration): string {
  switch (sandbox.enforcedBy) {
    case 'system':
      return 'held by the operating system'
    case 'self':
      return 'held by Nexus within the process'
    case 'nobody':
      return 'held by nobody'
  }
}

export function stepWords(step: LaunchStep['step']): string {
  switch (step) {
    case 'identity':
      return 'named'
    case 'sandbox':
      return 'sandbox chosen'
    case 'launch':
      return 'launched'
    case 'channels':
      return 'channels opened'
    case 'registration':
      return 'registered'
  }
}
