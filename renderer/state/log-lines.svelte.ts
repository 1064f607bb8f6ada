// The lines of the log that are shown: read when asked, those that came since added at the end, the oldest let go of.
import { fold } from '../../common/fold.ts'
import type { MainBridge } from '../../common/ipc.ts'
import { mostLogLines, type LogLine } from '../../common/log-lines.ts'
import type { LogOf, NumberedLine } from './log-view.ts'

/**
 *   loading ──read──▶ there ◀──read── failed
 *      └────can't be read──────────────▲
 *
 * `there`, it stays so: what can't be read then comes with the next try.
 */
export type LogPhase = 'loading' | 'there' | 'failed'

export class LogLines {
  phase = $state<LogPhase>('loading')
  lines = $state.raw<readonly NumberedLine[]>([])
  /** When the oldest line was written that is still kept; null where there is none, or it was not asked. */
  since = $state<number | null>(null)
  readonly #of: LogOf
  readonly #bridge: Pick<MainBridge, 'readLog' | 'callLog'>
  #count = 0
  #next: number | null = null
  #isReading = false

  constructor(of: LogOf, bridge: Pick<MainBridge, 'readLog' | 'callLog'>) {
    this.#of = of
    this.#bridge = bridge
  }

  /** All of it; once there, what came since. */
  async read(): Promise<void> {
    if (this.#isReading) return
    this.#isReading = true
    await (this.#of === null ? this.#readEnd() : this.#readCall(this.#of.callId))
    this.#isReading = false
  }

  async #readEnd(): Promise<void> {
    const answer = await this.#bridge.readLog({ after: this.#next })
    if (!answer.ok) {
      this.#fail()
      return
    }
    const { lines, next, anew } = answer.value
    this.#next = next
    this.phase = 'there'
    if (anew || lines.length > 0) {
      this.lines = [...(anew ? [] : this.lines), ...this.#numbered(lines)].slice(-mostLogLines)
    }
  }

  async #readCall(callId: string): Promise<void> {
    const answer = await this.#bridge.callLog({ callId })
    if (!answer.ok) {
      this.#fail()
      return
    }
    this.since = answer.value.since
    this.phase = 'there'
    this.lines = this.#numbered(answer.value.lines)
  }

  #fail(): void {
    if (this.phase !== 'there') this.phase = 'failed'
  }

  #numbered(lines: readonly LogLine[]): readonly NumberedLine[] {
    return lines.map((line) => {
      this.#count += 1
      return { key: String(this.#count), line, folded: fold(`${line.level} ${line.text}`) }
    })
  }
}
