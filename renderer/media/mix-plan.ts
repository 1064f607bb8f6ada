// Who hears whom in a conference that this page mixes, as a pure function. Connects nothing.

/** One call as the mixer knows it; `T` stands for a track. */
export type MixLine<T> = {
  readonly session: string
  /** What the person here says to this call; null while it is not mixed. */
  readonly microphone: T | null
  /** What this call's other side sends. */
  readonly heard: readonly T[]
}

/** A track that goes into what is sent to a session. */
export type MixEdge<T> = { readonly from: T; readonly to: string }

/** To each mixed call goes the microphone and what the other mixed calls send, and never its own voice. */
export const mixPlan = <T>(lines: readonly MixLine<T>[]): readonly MixEdge<T>[] => {
  const mixed = lines.filter((line) => line.microphone !== null)
  return mixed.flatMap((line) => [
    ...(line.microphone === null ? [] : [{ from: line.microphone, to: line.session }]),
    ...mixed
      .filter((other) => other !== line)
      .flatMap((other) => other.heard.map((from) => ({ from, to: line.session })))
  ])
}
