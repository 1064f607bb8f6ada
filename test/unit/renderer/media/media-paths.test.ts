// Media by one way alone: what the server offers is narrowed to it, what there is is made anew, and otherwise nothing is
// touched. And by which way a call really goes, from the browser's statistics.
import { describe, expect, it, vi } from 'vitest'
import { ok } from '../../../../common/result.ts'
import type { MediaBridge } from '../../../../renderer/media/legs.ts'
import { pathOf } from '../../../../renderer/media/line-path.ts'
import { createMediaPaths } from '../../../../renderer/media/media-paths.ts'

const candidate = (protocol: string, port: number) => ({ protocol, port, foundation: protocol })
const transport = { iceCandidates: [candidate('udp', 40_000), candidate('tcp', 40_001)] }
const opening = { epoch: 1, iceServers: [{ urls: ['turn:relay.example.org'] }], send: transport, recv: transport }

const make = () => {
  const mediaRequest = vi.fn(async () => Promise.resolve(ok(structuredClone(opening))))
  const mediaFact = vi.fn(async () => Promise.resolve(ok({})))
  const paths = createMediaPaths({ mediaRequest, mediaFact } as unknown as MediaBridge)
  const open = async (epoch = 1) => {
    const data = { requestId: 'r', session: 's', epoch, data: {} } as const
    const answer = await paths.bridge.mediaRequest({ ...data, name: 'media.open' })
    return answer.ok ? answer.value : null
  }
  return { paths, mediaFact, open }
}
const protocolsOf = (opened: unknown) => {
  const { send, recv } = opened as typeof opening
  return [send, recv].map(({ iceCandidates }) => iceCandidates.map(({ protocol }) => protocol))
}

describe('ways', () => {
  it('are all there for calls', async () => {
    const { paths, open } = make()
    expect(await open()).toEqual(opening)
    expect(paths.making()?.offer).toEqual({ udp: 40_000, tcp: 40_001, relay: true })
  })

  it.each(['udp', 'tcp'] as const)('%s alone is the only one, without a relay', async (path) => {
    const { paths, open } = make()
    paths.use(path)
    const opened = await open()
    expect(protocolsOf(opened)).toEqual([[path], [path]])
    expect(opened).toMatchObject({ iceServers: [] })
    // What the server offers besides is still known.
    expect(paths.making()?.offer).toEqual({ udp: 40_000, tcp: 40_001, relay: true })
  })

  it('that change make anew what there is, once', async () => {
    const { paths, mediaFact, open } = make()
    paths.use('tcp')
    expect(mediaFact).not.toHaveBeenCalled()
    await open(3)
    paths.use('udp')
    paths.use('udp')
    expect(mediaFact.mock.calls).toEqual([[{ session: 's', epoch: 3, fact: { kind: 'rebuild' } }]])
    expect(paths.making()).toBeNull()
    await open(4)
    expect(paths.making()?.epoch).toBe(4)
  })

  it('leave everything else as it is', async () => {
    const { paths } = make()
    paths.use('udp')
    const answer = await paths.bridge.mediaRequest({
      requestId: 'r',
      session: 's',
      epoch: 1,
      name: 'media.restartIce',
      data: { flow: 'send' }
    })
    expect(answer).toEqual(ok(opening))
    expect(paths.making()).toBeNull()
  })
})

describe('the way a call goes', () => {
  const report = (protocol: string, dtlsState = 'connected', more: readonly object[] = []) =>
    new Map(
      [
        { id: 'T', type: 'transport', dtlsState, selectedCandidatePairId: 'P' },
        { id: 'P', type: 'candidate-pair', localCandidateId: 'L' },
        { id: 'Q', type: 'candidate-pair', localCandidateId: 'other' },
        { id: 'L', type: 'local-candidate', protocol },
        ...more
      ].map((entry, index) => [String(index), entry])
    )

  it('is known once both ways are up', () => {
    const jitter = { id: 'I', type: 'inbound-rtp', kind: 'audio', jitter: 0.004 }
    expect(pathOf([report('tcp'), report('tcp', 'connected', [jitter])])).toEqual({
      connected: true,
      protocols: ['tcp', 'tcp'],
      jitterMs: 4
    })
  })

  it.each([
    ['one is not up yet', [report('udp'), report('udp', 'connecting')]],
    ['one is not there', [report('udp')]],
    ['nothing is', []]
  ])('is not where %s', (_what, reports) => {
    expect(pathOf(reports).connected).toBe(false)
  })
})
