import type { DownloadFailureCode } from '../../contracts/downloads.ts'

/** Codes of our own, of downloads that the engine carries. */
export type FailureCode = DownloadFailureCode | 'INTERRUPTED' | 'ENGINE'

/** Why a file was not had, for people. */
export function failureWords(code: string, detail: string): string {
  switch (code as FailureCode) {
    case 'CONNECTION':
      return 'Stopped: the connection closed too often'
    case 'TIMED_OUT':
      return 'Stopped: the server does not answer'
    case 'REFUSED':
      return refusalWords(detail)
    case 'TOO_MANY_REDIRECTS':
      return 'Stopped: the address leads in circles'
    case 'BAD_ANSWER':
      return 'Stopped: what the server sends contradicts itself'
    case 'CHECKSUM':
      return 'Deleted: the file is not the one that was announced'
    case 'DISK_FULL':
      return 'Stopped: the disk is full'
    case 'FOLDER':
      return 'Stopped: nothing can be written to the folder'
    case 'INTERRUPTED':
    case 'ENGINE':
      return 'Stopped: it broke off, and the page must make it again'
    default:
      return 'Stopped'
  }
}

function refusalWords(status: string): string {
  switch (status) {
    case '401':
    case '403':
      return 'Refused: the server wants you to be signed in'
    case '404':
    case '410':
      return 'Refused: the file is not there any more'
    default:
      return `Refused by the server (${status})`
  }
}

/** What is wrong with a kind of file, for people. */
export function dangerWords(danger: string): string {
  switch (danger) {
    case 'program':
      return 'a program that can change this computer'
    case 'script':
      return 'a script that can change this computer'
    case 'package':
      return 'installs something on this computer'
    case 'shortcut':
      return 'opens something else than it seems'
    case 'macros':
      return 'a document that can run programs'
    case 'diskImage':
      return 'an image of a disk, which may hold programs'
    default:
      return 'a kind that may do harm'
  }
}
