// What the app uses of WebHID, as types: the browser's own `navigator.hid` fits them, and so does a test's fake.

/** Usages are 32 bits: the page above, the usage below. */
export type HidItem = {
  readonly isAbsolute: boolean
  readonly isArray: boolean
  readonly isConstant: boolean
  readonly isRange: boolean
  readonly hasPreferredState: boolean
  readonly usages?: readonly number[]
  readonly usageMinimum?: number
  readonly usageMaximum?: number
  readonly reportSize: number
  readonly reportCount: number
  readonly logicalMinimum: number
  readonly logicalMaximum: number
}
export type HidReport = { readonly reportId: number; readonly items: readonly HidItem[] }
export type HidCollection = {
  readonly usagePage: number
  readonly usage: number
  readonly children: readonly HidCollection[]
  readonly inputReports: readonly HidReport[]
  readonly outputReports: readonly HidReport[]
}

export type HidInput = { readonly reportId: number; readonly data: DataView }
export type HidDevice = {
  readonly opened: boolean
  readonly vendorId: number
  readonly productId: number
  readonly productName: string
  readonly collections: readonly HidCollection[]
  readonly open: () => Promise<void>
  readonly close: () => Promise<void>
  readonly forget: () => Promise<void>
  readonly sendReport: (reportId: number, data: Uint8Array<ArrayBuffer>) => Promise<void>
  readonly addEventListener: (type: 'inputreport', listener: (event: HidInput) => void) => void
  readonly removeEventListener: (type: 'inputreport', listener: (event: HidInput) => void) => void
}
export type Hid = {
  readonly getDevices: () => Promise<readonly HidDevice[]>
  readonly requestDevice: (options: {
    readonly filters: readonly { readonly usagePage: number }[]
  }) => Promise<readonly HidDevice[]>
  readonly addEventListener: (type: 'connect' | 'disconnect', listener: () => void) => void
  readonly removeEventListener: (type: 'connect' | 'disconnect', listener: () => void) => void
}
