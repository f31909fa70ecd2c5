import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { ForgetQuestion } from '../history/forget-question.tsx'
import type { MemoryLink } from '../history/memory-link.ts'

/** Deletes what is stored of a page, after asking once where it stands. */
export function ForgetButton({ url, memory }: { url: string; memory: MemoryLink }) {
  const [state, setState] = useState<'idle' | 'asking' | 'forgotten'>('idle')
  switch (state) {
    case 'idle':
      return (
        <button
          type="button"
          className="nx-btn nx-btn--quiet nx-btn--s"
          title="Delete what is stored of this page"
          onClick={() => setState('asking')}
        >
          <Trash2 className="i i-s" />
          Forget
        </button>
      )
    case 'asking':
      return (
        <ForgetQuestion
          title="Forget this page?"
          text="Its passages and its analysis are deleted from this computer."
          onForget={async withHistory => {
            await memory.forget(url, withHistory)
            setState('forgotten')
          }}
          onKeep={() => setState('idle')}
        />
      )
    case 'forgotten':
      return (
        <span className="t2 fs12" role="status">
          Forgotten
        </span>
      )
  }
}
