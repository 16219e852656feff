/** The memory of a window's renderer process. Linux only. */
import { readdirSync, readFileSync } from 'node:fs'

interface Process {
  pid: number
  parent: number
  isRenderer: boolean
  /** Resident memory in bytes. */
  memory: number
}

const read = (pid: number): Process | null => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1')
    const number = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1])
    const isRenderer = readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('--type=renderer')
    return { pid, parent: number('PPid'), isRenderer, memory: number('VmRSS') * 1024 }
  } catch {
    return null // It has ended meanwhile.
  }
}

/** @param pid of the app. @returns the process of its window: its largest renderer. @throws Error if there is none. */
export const findRenderer = (pid: number): number => {
  const processes = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => read(Number(name)) ?? [])
  const parents = new Map(processes.map(process => [process.pid, process.parent]))
  const isBelow = (child: number | undefined): boolean =>
    child !== undefined && (child === pid || isBelow(parents.get(child)))
  const [largest] = processes
    .filter(process => process.isRenderer && isBelow(process.pid))
    .sort((a, b) => b.memory - a.memory)
  if (!largest) throw new Error('/proc lists no renderer of the window.')
  return largest.pid
}

/** @returns resident memory in bytes; NaN if the process has ended. */
export const memoryOf = (pid: number): number => read(pid)?.memory ?? Number.NaN
