// فارسی: مخاطبی که هم‌زمان در دو دستگاه ذخیره شده است.
import type { contactClashEn } from '../en/contact-clash.ts'

export const contactClashFa: typeof contactClashEn = {
  title: 'تغییر در دستگاه دیگر',
  text: 'هنگامی که می‌نوشتید، این مخاطب در دستگاه دیگر شما ذخیره شد. کدام یک بماند؟',
  mine: 'اینجا',
  theirs: 'دستگاه دیگر',
  empty: 'خالی',
  keepMine: 'نوشتهٔ من بماند',
  takeTheirs: 'نسخهٔ دیگر بماند',
  removedTitle: 'حذف در دستگاه دیگر',
  removedText: 'هنگامی که می‌نوشتید، این مخاطب در دستگاه دیگر شما حذف شد.',
  leaveRemoved: 'حذف‌شده بماند'
}
