const sentences =
  'Every morning the ferry crosses the sound with bread, letters and three sleepy teachers. In winter it is late. ' +
  'Nobody minds: whoever lives on an island has learned to wait for weather, and to read while waiting. '
const paragraphs = Array.from({ length: 60 }, (_, index) => `<p>${index + 1}. ${sentences.repeat(3)}`).join(
  '',
)
const style = '<style>body{margin:0;font:15px/1.4 sans-serif;background:#fff}p{margin:8px 16px}</style>'

/** A corner whose grey changes with each frame, eight times before one comes back, so that frames can be counted. */
const flicker = `<div id=flicker style="position:fixed;left:0;top:0;width:24px;height:24px"></div><script>
let frame = 0
;(function draw() { const grey = 16 + (frame++ % 8) * 32; flicker.style.background = 'rgb(' + [grey, grey, grey] + ')'; requestAnimationFrame(draw) })()
</script>`

export const pages = {
  /** Little changes in each frame: a box moves over a page of text. */
  box: `${style}${paragraphs}<div id=box style="position:fixed;top:200px;width:160px;height:160px;background:#c33"></div>
<script>(function move(t) { box.style.left = (t / 4) % 1000 + 'px'; requestAnimationFrame(move) })(0)</script>${flicker}`,
  /** The same box on a page with three paragraphs, as most of a page is empty. */
  sparse: `${style}${`<p>${sentences}</p>`.repeat(3)}<div id=box style="position:fixed;top:200px;width:160px;height:160px;background:#c33"></div>
<script>(function move(t) { box.style.left = (t / 4) % 1000 + 'px'; requestAnimationFrame(move) })(0)</script>${flicker}`,
  /** Everything changes in each frame: a page of text scrolls. */
  scroll: `${style}${paragraphs}<script>(function turn(t) { scrollTo(0, (t / 2) % 6000); requestAnimationFrame(turn) })(0)</script>${flicker}`,
  /** Nothing changes. */
  still: `${style}${paragraphs}`,
  /** A square changes its colour with each key and each click. */
  keys: `${style}<div id=square style="position:fixed;left:0;top:0;width:24px;height:24px;background:#fff"></div>${paragraphs}<script>
let count = 0
const turn = () => { square.style.background = ++count % 2 ? '#000' : '#fff' }
addEventListener('keydown', turn)
</script>`,
}
