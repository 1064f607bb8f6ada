// A tray icon's menu as plain data, read from com.canonical.dbusmenu's layout. Talks to nobody.
import { unwrap } from './bus.ts'

/** One entry of a tray menu. */
export interface TrayMenuItem {
  /** dbusmenu's id. */
  id: number
  /** As the user reads it, without mnemonic marks. */
  label: string
  kind: 'item' | 'separator'
  enabled: boolean
  visible: boolean
  toggle: 'none' | 'checkmark' | 'radio'
  checked: boolean
  children: TrayMenuItem[]
}

/** "Do _not disturb" is read "Do not disturb"; "__" is a real underscore. */
export function readLabel(label: string): string {
  return label.replace(/__|_/g, (mark) => (mark === '__' ? '_' : ''))
}

/** Reads a node of GetLayout's answer: [id, properties, children]. */
export function readLayout(node: unknown): TrayMenuItem {
  const [id, properties, children] = unwrap(node) as [number, Record<string, unknown>, unknown[]]
  const { label, 'toggle-type': toggle } = properties
  return {
    id,
    label: readLabel(typeof label === 'string' ? label : ''),
    kind: properties['type'] === 'separator' ? 'separator' : 'item',
    enabled: properties['enabled'] !== false,
    visible: properties['visible'] !== false,
    toggle: toggle === 'checkmark' || toggle === 'radio' ? toggle : 'none',
    checked: properties['toggle-state'] === 1,
    children: children.map(readLayout)
  }
}

/** The entries' labels, separators as "-", children indented: what a failed test prints. */
export function describeMenu(items: readonly TrayMenuItem[], indent = ''): string {
  return items
    .map(({ kind, label, enabled, checked, children }) => {
      const line = kind === 'separator' ? '-' : `${checked ? '✓ ' : ''}${label}${enabled ? '' : ' (disabled)'}`
      return `${indent}${line}\n${describeMenu(children, `${indent}  `)}`
    })
    .join('')
}

/** One step down a menu: the entry and its place among its siblings. */
export interface MenuStep {
  item: TrayMenuItem
  index: number
}

/**
 * Finds an entry by the labels that lead to it.
 * @throws when a label is missing, hidden or disabled, with the menu as it is.
 */
export function findPath(root: TrayMenuItem, labels: readonly string[]): MenuStep[] {
  const steps: MenuStep[] = []
  let { children } = root
  for (const label of labels) {
    const index = children.findIndex((c) => c.kind === 'item' && c.visible && c.label === label)
    const item = children[index]
    const path = labels.join(' ▸ ')
    if (!item) throw new Error(`No "${label}" on the way to "${path}" in:\n${describeMenu(root.children)}`)
    if (!item.enabled)
      throw new Error(`"${label}" on the way to "${path}" is disabled in:\n${describeMenu(root.children)}`)
    steps.push({ item, index })
    ;({ children } = item)
  }
  return steps
}
