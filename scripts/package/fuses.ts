// Electron's fuses as a packed app has them: every one on purpose, none by default. Why, stands in docs/security.md; the
// end-to-end test of the installed package reads them from its binary.
import type { FuseV1Options } from '@electron/fuses'

export const fuses: Readonly<Record<keyof typeof FuseV1Options, boolean>> = {
  /** `ELECTRON_RUN_AS_NODE` would make of the app a Node that runs anything in its name. */
  RunAsNode: false,
  /** There are no cookies; should there ever be any, they are not plain on the disk. */
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  /** A debugger could make calls and read tokens. */
  EnableNodeCliInspectArguments: false,
  /** Checked on macOS and Windows; on Linux Electron has nothing to check with. */
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  /** Pages come from app://. */
  GrantFileProtocolExtraPrivileges: false,
  /** Only about speed; as Electron has it. */
  WasmTrapHandlers: true
}
