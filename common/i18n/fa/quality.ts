// فارسی: صدای گفتگو چه کیفیتی دارد و چه چیزی به آن آسیب می‌زند.
import type { qualityEn } from '../en/quality.ts'

export const qualityFa: typeof qualityEn = {
  label: 'کیفیت صدا',
  levels: { good: 'خوب', fair: 'متوسط', poor: 'ضعیف' },
  button: (level) => `کیفیت صدا: ${level}`,
  lossIn: {
    mine: (percent) => `شبکهٔ شما ${percent} از صدایی را که می‌شنوید گم می‌کند.`,
    theirs: (percent) => `شبکهٔ طرف مقابل ${percent} از صدایش را گم می‌کند.`,
    unknown: (percent) => `${percent} از صدای طرف مقابل در راه گم می‌شود.`
  },
  lossOut: {
    mine: (percent) => `شبکهٔ شما ${percent} از صدایتان را گم می‌کند.`,
    theirs: (percent) => `شبکهٔ طرف مقابل ${percent} از صدای شما را گم می‌کند.`,
    unknown: (percent) => `${percent} از صدای شما در راه گم می‌شود.`
  },
  delay: (time) => `تأخیر زیاد است: صدا دست‌کم ${time} در راه است.`,
  recovering: 'صدا دارد بهتر می‌شود.',
  turnedPoor: 'صدا اکنون ضعیف است.',
  unheard: (name) => `از ${name} صدایی نمی‌آید. آیا میکروفونش روشن است؟`,

  details: {
    opinion: 'نمرهٔ تخمینی (MOS)',
    markOf: (mark, best) => `${mark} از ${best}`,
    lossIn: 'گم‌شده در راهِ شما',
    gaps: 'بخش‌های بازسازی‌شده',
    lossOut: 'گم‌شده در راهِ طرف مقابل',
    delay: 'تأخیر، دست‌کم',
    buffer: 'از آن، انتظار برای صدای دیررسیده',
    roundTrip: 'تا سرور و بازگشت',
    note: 'اندازه‌گیری‌شده در ده ثانیهٔ گذشته.'
  }
}
