// Putting rows of a list in another order by pointer: which one is dragged, how far, and where the others make room.
// Knows no rows; whoever uses it is told the places at the end.

/** So little is a click, not a drag. */
const leastMove = 6
/** So near to an edge of the list, it scrolls. */
const edge = 36
const scrollStep = 10

type Drag = {
  readonly from: number
  readonly rowHeight: number
  readonly startY: number
  readonly scroller: HTMLElement | null
  readonly startScroll: number
}

/**
 *   rest ──down──▶ pressed ──moved far enough──▶ dragging ──up──▶ dropped: told, rest
 *                     └─up: a click─▶ rest           └──Escape, cancelled──▶ rest
 */
export class RowDrag {
  #drag: Drag | null = null
  #pointerY = 0
  #moved = $state.raw<{
    readonly from: number
    readonly to: number
    readonly by: number
    readonly rowHeight: number
  } | null>(null)
  #scrolling = 0
  readonly #count: () => number
  readonly #drop: (from: number, to: number) => void

  /** `count` rows can be put in order; `drop` is told one's old and new place. */
  constructor(count: () => number, drop: (from: number, to: number) => void) {
    this.#count = count
    this.#drop = drop
  }

  /** The place of the row that is being dragged, or null. */
  get dragged(): number | null {
    return this.#moved?.from ?? null
  }

  /** By how many pixels a row is out of its place. */
  shiftOf(index: number): number {
    const moved = this.#moved
    if (moved === null) return 0
    if (index === moved.from) return moved.by
    if (index > moved.from && index <= moved.to) return -moved.rowHeight
    if (index < moved.from && index >= moved.to) return moved.rowHeight
    return 0
  }

  /** The pointer was pressed on a row. A finger scrolls, unless it is on the handle. */
  readonly down = (event: PointerEvent, index: number, rowHeight: number, scroller: HTMLElement | null): void => {
    const onHandle = event.target instanceof Element && event.target.closest('[data-handle]') !== null
    if (event.button !== 0 || this.#drag !== null || (event.pointerType !== 'mouse' && !onHandle)) return
    const startScroll = scroller?.scrollTop ?? 0
    this.#drag = { from: index, rowHeight, startY: event.clientY, scroller, startScroll }
    window.addEventListener('pointermove', this.#move)
    window.addEventListener('pointerup', this.#up)
    window.addEventListener('pointercancel', this.#end)
    window.addEventListener('keydown', this.#key, true)
  }

  /** Ends it without a drop. */
  readonly stop = (): void => this.#end()

  readonly #move = (event: PointerEvent): void => {
    this.#pointerY = event.clientY
    const drag = this.#drag
    if (drag === null) return
    if (this.#moved === null && Math.abs(event.clientY - drag.startY) < leastMove) return
    this.#place(drag)
    this.#scrollAtEdge()
  }
  #place({ from, startY, rowHeight, scroller, startScroll }: Drag): void {
    const last = this.#count() - 1
    const wanted = this.#pointerY - startY + (scroller?.scrollTop ?? 0) - startScroll
    const by = Math.min(Math.max(wanted, -from * rowHeight), (last - from) * rowHeight)
    this.#moved = { from, to: from + Math.round(by / rowHeight), by, rowHeight }
  }
  #scrollAtEdge(): void {
    cancelAnimationFrame(this.#scrolling)
    const drag = this.#drag
    const box = drag?.scroller?.getBoundingClientRect()
    if (!drag?.scroller || box === undefined) return
    const step = this.#pointerY < box.top + edge ? -scrollStep : this.#pointerY > box.bottom - edge ? scrollStep : 0
    if (step === 0) return
    drag.scroller.scrollTop += step
    this.#place(drag)
    this.#scrolling = requestAnimationFrame(() => this.#scrollAtEdge())
  }
  readonly #up = (): void => {
    const moved = this.#moved
    this.#end()
    if (moved === null) return
    // What was dragged was not clicked.
    const swallow = (event: MouseEvent) => {
      event.stopPropagation()
      event.preventDefault()
    }
    window.addEventListener('click', swallow, { capture: true, once: true })
    setTimeout(() => window.removeEventListener('click', swallow, true))
    if (moved.from !== moved.to) this.#drop(moved.from, moved.to)
  }
  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || this.#moved === null) return
    event.preventDefault()
    event.stopPropagation()
    this.#end()
  }
  readonly #end = (): void => {
    cancelAnimationFrame(this.#scrolling)
    window.removeEventListener('pointermove', this.#move)
    window.removeEventListener('pointerup', this.#up)
    window.removeEventListener('pointercancel', this.#end)
    window.removeEventListener('keydown', this.#key, true)
    this.#drag = null
    this.#moved = null
  }
}
