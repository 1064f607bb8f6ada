// The signalling session, joined together. Being written: the shape is final.
import type { SignalingSession } from '../ports.ts'
import type { SessionDeps } from './ports.ts'

export type { SessionDeps } from './ports.ts'

export const createSignalingSession = (_deps: SessionDeps): SignalingSession => {
  throw new Error('not written yet')
}
