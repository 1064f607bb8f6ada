// One call over a line that the kernel makes bad: a program that is run inside a new network namespace, with the name of
// the line as its argument, and prints what became of the call as one line of JSON.
import { setTimeout as pass } from 'node:timers/promises'
import { startPhoneProcess } from '../support/phone-process.ts'
import { createTestPhone, statesOf } from '../support/test-phone.ts'
import { personOf, startTestServer } from '../support/test-server.ts'
import { createFarPlace, serverAddress, type FarPlace, type Link } from './kernel-world.ts'

export type KernelTalk = {
  /** What of the kernel made the line so; null where it has nothing to make it with. */
  readonly means: string | null
  /** From the return of the line until the other side heard again; 0 where it never was away. */
  readonly backMs: number
  /** Without sound on the two sides. */
  readonly gapMs: { readonly here: number; readonly there: number }
  readonly heardAtEnd: boolean
  readonly words: { readonly here: readonly string[]; readonly there: readonly string[] }
}

type Act = (place: FarPlace, first: Link) => Promise<{ readonly means: string | null; readonly backAt?: number }>

const netem = (name: string, ...args: readonly string[]): Act => {
  return async (_, link) => {
    if (!link.shape('netem', ...args)) return { means: null }
    await pass(talkMs)
    return { means: `netem ${name}` }
  }
}
const talkMs = 8_000

const lines = {
  'another interface and address': async (place, link) => {
    link.remove()
    await pass(500)
    place.newLink()
    return { means: 'veth', backAt: performance.now() }
  },
  'cable out for 8 s': async (_, link) => {
    link.down()
    await pass(8_000)
    link.up()
    return { means: 'veth', backAt: performance.now() }
  },
  '100 kbit/s': async (_, link) => {
    if (!link.shape('tbf', 'rate', '100kbit', 'burst', '4kb', 'latency', '400ms')) return { means: null }
    await pass(talkMs)
    return { means: 'tbf' }
  },
  'UDP blocked in the talk': async (place) => {
    const means = place.blockUdp()
    return { means, ...(means === null ? {} : { backAt: performance.now() }) }
  },
  '100±25 ms, 5 % loss': netem('delay, loss', 'delay', '100ms', '25ms', 'loss', '5%'),
  '250±100 ms, 10 % in bursts': netem('delay, gemodel', 'delay', '250ms', '100ms', 'loss', 'gemodel', '3.7%', '33%')
} satisfies Record<string, Act>
export type KernelLine = keyof typeof lines
export const kernelLines: Readonly<Record<KernelLine, Act>> = lines

const measure = async (name: KernelLine): Promise<KernelTalk> => {
  const [hereHz, thereHz] = [400, 900]
  const place = await createFarPlace()
  try {
    const link = place.newLink()
    const server = await startTestServer(
      { TAMAS_HOST: serverAddress, TAMAS_DEMO: '0', TAMAS_APPLICATION_ID: 'demo' },
      { people: 2 }
    )
    const here = await createTestPhone({ server: server.url, username: personOf(1), hz: hereHz })
    const there = await startPhoneProcess(server.url, personOf(2), thereHz, { listenHz: hereHz, within: place.within })
    try {
      here.phone.dial(personOf(2))
      await here.hears('conversation')
      await (await here.ear()).hears(thereHz)
      await there.look()
      const hearing = here.listenFor(thereHz)
      await pass(1_000)
      const { means, backAt } = await kernelLines[name](place, link)
      let backMs = 0
      if (backAt !== undefined) {
        // It takes a while until nothing is heard any more, and then until it is heard again and for good.
        let heardSince: number | null = null
        while (performance.now() - backAt < 40_000) {
          if (!hearing.isHeard()) heardSince = null
          else heardSince ??= performance.now()
          const isShown = statesOf(here.heard()).at(-1) === 'conversation'
          if (heardSince !== null && performance.now() - heardSince > 5_000 && isShown) break
          await pass(20)
        }
        backMs = heardSince === null ? Infinity : Math.max(0, heardSince - backAt)
      }
      const far = await there.look()
      return {
        means,
        backMs,
        gapMs: { here: hearing.report().longestMs, there: far.longestGapMs },
        heardAtEnd: hearing.isHeard(),
        words: { here: statesOf(here.heard()), there: statesOf(far.heard) }
      }
    } finally {
      await there.kill()
      await here.close()
      await server.stop()
    }
  } finally {
    place.close()
  }
}

if (process.argv[1] === import.meta.filename) {
  const talk = await measure(process.argv[2] as KernelLine)
  process.stdout.write(`\n${JSON.stringify(talk)}\n`)
  process.exit(0)
}
