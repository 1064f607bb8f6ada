// Asks with the system's dialog which headset may be used: no page can say yes to it.
import { BrowserWindow, dialog, type MessageBoxOptions } from 'electron'
import type { Catalogue } from '../../common/i18n/index.ts'

/** The place of the chosen one, or null. */
export const chooseHeadset = async (
  names: readonly string[],
  { choose, unnamed }: Catalogue['headset']
): Promise<number | null> => {
  const options: MessageBoxOptions = {
    type: 'question',
    message: choose.question,
    detail: choose.text,
    buttons: [...names.map((name) => (name === '' ? unnamed : name)), choose.cancel],
    cancelId: names.length,
    noLink: true
  }
  const over = BrowserWindow.getFocusedWindow()
  const { response } = await (over === null ? dialog.showMessageBox(options) : dialog.showMessageBox(over, options))
  return response < names.length ? response : null
}
