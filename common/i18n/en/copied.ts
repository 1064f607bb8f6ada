// English: calling a number that was copied somewhere.

export const copiedEn = {
  /** In the tray's menu. */
  dial: 'Call the copied number…',
  setting: 'Offer to call numbers I copy',
  settingHint: 'When you come to this window, Tamas looks whether you have copied a number. Never in the background.',
  offer: (who: string) => `You copied ${who}`,
  call: 'Call',
  callWho: (who: string) => `Call ${who}`,
  dismiss: 'Don’t offer this number'
}
