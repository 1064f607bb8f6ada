// فارسی: رها کردن پنجره تا وقتی که پنهان است.
import type { restEn } from '../en/rest.ts'

export const restFa: typeof restEn = {
  setting: 'حافظهٔ کمتر در سینی سیستم',
  settingHint:
    'برنامه یک دقیقه پس از پنهان شدن پنجره آن را رها می‌کند. با هر تماس باز می‌گردد و تا آن هنگام اعلان زنگ می‌زند.'
}
