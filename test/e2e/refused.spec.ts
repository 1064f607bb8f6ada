// What is asked for outside the window and not done is told in the window, in a sentence.
import { catalogue } from '../../common/i18n/index.ts'
import { dialFromTray } from './calls.ts'
import { expect, test } from './fixtures.ts'

test('a second call dialled from the tray is refused with its reason, in the window that comes for it', async ({
  phone,
  world
}) => {
  const a = await phone('101')
  await phone('102')
  const calling = a.delegate.nextCall()
  await dialFromTray(world, a, '102')
  await calling.waitFor('ringing')
  await a.hideToTray()
  await dialFromTray(world, a, '103')
  await expect(a.page.getByText(catalogue('en').errors.too_many_calls)).toBeVisible()
  await expect.poll(() => world.desktop.isVisible(a.pid)).toBe(true)
  expect((await a.snapshot()).calls).toHaveLength(1)
})
