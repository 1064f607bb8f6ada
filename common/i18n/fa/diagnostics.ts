// فارسی: آنچه ناگهان از کار افتاده است، و گزارش‌ها برای دیدن.
import type { diagnosticsEn } from '../en/diagnostics.ts'

export const diagnosticsFa: typeof diagnosticsEn = {
  appStopped: (when) => `برنامه ناگهان از کار افتاده بود (${when}). شرح آن فقط روی همین دستگاه می‌ماند.`,
  pageStopped: (when) => `این پنجره ناگهان بسته و دوباره باز شد (${when}). شرح آن فقط روی همین دستگاه می‌ماند.`,
  show: 'نمایش'
}
