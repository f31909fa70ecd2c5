/** One thing that the compiler found; lines count from 1, null where none was named. */
export interface ShaderError {
  readonly line: number | null
  readonly message: string
}

/** `ERROR: 0:12: 'x' : undeclared identifier`, as ANGLE writes it: string, line, message. */
const located = /^(?:ERROR|WARNING):\s*(\d+):(\d+):\s*(.*)$/

/** The errors of a shader's or a program's log. Never empty: a log that says nothing becomes one error that says so. */
export function readShaderLog(log: string): ShaderError[] {
  const errors: ShaderError[] = []
  for (const raw of log.replaceAll('\0', '').split('\n')) {
    const line = raw.trim()
    if (line === '' || line.startsWith('WARNING')) continue
    const parts = located.exec(line)
    if (parts !== null) errors.push({ line: Number(parts[2]), message: parts[3]?.slice(0, 2_000) ?? '' })
    else if (!/^(ERROR: )?\d+ compilation errors?/.test(line))
      errors.push({ line: null, message: line.slice(0, 2_000) })
  }
  return errors.length > 0 ? errors.slice(0, 100) : [{ line: null, message: 'The compiler gave no reason.' }]
}
