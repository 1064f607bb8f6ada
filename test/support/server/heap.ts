// What a server holds in its heap once the rubbish is collected, asked through the inspector of its process: the only
// number that tells a leak from memory that nobody has cleaned up yet. The server must run with `inspected`.

/** To be added to the environment of a server that is to be looked into. */
export const inspected = { NODE_OPTIONS: '--inspect=127.0.0.1:0' } as const

export type HeapGauge = {
  /** Collects what is not used any more; gives what is left, in MiB. */
  readonly liveMiB: () => Promise<number>
  readonly close: () => void
}

type Answer = { readonly id?: number; readonly result?: { readonly usedSize?: number }; readonly error?: unknown }

const mib = 1_048_576

/** `output` is what the server has printed so far: its inspector says there where it listens. */
export const openHeapGauge = async (output: string): Promise<HeapGauge> => {
  // A server that was started again has said so more than once.
  const url = [...output.matchAll(/ws:\/\/127\.0\.0\.1:\d+\/\S+/g)].at(-1)?.[0]
  if (url === undefined) throw new Error('the server has no inspector')
  const socket = new WebSocket(url)
  const waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>()
  let asked = 0
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => {
      resolve()
    }
    socket.onerror = () => {
      reject(new Error(`no inspector answers at ${url}`))
    }
  })
  socket.onmessage = ({ data }) => {
    const answer = JSON.parse(String(data)) as Answer
    if (answer.id === undefined) return
    waiting.get(answer.id)?.resolve(answer)
    waiting.delete(answer.id)
  }
  socket.onclose = () => {
    for (const { reject } of waiting.values()) reject(new Error('the inspector is gone'))
  }
  const ask = (method: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      asked += 1
      waiting.set(asked, { resolve, reject })
      socket.send(JSON.stringify({ id: asked, method }))
    })
  return {
    liveMiB: async () => {
      await ask('HeapProfiler.collectGarbage')
      const { result, error } = await ask('Runtime.getHeapUsage')
      if (result?.usedSize === undefined)
        throw new Error(`the inspector does not tell the heap: ${JSON.stringify(error)}`)
      return result.usedSize / mib
    },
    close: () => {
      socket.close()
    }
  }
}
