// Contacts on the real app: a file of three people is taken over, one of them found with an Arabic keyboard's letters,
// called, and made a favourite by keyboard.
import { catalogue } from '../../common/i18n/index.ts'
import { forgetPeople } from '../support/raw-phone.ts'
import { expect, test } from './fixtures.ts'

const { contacts, ui } = catalogue('en')

const people = [
  ['کاوه کیانی', '102'],
  ['Laleh Navabi', '+98 912 000 1122'],
  ['زهره بهرامی', '021 1234 5678']
] as const
const file = people
  .map(([name, number]) => ['BEGIN:VCARD', 'VERSION:3.0', `FN:${name}`, `TEL:${number}`, 'END:VCARD', ''].join('\r\n'))
  .join('')

// The server is that of other tests too, and names of one's own are shown wherever these people are.
test.afterEach(({ world }) => forgetPeople(world.server.url, '101'))

test('a file of contacts is taken over, one is found, called and made a favourite by keyboard', async ({ phone }) => {
  const [a, b] = await Promise.all([phone('101'), phone('102')])
  const { page } = a
  await page.getByRole('button', { name: contacts.menu }).click()
  await page.getByRole('button', { name: contacts.import }).click()
  const dialog = page.getByRole('dialog')
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'people.vcf', mimeType: 'text/vcard', buffer: Buffer.from(file) })
  await expect(dialog.getByText(contacts.file.found(3, '3'))).toBeVisible()
  await dialog.getByRole('button', { name: contacts.file.submit(3, '3') }).click()
  await expect(dialog.getByText(contacts.file.done('3', '0'))).toBeVisible()
  await dialog.getByRole('button', { name: contacts.file.finish }).click()

  const called = b.delegate.nextCall()
  const field = page.getByRole('textbox', { name: ui.home.search })
  await field.fill('كاوه ك')
  const [name] = people[0]
  await expect(page.getByRole('button', { name: ui.home.call(name) }).first()).toBeVisible()
  await field.press('Enter')
  await called.waitFor('ringing/L')
  const stage = page.getByRole('region', { name: ui.call.label })
  await stage.getByRole('button', { name: ui.call.cancel }).click()
  await called.waitFor('flushed/L')
  await expect(stage).toBeHidden()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('کاوه')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await a.waitForSnapshot('has a favourite', ({ favourites }) => favourites.includes('102'))
  await expect(page.getByRole('button', { name: ui.home.removeFavourite(name) })).toBeFocused()
})
