// Which program of the desktop opens the phone links of others (tel:, callto:, sip:, sips:). Types only.

export type PhoneLinksStanding =
  /** The desktop does not know Tamas, which was not installed then, or it can't be asked. */
  | { readonly at: 'unknown' }
  /** Tamas opens all of them. */
  | { readonly at: 'here' }
  /** All of them, or some, open elsewhere: in this program, as it calls itself; null where that is not known, or there is none. */
  | { readonly at: 'elsewhere' | 'partly'; readonly program: string | null }
