// A world of its own in the kernel's network namespaces: here the server and one phone, in a second namespace another phone,
// between them links that can be taken away, made slow and blocked. Has to run inside a new network namespace.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'

export const serverAddress = '10.77.0.1'

export type Link = {
  /** Takes the cable out, and the interface with it. */
  readonly remove: () => void
  readonly down: () => void
  readonly up: () => void
  /** At both ends; says whether the kernel can. */
  readonly shape: (...qdisc: readonly string[]) => boolean
}

export type FarPlace = {
  /** The command that runs a program there. */
  readonly within: readonly string[]
  /** A new interface there with a new address, and the way to the server through it. */
  readonly newLink: () => Link
  /** No datagram gets out any more; says by which means, or null where the kernel has none. */
  readonly blockUdp: () => 'nft' | 'ip rule' | null
  readonly close: () => void
}

const run = (command: string, ...args: readonly string[]): void => {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
}
const can = (act: () => void): boolean => {
  try {
    act()
    return true
  } catch {
    return false
  }
}

/** @throws where namespaces or virtual cables are not permitted. */
export const createFarPlace = async (): Promise<FarPlace> => {
  run('ip', 'link', 'set', 'lo', 'up')
  run('ip', 'address', 'replace', `${serverAddress}/32`, 'dev', 'lo')
  // A namespace lives as long as a process is in it.
  const holder = spawn('unshare', ['--net', '--', 'sh', '-c', 'echo there; exec sleep infinity'], {
    stdio: ['ignore', 'pipe', 'ignore']
  })
  await once(holder.stdout, 'data')
  const pid = String(holder.pid)
  const within = ['nsenter', '--net', `--target=${pid}`, '--']
  const there = (...command: readonly string[]): void => {
    const [program = '', ...args] = [...within, ...command]
    run(program, ...args)
  }
  there('ip', 'link', 'set', 'lo', 'up')

  let links = 0
  return {
    within,
    newLink: () => {
      links += 1
      const [here, far, net] = [`near${links}`, `far${links}`, `10.77.${links}`]
      run('ip', 'link', 'add', here, 'type', 'veth', 'peer', 'name', far, 'netns', pid)
      run('ip', 'address', 'add', `${net}.1/24`, 'dev', here)
      run('ip', 'link', 'set', here, 'up')
      there('ip', 'address', 'add', `${net}.2/24`, 'dev', far)
      there('ip', 'link', 'set', far, 'up')
      there('ip', 'route', 'replace', 'default', 'via', `${net}.1`)
      return {
        remove: () => {
          run('ip', 'link', 'delete', here)
        },
        down: () => {
          run('ip', 'link', 'set', here, 'down')
        },
        up: () => {
          run('ip', 'link', 'set', here, 'up')
        },
        shape: (...qdisc) =>
          can(() => {
            run('tc', 'qdisc', 'replace', 'dev', here, 'root', ...qdisc)
            there('tc', 'qdisc', 'replace', 'dev', far, 'root', ...qdisc)
          })
      }
    },
    blockUdp: () => {
      const byNft = can(() => {
        there('nft', 'add table inet tamas')
        there('nft', 'add chain inet tamas out { type filter hook output priority 0; }')
        there('nft', 'add rule inet tamas out meta l4proto udp drop')
      })
      if (byNft) return 'nft'
      const byRule = can(() => {
        there('ip', 'rule', 'add', 'ipproto', 'udp', 'blackhole', 'pref', '10')
      })
      return byRule ? 'ip rule' : null
    },
    close: () => {
      holder.kill('SIGKILL')
    }
  }
}

/** Why this machine cannot have such a world; null where it can. As somebody else than root it takes a user namespace. */
export const whyNoWorld = (): string | null => {
  try {
    const probe =
      'ip link set lo up && ip link add here type veth peer name there && ip link delete here && command -v nsenter'
    execFileSync('unshare', [...worldFlags(), '--', 'sh', '-c', probe], { stdio: ['ignore', 'ignore', 'pipe'] })
    return null
  } catch (error) {
    const told = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
    return told === '' ? String(error) : told
  }
}

export const worldFlags = (): readonly string[] =>
  process.getuid?.() === 0 ? ['--net'] : ['--user', '--map-root-user', '--net']
