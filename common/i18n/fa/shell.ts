// فارسی: فهرست سینی سیستم، اعلان‌ها، عنوان پنجره‌ها و گفتگوهای سیستم.
import type { shellEn } from '../en/shell.ts'

export const shellFa: typeof shellEn = {
  appName: 'تماس',
  answer: 'پاسخ',
  decline: 'رد کردن',
  hangUp: 'قطع تماس',
  mute: 'بی‌صدا',
  unmute: 'باصدا',
  open: 'باز کردن تماس',
  quit: 'خروج'
}
