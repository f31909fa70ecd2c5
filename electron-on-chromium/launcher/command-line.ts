import path from 'node:path'

export type Request =
  | { readonly kind: 'run'; readonly appPath: string | null; readonly requires: readonly string[] }
  | { readonly kind: 'print'; readonly text: string }

export interface CommandLineFacts {
  readonly electronVersion: string
  readonly modulesVersion: string
  readonly workingDirectory: string
}

/** Reads `electron [options] [app] [arguments]` as Electron's own default application does. */
export function readCommandLine(args: readonly string[], facts: CommandLineFacts): Request {
  const requires: string[] = []
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] ?? ''
    if (argument === '--version' || argument === '-v') return print(`v${facts.electronVersion}`)
    if (argument === '--abi' || argument === '-a') return print(facts.modulesVersion)
    if (argument.startsWith('--app=')) return run(argument.slice('--app='.length), requires, facts)
    if (argument === '-r' || argument === '--require') {
      const required = args[++index]
      if (required !== undefined) requires.push(required)
    } else if (argument.startsWith('--require=')) requires.push(argument.slice('--require='.length))
    else if (!argument.startsWith('-')) return run(argument, requires, facts)
  }
  return { kind: 'run', appPath: null, requires }
}

function print(text: string): Request {
  return { kind: 'print', text }
}

function run(appPath: string, requires: readonly string[], facts: CommandLineFacts): Request {
  return { kind: 'run', appPath: path.resolve(facts.workingDirectory, appPath), requires }
}
