import { readdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import type { FileFilter, OpenDialogOptions, SaveDialogOptions } from 'electron'
import { type DialogPage, DialogWindow } from './dialog-page.ts'

const cancelButton = 0
const chooseButton = 1

interface Listing {
  readonly title: string
  readonly buttonLabel: string
  readonly filters: readonly FileFilter[]
  readonly isDirectoryWanted: boolean
  readonly areHiddenShown: boolean
  readonly isMultiple: boolean
}

/** Lets a person choose what is there; empty when they cancel. */
export async function chooseFiles(options: OpenDialogOptions): Promise<string[]> {
  const properties = options.properties ?? ['openFile']
  const listing: Listing = {
    title: options.title ?? 'Open',
    buttonLabel: options.buttonLabel ?? 'Open',
    filters: options.filters ?? [],
    isDirectoryWanted: properties.includes('openDirectory'),
    areHiddenShown: properties.includes('showHiddenFiles'),
    isMultiple: properties.includes('multiSelections'),
  }
  let folder = await folderOf(options.defaultPath)
  let page = await pageOf(listing, folder, null)
  using window = await DialogWindow.open(page)
  if (!window) return []
  for (;;) {
    const answer = await window.ask(page)
    if (!answer || answer.button === cancelButton) return []
    const chosen = answer.opened !== null ? [answer.opened] : answer.selected
    const paths = (chosen.length > 0 ? chosen : ['.']).map(name => path.resolve(folder, name))
    const [first] = paths
    if (first === undefined) return []
    const isFolder = await isDirectory(first)
    if (isFolder && (answer.opened !== null || !listing.isDirectoryWanted)) folder = first
    else if (isFolder === listing.isDirectoryWanted) return paths
    page = await pageOf(listing, folder, null)
  }
}

/** Lets a person name a file to be written; '' when they cancel. */
export async function choosePath(options: SaveDialogOptions): Promise<string> {
  const listing: Listing = {
    title: options.title ?? 'Save',
    buttonLabel: options.buttonLabel ?? 'Save',
    filters: options.filters ?? [],
    isDirectoryWanted: false,
    areHiddenShown: options.properties?.includes('showHiddenFiles') ?? false,
    isMultiple: false,
  }
  let folder = await folderOf(options.defaultPath)
  const wanted = options.defaultPath ? path.resolve(folder, path.basename(options.defaultPath)) : ''
  let name = wanted !== '' && !(await isDirectory(wanted)) ? path.basename(wanted) : ''
  let page = await pageOf(listing, folder, name)
  using window = await DialogWindow.open(page)
  if (!window) return ''
  for (;;) {
    const answer = await window.ask(page)
    if (!answer || answer.button === cancelButton) return ''
    const chosen = path.resolve(folder, answer.opened ?? answer.input)
    if (await isDirectory(chosen)) {
      folder = chosen
      name = ''
    } else if (answer.button === chooseButton && answer.input !== '') return chosen
    else name = path.basename(chosen)
    page = await pageOf(listing, folder, name)
  }
}

async function pageOf(listing: Listing, folder: string, input: string | null): Promise<DialogPage> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const shown = entries
    .filter(entry => listing.areHiddenShown || !entry.name.startsWith('.'))
    .map(entry => ({ name: entry.name, isFolder: entry.isDirectory() }))
    .filter(
      ({ name, isFolder }) => isFolder || (!listing.isDirectoryWanted && isWanted(name, listing.filters)),
    )
    .toSorted((a, b) => Number(b.isFolder) - Number(a.isFolder) || a.name.localeCompare(b.name))
  return {
    title: listing.title,
    message: folder,
    detail: '',
    width: 640,
    height: 480,
    buttons: ['Cancel', listing.buttonLabel],
    defaultButton: chooseButton,
    cancelButton,
    checkbox: null,
    list: [
      { label: '..', value: '..' },
      ...shown.map(({ name, isFolder }) => ({ label: isFolder ? `${name}/` : name, value: name })),
    ],
    input,
    isMultiple: listing.isMultiple,
  }
}

function isWanted(name: string, filters: readonly FileFilter[]): boolean {
  const extensions = filters.flatMap(filter => filter.extensions)
  const extension = path.extname(name).slice(1).toLowerCase()
  return extensions.length === 0 || extensions.some(each => each === '*' || each.toLowerCase() === extension)
}

async function folderOf(defaultPath: string | undefined): Promise<string> {
  if (!defaultPath) return homedir()
  const absolute = path.resolve(defaultPath)
  return (await isDirectory(absolute)) ? absolute : path.dirname(absolute)
}

async function isDirectory(candidate: string): Promise<boolean> {
  return stat(candidate).then(
    status => status.isDirectory(),
    () => false,
  )
}
