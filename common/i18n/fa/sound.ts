// فارسی: آهنگ‌های زنگ، دستگاه‌های صدا و امتحان کردنشان.
import type { soundEn } from '../en/sound.ts'

export const soundFa: typeof soundEn = {
  ringing: 'زنگ خوردن',
  ringtone: 'آهنگ زنگ',
  ringtones: { bells: 'زنگوله', santur: 'سنتور', marimba: 'ماریمبا', telephone: 'تلفن', silent: 'بی‌صدا' },
  silentHint: 'تماس‌ها نشان داده می‌شوند، اما صدایی ندارند.',
  testRing: 'شنیدن زنگ',
  testSpeaker: 'امتحان بلندگو',
  inCall: 'هنگام تماس',
  tryMicrophone: 'امتحان میکروفون',
  tried: 'پایان امتحان',
  speakNow: 'چیزی بگویید؛ نوار با صدای شما بالا و پایین می‌رود.',
  repeat: 'ضبط و شنیدن',
  recording: 'سه ثانیه ضبط می‌شود. حرف بزنید…',
  playing: 'صدای شما این‌طور شنیده می‌شود.',
  yourLevel: 'بلندی میکروفون شما',
  theirLevel: 'بلندی صدایی که می‌شنوید',
  atOnce: 'هر تغییر بی‌درنگ اعمال می‌شود، حتی در میان تماس.',
  away: (name) => `وصل نیست: ${name}`,
  deviceLost: (names) => `ارتباط با ${names} قطع شد. تا وصل شدن دوباره، از پیش‌فرض سیستم استفاده می‌شود.`,
  deviceBack: (names) => `${names} دوباره وصل شد و استفاده می‌شود.`
}
