/** What a file is called while it grows, after its own name. */
export const partialSuffix = '.nexus-part'

/** Most bytes of a name in UTF-8: file systems take 255, and ours must leave room for " (12).nexus-part.journal". */
const mostNameBytes = 200

/** Names that Windows keeps for devices, with any extension. */
const deviceNames = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)/i
/** What is not seen, or turns what is seen around: "exe.txt" may hide "txt.exe". */
const unseen = /[\p{Cc}\p{Cf}\u2028\u2029]/gu

/** A name that is one on every file system: no folders, no devices, nothing unseen. Empty when nothing is left of it. */
export function safeFileName(name: string): string {
  const last = name.normalize('NFC').toWellFormed().replaceAll('\\', '/').split('/').at(-1) ?? ''
  const clean = last
    .replace(unseen, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    // A leading dot hides a file; dots and spaces at the end are dropped by Windows, and change what the name is.
    .replace(/^[ .]+|[ .]+$/g, '')
    // Not to be taken for one of ours.
    .replace(/(\.nexus-(part|journal))+$/i, '')
  return shortened(deviceNames.test(clean) ? `_${clean}` : clean)
}

function shortened(name: string): string {
  if (byteLength(name) <= mostNameBytes) return name
  const { stem, extension } = splitName(name)
  const isExtension = byteLength(extension) <= 20
  const tail = isExtension ? extension : ''
  let head = isExtension ? stem : name
  while (byteLength(head) + byteLength(tail) > mostNameBytes) head = [...head].slice(0, -1).join('')
  return `${head.trimEnd()}${tail}`
}

/** The name with a number before its extension, as "tables (2).tar.gz". */
export function numberedName(name: string, number: number): string {
  if (number === 0) return name
  const { stem, extension } = splitName(name)
  return `${stem} (${number})${extension}`
}

function splitName(name: string): { stem: string; extension: string } {
  const extension = /(\.tar)?\.[^.\s]{1,20}$/i.exec(name)?.[0] ?? ''
  return extension.length === name.length
    ? { stem: name, extension: '' }
    : { stem: name.slice(0, name.length - extension.length), extension }
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).byteLength
}
