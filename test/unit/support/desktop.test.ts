// Tests what the virtual desktop reads from its programs: menu layouts, notification calls, window descriptions.
import { Variant } from '@jellybrick/dbus-next'
import { describe, expect, it } from 'vitest'
import { plainText, readNotify } from '../../support/desktop/notifications.ts'
import { parseWindowInfo } from '../../support/desktop/screen.ts'
import { describeMenu, findPath, readLabel, readLayout } from '../../support/desktop/tray-menu.ts'
import { splitItemName } from '../../support/desktop/tray.ts'
import { waitFor } from '../../support/desktop/wait.ts'

function node(id: number, properties: Record<string, Variant>, children: unknown[] = []): Variant {
  return new Variant('(ia{sv}av)', [id, properties, children])
}
const text = (value: string): Variant => new Variant('s', value)
const layout = node(0, {}, [
  node(1, { label: text('_Favourites') }, [node(2, { label: text('Echo (100)') })]),
  node(3, { type: text('separator') }),
  node(4, { label: text('Quiet'), 'toggle-type': text('checkmark'), 'toggle-state': new Variant('i', 1) }),
  node(5, { label: text('Hang up'), enabled: new Variant('b', false) }),
  node(6, { label: text('Secret'), visible: new Variant('b', false) })
])

describe('tray menu', () => {
  it.each([
    ['_Do not disturb', 'Do not disturb'],
    ['a__b', 'a_b'],
    ['___x', '_x'],
    ['plain', 'plain']
  ])('reads the label %s as %s', (raw, shown) => {
    expect(readLabel(raw)).toBe(shown)
  })

  it('reads a layout', () => {
    const root = readLayout(layout)
    expect(
      root.children.map(({ label, kind, enabled, toggle, checked }) => [label, kind, enabled, toggle, checked])
    ).toEqual([
      ['Favourites', 'item', true, 'none', false],
      ['', 'separator', true, 'none', false],
      ['Quiet', 'item', true, 'checkmark', true],
      ['Hang up', 'item', false, 'none', false],
      ['Secret', 'item', true, 'none', false]
    ])
    expect(describeMenu(root.children)).toContain('Favourites\n  Echo (100)\n-\n✓ Quiet\nHang up (disabled)\n')
  })

  it('finds an entry by its path with its place among its siblings', () => {
    expect(
      findPath(readLayout(layout), ['Favourites', 'Echo (100)']).map(({ item, index }) => [item.id, index])
    ).toEqual([
      [1, 0],
      [2, 0]
    ])
  })

  it.each([[['Nobody']], [['Favourites', 'Nobody']], [['Hang up']], [['Secret']]])('refuses %j', (path) => {
    expect(() => findPath(readLayout(layout), path)).toThrow(path.at(-1))
  })
})

describe('tray icon names', () => {
  it('splits owner and object', () => {
    expect(splitItemName(':1.13/StatusNotifierItem')).toEqual({ owner: ':1.13', path: '/StatusNotifierItem' })
    expect(splitItemName('org.kde.StatusNotifierItem-7-1')).toEqual({
      owner: 'org.kde.StatusNotifierItem-7-1',
      path: '/StatusNotifierItem'
    })
  })
})

describe('notifications', () => {
  it('reads a Notify call', () => {
    const hints = { urgency: new Variant('y', 2) }
    expect(
      readNotify(['Tamas', 7, 'icon', 'Call', 'from', ['default', 'Open', 'answer', 'Answer'], hints, -1])
    ).toEqual({
      app: 'Tamas',
      replaces: 7,
      icon: 'icon',
      summary: 'Call',
      body: 'from',
      actions: [
        { key: 'default', label: 'Open' },
        { key: 'answer', label: 'Answer' }
      ],
      hints: { urgency: 2 },
      expireMs: -1
    })
  })

  it('reads markup as it is drawn', () => {
    expect(plainText('<b>Anna</b> &amp; &lt;Co&gt; &amp;amp;')).toBe('Anna & <Co> &amp;')
  })
})

describe('windows', () => {
  it('reads where a window is, also left of the screen', () => {
    const info =
      'Absolute upper-left X:  -20\n  Absolute upper-left Y:  30\n  Width: 640\n  Height: 480\n  Map State: IsViewable'
    expect(parseWindowInfo(info)).toEqual({ visible: true, rect: { x: -20, y: 30, width: 640, height: 480 } })
    expect(parseWindowInfo(info.replace('IsViewable', 'IsUnMapped')).visible).toBe(false)
  })
})

describe('waitFor', () => {
  it('asks again until there is an answer, through failures', async () => {
    const answers = [undefined, new Error('not yet'), 'here']
    const question = (): string | undefined => {
      const answer = answers.shift()
      if (answer instanceof Error) throw answer
      return answer
    }
    expect(await waitFor('it', question, { everyMs: 0 })).toBe('here')
  })

  it('says what it waited for and why not', async () => {
    const failing = waitFor('the moon', () => Promise.reject(new Error('clouds')), { timeoutMs: 0, everyMs: 0 })
    await expect(failing).rejects.toMatchObject({
      message: 'Waited 0 ms in vain: the moon',
      cause: new Error('clouds')
    })
  })
})
