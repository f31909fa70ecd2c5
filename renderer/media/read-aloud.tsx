import { Square, Volume2 } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore } from 'react'

/** The platform's voices as far as they speak on this computer; text of pages goes to no service. */
function hasLocalVoice(): boolean {
  return (
    'speechSynthesis' in globalThis && speechSynthesis.getVoices().some(({ localService }) => localService)
  )
}

/** Voices are found out about some time after the start. */
function onVoices(listener: () => void): () => void {
  if (!('speechSynthesis' in globalThis)) return () => {}
  speechSynthesis.addEventListener('voiceschanged', listener)
  return () => speechSynthesis.removeEventListener('voiceschanged', listener)
}

/** Reads text aloud. Nothing is shown where the platform has no voice of its own. */
export function ReadAloud(props: { name: string; paragraphs: readonly string[]; language: string | null }) {
  const canSpeak = useSyncExternalStore(onVoices, hasLocalVoice)
  const [isSpeaking, setIsSpeaking] = useState(false)
  useEffect(() => {
    if (!isSpeaking) return
    return () => speechSynthesis.cancel()
  }, [isSpeaking])
  if (!canSpeak) return null
  const speak = () => {
    const voices = speechSynthesis.getVoices().filter(({ localService }) => localService)
    const language = props.language ?? ''
    const voice = voices.find(({ lang }) => language !== '' && lang.startsWith(language)) ?? voices[0] ?? null
    const parts = props.paragraphs.map(paragraph => new SpeechSynthesisUtterance(paragraph))
    for (const part of parts) part.voice = voice
    const last = parts.at(-1)
    if (last === undefined) return
    last.onend = () => setIsSpeaking(false)
    last.onerror = () => setIsSpeaking(false)
    setIsSpeaking(true)
    for (const part of parts) speechSynthesis.speak(part)
  }
  return (
    <button
      type="button"
      className="nx-ib nx-ib--s"
      aria-label={isSpeaking ? 'Stop reading aloud' : `Read ${props.name} aloud`}
      title={isSpeaking ? 'Stop reading aloud' : `Read ${props.name} aloud`}
      onClick={() => (isSpeaking ? setIsSpeaking(false) : speak())}
    >
      {isSpeaking ? <Square className="i i-s" /> : <Volume2 className="i i-s" />}
    </button>
  )
}
