// The list of past calls as it is asked for: words, kinds, pages; and the files made of it.
import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../../common/i18n/index.ts'
import type { RecentsAsked, RecentsPage } from '../../../../common/ipc.ts'
import { fail, ok, type Result } from '../../../../common/result.ts'
import type { HistoryEntry } from '../../../../common/types.ts'
import { recentsCsv, recentsFileName, recentsJson } from '../../../../renderer/state/recents-file.ts'
import { pageRows, RecentsList } from '../../../../renderer/state/recents-list.svelte.ts'
import { pageOf } from '../../../support/ui-gallery/past.ts'
import { recents } from '../../../support/ui-gallery/people.ts'

const [first] = recents(1_000_000_000)
if (first === undefined) throw new Error('no calls')
const calls = (count: number): readonly HistoryEntry[] =>
  Array.from({ length: count }, (_, at) => ({ ...first, callId: `p${count - at}`, createdAt: count - at }))

const setUp = (all: readonly HistoryEntry[], newest: readonly HistoryEntry[] = all.slice(0, 50)) => {
  const asked: RecentsAsked[] = []
  const now = { newest, failing: false, gone: [] as readonly string[], from: 'server' as RecentsPage['from'] }
  const waiting: (() => void)[] = []
  let isHeld = false
  const list = new RecentsList(
    async (wanted): Promise<Result<RecentsPage>> => {
      asked.push(wanted)
      if (isHeld) await new Promise<void>((resolve) => waiting.push(resolve))
      return now.failing ? fail('disconnected') : ok(pageOf(all, wanted, now.from))
    },
    () => now.newest,
    () => now.gone
  )
  return {
    list,
    asked,
    now,
    hold: () => {
      isHeld = true
    },
    release: () => {
      isHeld = false
      for (const go of waiting.splice(0)) go()
    }
  }
}
const ids = (list: RecentsList) => list.entries.map(({ callId }) => callId)

describe('the list of past calls', () => {
  it('begins with the newest and goes on page by page to the end, each call once', async () => {
    const all = calls(230)
    const { list, asked } = setUp(all)
    expect(list.entries).toHaveLength(50)
    await list.more()
    expect([list.entries.length, list.phase]).toEqual([pageRows, 'idle'])
    await list.more()
    await list.more()
    await list.more()
    expect([list.phase, asked.length]).toEqual(['done', 3])
    expect(list.entries).toEqual(all)
  })

  it('goes on where the first page only repeats what is there', async () => {
    const { list, asked } = setUp(calls(130), calls(130).slice(0, pageRows))
    await list.more()
    expect([list.entries.length, asked.length]).toEqual([130, 2])
  })

  it('may be asked again after a failure, and says why', async () => {
    const { list, now } = setUp(calls(80))
    now.failing = true
    await list.more()
    expect([list.phase, list.error, list.entries.length]).toEqual(['failed', 'disconnected', 50])
    now.failing = false
    await list.more()
    expect([list.phase, list.error, list.entries.length]).toEqual(['done', null, 80])
  })

  it('begins anew with other words, and what was asked before is nobody’s any more', async () => {
    const { list, hold, release } = setUp(recents(1_000_000_000))
    hold()
    const late = list.more()
    list.want({ q: 'سارا' })
    release()
    await late
    expect(list.phase).toBe('idle')
    // What is known already is there at once.
    expect(ids(list)).toEqual(['c2', 'c7', 'c10'])
    await list.more()
    expect(list.phase).toBe('done')
    list.want({ q: '', filter: 'missed' })
    expect(ids(list)).toEqual(['c1', 'c1b', 'c1c', 'c8'])
    list.want({ filter: 'missed' })
    expect(list.phase).toBe('idle')
  })

  it('hides what is taken away until it is brought back', async () => {
    const all = calls(3)
    const { list, now } = setUp(all)
    now.gone = ['p2']
    list.follow(all)
    await list.more()
    expect(ids(list)).toEqual(['p3', 'p1'])
    const answer = await list.all()
    expect(answer.ok && answer.value.map(({ callId }) => callId)).toEqual(['p3', 'p1'])
    // The newest come without it, and it is at hand all the same.
    list.follow(all.filter(({ callId }) => callId !== 'p2'))
    now.gone = []
    expect(ids(list)).toEqual(['p3', 'p2', 'p1'])
  })

  it('drops what was taken away on another device, and not what newer calls have pushed off the newest', async () => {
    const all = calls(80)
    const { list, now } = setUp(all)
    const tell = (newest: readonly HistoryEntry[]) => {
      now.newest = newest
      list.follow(newest)
    }
    tell(all.slice(0, 50))
    await list.more()
    tell(all.slice(0, 51).filter(({ callId }) => callId !== 'p70'))
    expect(ids(list)).not.toContain('p70')
    expect(list.entries).toHaveLength(79)
    tell([{ ...first, callId: 'new', createdAt: 1_000 }, ...now.newest.slice(0, 49)])
    expect(list.entries).toHaveLength(80)
  })

  it('drops the oldest of few, and begins anew where all are gone', async () => {
    const all = calls(3)
    const { list, now } = setUp(all)
    list.follow(all)
    await list.more()
    now.newest = all.slice(0, 2)
    list.follow(now.newest)
    expect(ids(list)).toEqual(['p3', 'p2'])
    now.newest = []
    list.follow([])
    expect([list.entries.length, list.phase]).toEqual([0, 'idle'])
  })

  it('asks anew when the server is there again, where it could not or had only what is kept', async () => {
    const { list, now, asked } = setUp(calls(80))
    now.from = 'kept'
    await list.more()
    now.from = 'server'
    await list.rejoined()
    expect([list.from, list.phase, asked.length]).toEqual(['server', 'done', 2])
    await list.rejoined()
    expect(asked).toHaveLength(2)
    now.failing = true
    list.restart()
    await list.more()
    now.failing = false
    await list.rejoined()
    expect([list.phase, list.entries.length]).toEqual(['done', 80])
  })

  it('looks with the other keyboard where nothing fits, and for what was typed again with each news of it', async () => {
    const all = recents(1_000_000_000)
    const { list, now, asked } = setUp(all)
    const wanted = () => asked.splice(0).map(({ q, filter }) => `${filter} ${q}`)
    list.follow(all)
    list.want({ q: 'سشقش' })
    await list.more()
    expect([list.q, list.by, ids(list).slice(0, 1)]).toEqual(['سشقش', 'sara', ['c2']])
    expect(wanted()).toEqual(['all سشقش', 'all sara'])
    const file = await list.all()
    expect([file.ok && file.value.length, wanted()]).toEqual([list.entries.length, ['all sara']])

    // Another kind, in which she is not: neither with this keyboard nor with the other one.
    list.want({ filter: 'missed' })
    await list.more()
    expect([list.by, list.phase, ids(list)]).toEqual(['سشقش', 'done', []])
    expect(wanted()).toEqual(['missed سشقش', 'missed sara'])
    list.want({ filter: 'all' })
    await list.more()
    expect([list.by, wanted()]).toEqual(['sara', ['all سشقش', 'all sara']])

    const tell = (newest: readonly HistoryEntry[]) => {
      now.newest = newest
      list.follow(newest)
    }
    tell([{ ...first, callId: 'n1', createdAt: 2_000_000_000 }, ...all])
    expect([list.by, wanted()]).toEqual(['sara', []])
    const peer = { ...first.peer, names: { en: 'x', fa: 'سشقش' } }
    tell([{ ...first, peer, callId: 'n2', createdAt: 2_000_000_001 }, ...now.newest])
    expect([list.by, ids(list)]).toEqual(['سشقش', ['n2']])
    await list.more()
    expect(wanted()).toEqual(['all سشقش'])

    // Nobody is called so in any way, until somebody who is has called.
    list.want({ q: 'بیش' })
    await list.more()
    expect([list.by, wanted()]).toEqual(['بیش', ['all بیش', 'all fda']])
    tell([
      { ...first, peer: { ...peer, names: { en: 'fda', fa: '' } }, callId: 'n3', createdAt: 3_000_000_000 },
      ...all
    ])
    await list.more()
    expect([list.by, ids(list)]).toEqual(['fda', ['n3']])
  })

  it('gives all that fit for a file, or says why not', async () => {
    const { list, now, asked } = setUp(calls(1_203))
    const answer = await list.all()
    expect(answer.ok && answer.value.length).toBe(1_203)
    expect(asked.map(({ limit }) => limit)).toEqual([500, 500, 500])
    now.failing = true
    expect(await list.all()).toMatchObject({ ok: false, error: { code: 'disconnected' } })
  })

  it('tells where it comes from', async () => {
    const { list, now } = setUp(calls(3))
    now.from = 'kept'
    await list.more()
    expect(list.from).toBe('kept')
    list.restart()
    expect(list.from).toBe('server')
  })
})

describe('as a file', () => {
  const entry = { ...first, createdAt: Date.UTC(2026, 10, 23, 5, 6, 7), durationMs: 61_400 }
  const named = (en: string): HistoryEntry => ({ ...entry, peer: { ...entry.peer, names: { en, fa: '' } } })

  it('it is a table that spreadsheets understand, in the language of the person', () => {
    const lines = recentsCsv([entry], 'en', catalogue('en')).split('\r\n')
    expect(lines[0]).toBe('\ufeffTime (UTC),Direction,Name,Number,Outcome,Talk time (seconds)')
    expect(lines[1]).toBe('2026-11-23T05:06:07.000Z,Incoming,Niloufar Yazdani,104,Missed call,61')
    expect(lines[2]).toBe('')
    expect(recentsCsv([entry], 'fa', catalogue('fa'))).toContain(',ورودی,نیلوفر یزدانی,104,تماس از دست رفته,61')
  })

  it('no name becomes a formula or another cell, and a number stays one', () => {
    const cellOf = (name: string) => recentsCsv([named(name)], 'en', catalogue('en')).split('\r\n')[1]
    expect(cellOf('=1+1')).toContain(",'=1+1,")
    expect(cellOf('@x')).toContain(",'@x,")
    expect(cellOf('A "B", C')).toContain(',"A ""B"", C",')
    expect(cellOf('+982188776655')).toContain(',+982188776655,')
  })

  it('it is JSON with every time in ISO 8601', () => {
    expect(JSON.parse(recentsJson([entry]))).toMatchObject({
      version: 1,
      calls: [{ direction: 'inbound', createdAt: '2026-11-23T05:06:07.000Z', startedAt: null, outcome: 'missed' }]
    })
    expect(recentsFileName('csv', entry.createdAt)).toBe('tamas-calls-2026-11-23.csv')
  })
})
