import { type ReactNode, useEffect, useId, useRef } from 'react'
import type { Bookmark, BookmarkNode } from '../../contracts/storage-library.ts'
import type { FolderRow } from './bookmark-tree.ts'
import { tagsOf } from './bookmark-tree.ts'

export interface BookmarkChange {
  readonly title: string
  readonly parentId: string
  /** Not for folders. */
  readonly url?: string
  readonly tags?: string[]
}

export interface BookmarkFormProps {
  node: BookmarkNode
  folders: readonly FolderRow[]
  /** Whether the address can be changed too. */
  hasAddress: boolean
  /** Beside the button that saves. */
  extra?: ReactNode
  onSave(change: BookmarkChange): void
  onCancel(): void
}

/** The fields of a bookmark or folder. Enter saves, Escape leaves it as it was. */
export function BookmarkForm(props: BookmarkFormProps) {
  const { node } = props
  const id = useId()
  const name = useRef<HTMLInputElement>(null)
  useEffect(() => {
    name.current?.focus()
    name.current?.select()
  }, [])
  return (
    <form
      className="nx-bookmarkform"
      onKeyDown={event => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        props.onCancel()
      }}
      onSubmit={event => {
        event.preventDefault()
        const fields = new FormData(event.currentTarget)
        const text = (field: string): string => {
          const value = fields.get(field)
          return typeof value === 'string' ? value : ''
        }
        props.onSave({
          title: text('title').trim(),
          parentId: text('folder'),
          ...(node.kind === 'bookmark' ? { tags: tagsOf(text('tags')) } : {}),
          ...(node.kind === 'bookmark' && props.hasAddress ? { url: text('url').trim() } : {}),
        })
      }}
    >
      <label htmlFor={`${id}-title`}>Name</label>
      <input
        className="nx-input"
        id={`${id}-title`}
        name="title"
        ref={name}
        maxLength={2_000}
        defaultValue={node.title}
        autoComplete="off"
      />
      {props.hasAddress && node.kind === 'bookmark' && (
        <>
          <label htmlFor={`${id}-url`}>Address</label>
          <input
            className="nx-input"
            id={`${id}-url`}
            name="url"
            type="url"
            required
            pattern="https?://.+"
            title="An address that begins with http:// or https://"
            maxLength={65_536}
            defaultValue={node.url}
            spellCheck={false}
            autoComplete="off"
          />
        </>
      )}
      <label htmlFor={`${id}-folder`}>Folder</label>
      <select className="nx-input" id={`${id}-folder`} name="folder" defaultValue={node.parentId}>
        {props.folders.map(folder => (
          <option value={folder.id} key={folder.id}>
            {'\u2003'.repeat(folder.depth)}
            {folder.title}
          </option>
        ))}
      </select>
      {node.kind === 'bookmark' && (
        <>
          <label htmlFor={`${id}-tags`}>Tags</label>
          <input
            className="nx-input"
            id={`${id}-tags`}
            name="tags"
            placeholder="sea, to read"
            defaultValue={node.tags.join(', ')}
            spellCheck={false}
            autoComplete="off"
          />
        </>
      )}
      <div className="nx-bookmarkform__foot">
        {props.extra}
        <span className="grow" />
        <button type="button" className="nx-btn" onClick={props.onCancel}>
          Cancel
        </button>
        <button type="submit" className="nx-btn nx-btn--pri">
          Save
        </button>
      </div>
    </form>
  )
}

/** What is different; null where nothing is. */
export function editOf(
  node: BookmarkNode,
  change: BookmarkChange,
): { id: string; title?: string; url?: string; tags?: string[] } | null {
  const tags = node.kind === 'bookmark' ? changedTags(node, change.tags) : undefined
  const edit = {
    id: node.id,
    ...(change.title === node.title ? {} : { title: change.title }),
    ...(node.kind !== 'bookmark' || change.url === undefined || change.url === node.url
      ? {}
      : { url: change.url }),
    ...(tags === undefined ? {} : { tags }),
  }
  return Object.keys(edit).length === 1 ? null : edit
}

function changedTags({ tags }: Bookmark, wanted: string[] | undefined): string[] | undefined {
  if (wanted === undefined) return undefined
  const isSame = wanted.length === tags.length && wanted.every(tag => tags.includes(tag))
  return isSame ? undefined : wanted
}
