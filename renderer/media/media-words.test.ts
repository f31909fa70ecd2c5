import { expect, test } from 'vitest'
import type { MediaTab } from '../../contracts/media-for-chrome.ts'
import { mediaByline, mediaTitle, soundOf, timeText } from './media-words.ts'

const song: MediaTab = {
  tabId: 'tab:1',
  title: 'The night tide',
  artist: 'Harbour Quartet',
  album: '',
  artworkDataUrl: null,
  site: 'tidewatch.example',
  isPlaying: true,
  isAudible: true,
  isTabMuted: false,
  isSiteMuted: false,
  autoplay: null,
  durationSeconds: 252,
  positionSeconds: 61,
  canSeek: true,
  hasNext: false,
  hasPrevious: false,
  gainDecibels: null,
}

test.each([
  [undefined, 'silent'],
  [song, 'audible'],
  [{ ...song, isTabMuted: true }, 'muted'],
  [{ ...song, isSiteMuted: true }, 'muted'],
  [{ ...song, isSiteMuted: true, isPlaying: false, isAudible: false }, 'silent'],
  [{ ...song, isPlaying: false, isAudible: false }, 'silent'],
])('a tab sounds as it is heard %#', (media, sound) => expect(soundOf(media)).toBe(sound))

test('is called as the page calls it, or by the page itself', () => {
  expect(mediaTitle(song, 'Tide watch')).toBe('The night tide')
  expect(mediaTitle({ ...song, title: '' }, 'Tide watch')).toBe('Tide watch')
  expect(mediaTitle({ ...song, title: '', site: null }, '')).toBe('Untitled')
  expect(mediaByline(song)).toBe('Harbour Quartet')
  expect(mediaByline({ ...song, artist: '' })).toBe('tidewatch.example')
})

test.each([
  [0, '0:00'],
  [61.9, '1:01'],
  [3_662, '1:01:02'],
  [-5, '0:00'],
])('%d seconds are %s', (seconds, text) => expect(timeText(seconds)).toBe(text))
