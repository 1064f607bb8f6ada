// فارسی: تماس با شماره‌ای که جایی رونوشت شده است.
import type { copiedEn } from '../en/copied.ts'

export const copiedFa: typeof copiedEn = {
  dial: 'تماس با شمارهٔ رونوشت‌شده…',
  setting: 'پیشنهاد تماس با شماره‌هایی که رونوشت می‌کنم',
  settingHint: 'وقتی به این پنجره می‌آیید، برنامه نگاه می‌کند که شماره‌ای رونوشت کرده‌اید یا نه؛ هرگز در پس‌زمینه.',
  offer: (who) => `رونوشت کرده‌اید: ${who}`,
  call: 'تماس',
  callWho: (who) => `تماس با ${who}`,
  dismiss: 'این شماره پیشنهاد نشود'
}
